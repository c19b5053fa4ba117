export { errors as operationErrors } from './errors.ts';
export { replayDeadLetter } from './replay-dead-letter.ts';
