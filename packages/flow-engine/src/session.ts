import type { Json, JsonObject } from './json.ts';
import type { MessageInput } from './input.ts';

export type SessionStatus = 'active' | 'waiting_input' | 'waiting_time' | 'waiting_call' | 'completed' | 'handed_over' | 'failed';

/** What a session waits for. Times are ISO 8601. */
export type Waiting =
  | { readonly for: 'input'; readonly since: string; readonly due_at?: string; readonly retries: number }
  | { readonly for: 'time'; readonly since: string; readonly due_at: string }
  | { readonly for: 'call'; readonly since: string; readonly call_id: string };

/** Where a conversation stands in a flow: plain JSON, stored between turns. */
export interface BotSession {
  readonly schema: 1;
  readonly status: SessionStatus;
  /** Where it waits or ended; null before the first message. */
  readonly node: string | null;
  readonly variables: JsonObject;
  readonly waiting?: Waiting;
  /** The last message it consumed, for templates. */
  readonly input?: MessageInput;
  /** Nodes entered since the start; part of call ids. */
  readonly steps: number;
  /** Nodes entered since the last input of a person or a timer: the guard against loops. */
  readonly unattended: number;
  /** What call ids begin with. */
  readonly seed: string;
}

/**
 * A session that has not begun: its first message starts it.
 * `seed.variables` override the flow's defaults. `seed.id` is what the ids of its calls begin with (`<id>.<step>`);
 * give the id of the stored session so that call ids are unique.
 */
export function startSession(flow: { readonly start: string; readonly variables?: Readonly<Record<string, Json>> | undefined }, seed: { readonly variables?: Readonly<Record<string, Json>>; readonly id?: string } = {}): BotSession {
  return {
    schema: 1, status: 'active', node: null,
    variables: { ...flow.variables, ...seed.variables },
    steps: 0, unattended: 0, seed: seed.id ?? 'session',
  };
}

/** Nothing more will happen in this session: the next message starts another one (or goes to a person). */
export function isOver(session: Pick<BotSession, 'status'>): boolean {
  return session.status === 'completed' || session.status === 'handed_over' || session.status === 'failed';
}
