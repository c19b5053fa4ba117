export { errors as intakeErrors } from './errors.ts';
export { failedWebhooks, replayFailedWebhook, replayUnrouted, replayUnroutedOfApp, unroutedEvents, type ShownFailure, type ShownUnrouted } from './failures.ts';
export { tidyPartitions } from './keep-partitions.ts';
