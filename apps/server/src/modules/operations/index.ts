export { replayDeadLetter } from './replay-dead-letter.ts';
