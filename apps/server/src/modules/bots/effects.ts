import type { CallRequest, Content, EngineEvent, EventType } from '@centralita/flow-engine';
import type { InputKind } from './store.ts';

/** What a turn will do to the world, put together event by event; written with the whole batch. */
export interface Effects {
  readonly says: Content[];
  readonly calls: { readonly call_id: string; readonly request: CallRequest }[];
  /** What other systems of the company are told. */
  readonly published: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[];
  /** The timer the session wants; undefined: none. */
  timer: { readonly kind: InputKind; readonly due_at: string } | undefined;
  /** The bot lets go of the conversation: a person is wanted. */
  handed: { readonly reason: string; readonly note: string | undefined } | undefined;
  failed: { readonly reason: string; readonly detail: string } | undefined;
  /** Sessions that came to their end. */
  completed: number;
  /** For the author of the flow, in the log: never what a person wrote. */
  readonly warnings: { readonly node: string; readonly code: string }[];
}

export function noEffects(): Effects {
  return { says: [], calls: [], published: [], timer: undefined, handed: undefined, failed: undefined, completed: 0, warnings: [] };
}

type Effect<T extends EventType> = (effects: Effects, event: Extract<EngineEvent, { type: T }>) => void;
const trace = (): void => undefined;

/** Every event of the engine and what it does. Those that only tell how the session got there do nothing. */
const table: { readonly [T in EventType]: Effect<T> } = {
  say: (effects, event) => { effects.says.push(event.content); },
  call_requested: (effects, event) => { effects.calls.push({ call_id: event.call_id, request: event.request }); },
  event_published: (effects, event) => { effects.published.push({ type: event.event, data: event.data }); },
  waiting: (effects, event) => {
    switch (event.for) {
      case 'input': effects.timer = event.due_at === undefined ? undefined : { kind: 'timeout', due_at: event.due_at }; return;
      case 'time': effects.timer = { kind: 'wake', due_at: event.due_at }; return;
      case 'call': effects.timer = undefined;
    }
  },
  handed_over: (effects, event) => { effects.handed = { reason: event.reason, note: event.note }; effects.timer = undefined; },
  session_completed: (effects) => { effects.completed += 1; effects.timer = undefined; },
  session_failed: (effects, event) => {
    effects.failed = { reason: event.reason, detail: `${event.node === null ? '' : `node ${event.node}: `}${event.detail}` };
    effects.timer = undefined;
  },
  warning: (effects, event) => { effects.warnings.push({ node: event.node, code: event.code }); },
  node_entered: trace,
  variable_set: trace,
  input_rejected: trace,
  input_ignored: trace,
  interrupted: trace,
};

export function apply(effects: Effects, event: EngineEvent): void {
  (table[event.type] as (effects: Effects, event: EngineEvent) => void)(effects, event);
}
