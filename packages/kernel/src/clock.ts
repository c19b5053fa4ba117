/** The only source of time; tests pass their own. `now()` is milliseconds since the epoch, `date()` the same as a Date. */
export interface Clock {
  now(): number;
  date(): Date;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  date: () => new Date(),
};
