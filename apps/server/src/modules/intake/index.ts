export { errors as intakeErrors } from './errors.ts';
export { tidyPartitions } from './keep-partitions.ts';
