/** Why a session can fail. Stable words: they are stored and counted. */
export const FAILURES = [
  'loop', 'unknown_node', 'expression', 'template', 'variables_too_large', 'call_failed', 'bad_request', 'bad_time', 'engine',
] as const;
export type FailureReason = (typeof FAILURES)[number];

/** A node cannot do its work. The engine goes to the node's `on_error`, else the session fails with this reason. */
export class FlowFailure extends Error {
  readonly reason: FailureReason;
  constructor(reason: FailureReason, text: string) {
    super(text);
    this.name = 'FlowFailure';
    this.reason = reason;
  }
}
