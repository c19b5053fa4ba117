/**
 * One taxonomy over all carriers (providers.md §1.11):
 * retry: the same route later, with backoff · slow_down: the route's rate was exceeded · pair_limit: this contact's rate ·
 * fall_back: this route can't, another may · permanent: this message never will · needs_template: the 24-hour window is closed ·
 * credentials: token or permission, an operator must act · config: the number or account is not set up, an operator must act ·
 * policy: the carrier forbids it for this person, no other own number may try · unknown: the outcome itself is not known.
 */
export type ErrorClass =
  | 'retry' | 'slow_down' | 'pair_limit' | 'fall_back' | 'permanent' | 'needs_template' | 'credentials' | 'config' | 'policy' | 'unknown';

export interface CarrierError {
  readonly class: ErrorClass;
  /** The carrier's own code as text (`131047`), or ours for what never reached it (`connect`, `timeout`, `content`). */
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly http_status?: number;
  /** The carrier's trace id, for its support. */
  readonly trace?: string;
}

/**
 * The four outcomes of one try (design §3.4). `retry` says that the message certainly does not exist at the carrier;
 * everything doubtful is `unknown` and is never blindly sent again.
 */
export type SendOutcome = (
  | { readonly outcome: 'accepted'; readonly remote_id: string; readonly wa_id?: string; readonly user_id?: string; readonly note?: string }
  | { readonly outcome: 'rejected'; readonly error: CarrierError }
  /** `after_ms`: the carrier's or the table's wish for this try; `max_attempts`: stop after so many tries of this error. */
  | { readonly outcome: 'retry'; readonly error: CarrierError; readonly after_ms?: number; readonly max_attempts?: number }
  | { readonly outcome: 'unknown'; readonly error: CarrierError }
) & { readonly usage?: CarrierUsage };

/** What the carrier told of our quota with its answer: percent used up, and how long it wants no more calls. */
export interface CarrierUsage {
  readonly percent: number;
  readonly regain_ms: number;
}
