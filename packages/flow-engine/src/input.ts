import type { Json } from './json.ts';

/** A message of the person. `text` is its readable text (title of a tapped option, caption, …), '' when it has none. */
export interface MessageInput {
  readonly kind: 'message';
  readonly id: string;
  readonly text: string;
  /** Type of the content: text, image, button_reply, … */
  readonly type: string;
  /** Id of the button or row that was tapped. */
  readonly choice_id?: string;
  readonly media?: { readonly id: string; readonly mime_type: string; readonly filename?: string };
  readonly location?: { readonly latitude: number; readonly longitude: number; readonly name?: string };
  /** ISO 8601. */
  readonly at: string;
}

/** The time an `ask` gave for an answer is over. */
export interface TimeoutInput { readonly kind: 'timeout'; readonly at: string }
/** The time of a `wait` has come. */
export interface WakeInput { readonly kind: 'wake'; readonly at: string }
/** A call asked for by `call_requested` ended. `ok`: an answer with a status of 200 to 299. */
export interface CallCompletedInput {
  readonly kind: 'call_completed';
  readonly call_id: string;
  readonly ok: boolean;
  readonly status?: number;
  readonly body?: Json;
  readonly error?: string;
  readonly at: string;
}

/**
 * What a session is fed. Timers and ended calls (signals) go before the messages in a list: a session that waits for a
 * call leaves messages unconsumed until the call ends.
 */
export type Input = MessageInput | TimeoutInput | WakeInput | CallCompletedInput;
