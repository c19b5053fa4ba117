import type { EngineContext } from './context.ts';
import type { FlowDefinition } from './definition.ts';
import type { EngineEvent } from './events/index.ts';
import { FlowFailure } from './failure.ts';
import type { CallCompletedInput, Input, MessageInput, TimeoutInput, WakeInput } from './input.ts';
import { own } from './json.ts';
import { LIMITS } from './limits.ts';
import { END } from './names.ts';
import type { BaseNode, Outcome } from './node.ts';
import { handlerOf } from './nodes/index.ts';
import { isOver, type BotSession } from './session.ts';
import { State } from './state.ts';
import { plain } from './words.ts';

export interface Advanced {
  readonly session: BotSession;
  readonly events: readonly EngineEvent[];
  /** How many inputs, from the front, were used up. */
  readonly consumed: number;
}

/** Enters nodes, one after another, until one waits or the session is over. */
function run(state: State, start: string | undefined, first?: MessageInput): void {
  let target = start;
  let answer = first;
  for (;;) {
    state.waiting = undefined;
    if (target === undefined || target === END) {
      state.status = 'completed';
      state.events.push({ type: 'session_completed', node: state.node ?? '' });
      return;
    }
    const node = own(state.flow.nodes, target);
    if (!node) return fail(state, 'unknown_node', `there is no node "${target}"`);
    state.node = target;
    state.steps += 1;
    state.unattended += 1;
    if (state.unattended > LIMITS.steps) return fail(state, 'loop', `${LIMITS.steps} steps without waiting for the person`);
    state.status = 'active';
    state.events.push({ type: 'node_entered', node: target, node_type: node.type });
    const outcome = step(state, node, answer);
    answer = undefined;
    if (settle(state, outcome)) return;
    target = outcome.kind === 'go' ? outcome.to ?? END : END;
  }
}

/** One step of a node; a failure leads to its `on_error`. */
function step(state: State, node: BaseNode, input: Input | undefined): Outcome | { readonly kind: 'failed' } {
  const id = state.node ?? '';
  try {
    return handlerOf(node).advance(node, state.turn(id), input);
  } catch (error) {
    const reason = error instanceof FlowFailure ? error.reason : 'engine';
    const detail = error instanceof Error ? error.message : String(error);
    if (node.on_error !== undefined) {
      state.events.push({ type: 'warning', node: id, code: reason, detail });
      return { kind: 'go', to: node.on_error };
    }
    fail(state, reason, detail);
    return { kind: 'failed' };
  }
}

/** Whether the outcome brings the session to rest. */
function settle(state: State, outcome: Outcome | { readonly kind: 'failed' }): boolean {
  switch (outcome.kind) {
    case 'go': return false;
    case 'failed': return true;
    case 'leave': return true;
    case 'hand_over':
      state.status = 'handed_over';
      state.waiting = undefined;
      return true;
    case 'wait': {
      const { waiting } = outcome;
      state.waiting = waiting;
      state.status = waiting.for === 'input' ? 'waiting_input' : waiting.for === 'time' ? 'waiting_time' : 'waiting_call';
      return true;
    }
  }
}

function fail(state: State, reason: FlowFailure['reason'], detail: string): void {
  state.status = 'failed';
  state.waiting = undefined;
  state.events.push({ type: 'session_failed', node: state.node, reason, detail });
}

/** Feeds an input to the node that waits. False when the node leaves it. */
function resume(state: State, input: Input): boolean {
  const node = state.node === null ? undefined : own(state.flow.nodes, state.node);
  if (!node) {
    fail(state, 'unknown_node', `there is no node "${state.node}"`);
    return true;
  }
  const outcome = step(state, node, input);
  if (outcome.kind === 'leave') return false;
  if (!settle(state, outcome)) run(state, outcome.kind === 'go' ? outcome.to : undefined);
  return true;
}

type Signal = TimeoutInput | WakeInput | CallCompletedInput;

/** Why a signal means nothing to the session as it stands. */
function staleness(state: State, signal: Signal): 'not_waiting' | 'not_due' | 'ended' | undefined {
  if (state.status === 'completed' || state.status === 'handed_over' || state.status === 'failed') return 'ended';
  const { waiting } = state;
  if (signal.kind === 'call_completed') return waiting?.for === 'call' && waiting.call_id === signal.call_id ? undefined : 'not_waiting';
  if (!waiting || waiting.for === 'call' || waiting.for !== (signal.kind === 'timeout' ? 'input' : 'time') || waiting.due_at === undefined) return 'not_waiting';
  return Date.parse(signal.at) >= Date.parse(waiting.due_at) ? undefined : 'not_due';
}

function signalled(state: State, signal: Signal): void {
  const reason = staleness(state, signal);
  if (reason) {
    state.events.push({ type: 'input_ignored', kind: signal.kind, reason });
    return;
  }
  // An ended call is no sign of a living person: a loop of calls must still be found.
  if (signal.kind !== 'call_completed') state.unattended = 0;
  resume(state, signal);
}

/** False when the message stays where it is: the session is over, or busy. */
function messaged(state: State, message: MessageInput): boolean {
  if (state.status === 'active') {
    const input = state.take(message);
    const target = state.compiled.triggers.get(plain(input.text)) ?? state.flow.start;
    const node = own(state.flow.nodes, target);
    run(state, target, node && handlerOf(node).takesFirstMessage?.(node) ? input : undefined);
    return true;
  }
  if (state.status !== 'waiting_input' && state.status !== 'waiting_time') return false;
  const interrupt = state.compiled.interrupts.get(plain(message.text));
  if (interrupt !== undefined) {
    state.take(message);
    state.events.push({ type: 'interrupted', from: state.node ?? '', to: interrupt, input_id: message.id });
    run(state, interrupt);
    return true;
  }
  const undo = state.checkpoint();
  const taken = resume(state, state.take(message));
  if (!taken) undo();
  return taken;
}

/** Where the session rests now, told once at the end of the turn. */
function announce(state: State): void {
  const { waiting, node } = state;
  if (!waiting || node === null) return;
  switch (waiting.for) {
    case 'input': state.events.push({ type: 'waiting', node, for: 'input', ...(waiting.due_at !== undefined && { due_at: waiting.due_at }) }); return;
    case 'time': state.events.push({ type: 'waiting', node, for: 'time', due_at: waiting.due_at }); return;
    case 'call': state.events.push({ type: 'waiting', node, for: 'call', call_id: waiting.call_id });
  }
}

/**
 * One turn: feeds the inputs, in order, to the session and says what happened. Pure: the same arguments give the same
 * result; `session` is not changed; nothing is thrown for a flow that `parseFlow` accepted.
 *
 * Inputs that were not used up (`consumed` of them were, from the front) stay with the caller: after the end of the
 * session they start the next one (completed), belong to a person (handed_over, failed), or wait until a call or a time
 * has come. Put signals (timeout, wake, call_completed) before messages.
 */
export function advance(flow: FlowDefinition, session: BotSession, inputs: readonly Input[], context: EngineContext): Advanced {
  const state = new State(flow, session, context);
  let consumed = 0;
  for (const input of inputs) {
    if (input.kind === 'message') {
      if (isOver(state) || !messaged(state, input)) break;
    } else {
      signalled(state, input);
    }
    consumed += 1;
  }
  if (consumed > 0) announce(state);
  return { session: state.session(), events: state.events, consumed };
}
