export { errors as intakeErrors } from './errors.ts';
export { failedWebhooks, replayFailedWebhook, replayUnrouted, replayUnroutedOfApp, unroutedEvents, type ShownFailure, type ShownUnrouted } from './failures.ts';
export { clearReceipts, onUnpacked, pauseUnpacking, receiptFigures, unpackingPaused, type ReceiptFigures } from './queue.ts';
export { tidyPartitions } from './keep-partitions.ts';
export { eraseCopies, personCopies } from './erase-copies.ts';
