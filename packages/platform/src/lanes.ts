export { LeaseLost, type Claim } from './lanes/claim.ts';
export { createLanes, type Lanes, type LanesOptions, type LaneStatistics, type RingItem } from './lanes/lanes.ts';
export { type LaneWorker, type WorkerOptions } from './lanes/worker.ts';
export { freeDeadProcesses, registerProcess, type ProcessInfo } from './lanes/processes.ts';
