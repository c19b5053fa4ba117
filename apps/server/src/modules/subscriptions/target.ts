import type { SubscriptionRow } from './store.ts';

/** An event on its way to one subscriber. */
export interface Parcel {
  /** UUID of the event. */
  readonly id: string;
  readonly type: string;
  readonly body: string;
}

/** What came of one try. */
export interface Answer {
  /**
   * taken: it is there · unrouted: the broker took it, nobody is bound · refused: not taken, later perhaps ·
   * gone: the subscriber wants nothing any more · away: the broker cannot be reached, which is no try.
   */
  readonly result: 'taken' | 'unrouted' | 'refused' | 'gone' | 'away';
  readonly status: number | null;
  readonly error: string | null;
  /** The beginning of what it answered. */
  readonly response: string | null;
  /** How long the subscriber asks us to wait. */
  readonly after_ms?: number;
}

/** Takes one event to a subscriber of a company. Never throws for what the subscriber does. */
export type Send = (companyId: string, subscription: SubscriptionRow, parcel: Parcel) => Promise<Answer>;
