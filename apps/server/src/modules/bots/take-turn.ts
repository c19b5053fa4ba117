import { encodeId, newUuid } from '@centralita/kernel';
import { advance, isOver, startSession, type EngineContext, type Input } from '@centralita/flow-engine';
import { apply, noEffects, type Effects } from './effects.ts';
import type { Revision } from './revisions.ts';
import type { AssignedBot, InputRow, SessionRow } from './store.ts';

/** A conversation of the bot as a turn finds it. */
export interface Standing {
  readonly conversation_id: string;
  readonly inputs: readonly InputRow[];
  readonly session: SessionRow | undefined;
  /** What a new session begins with; undefined: no bot answers on this account any more. */
  readonly assigned: Pick<AssignedBot, 'bot_id' | 'revision_id'> | undefined;
  readonly context: EngineContext;
}
export interface Turn {
  readonly conversation_id: string;
  readonly effects: Effects;
  /** The session that goes on; undefined: there is none (any more). */
  readonly session: SessionRow | undefined;
  /** Whether anything of the session may have changed. */
  readonly moved: boolean;
  /** Inputs that are used up or withdrawn. */
  readonly used: readonly number[];
  /** Inputs that stay: messages for later, and a timer that goes on. */
  readonly kept: readonly InputRow[];
}

/**
 * One turn of a conversation: feeds what is due to its session, and starts further sessions for messages that came after
 * the end. Touches nothing outside; a flow that cannot go on (nor be read) ends in `effects.failed`.
 */
export function takeTurn(standing: Standing, flowOf: (revisionId: string) => Revision | undefined): Turn {
  try {
    return play(standing, flowOf);
  } catch (error) {
    // The engine throws for no flow that was published; should it, trying again would throw again.
    return over(standing, { ...noEffects(), failed: { reason: 'engine', detail: error instanceof Error ? error.message : String(error) } });
  }
}

/** The bot is done with the conversation: nothing stays behind. */
function over({ conversation_id, inputs }: Standing, effects: Effects): Turn {
  return { conversation_id, effects, session: undefined, moved: true, used: inputs.map((i) => i.id), kept: [] };
}

function play(standing: Standing, flowOf: (revisionId: string) => Revision | undefined): Turn {
  const { conversation_id, inputs, assigned, context } = standing;
  const effects = noEffects();
  const waitingTimers = inputs.filter((i) => i.timer && !i.due);
  let pending = [...inputs.filter((i) => i.kind !== 'message' && i.due), ...inputs.filter((i) => i.kind === 'message')];
  const used: InputRow[] = [];
  let session = standing.session;
  while (pending.length > 0) {
    if (!session) {
      // Signals of a session that is no more.
      used.push(...pending.filter((i) => i.kind !== 'message'));
      pending = pending.filter((i) => i.kind === 'message');
      if (pending.length === 0) break;
      if (!assigned) return over(standing, { ...effects, handed: { reason: 'no_bot', note: undefined } });
      const revision = flowOf(assigned.revision_id);
      if (!revision || 'unreadable' in revision) return over(standing, unreadable(effects, revision));
      session = { conversation_id, bot_id: assigned.bot_id, revision_id: assigned.revision_id, session: startSession(revision.flow, { id: encodeId('bs', newUuid()) }) };
    }
    const revision = flowOf(session.revision_id);
    if (!revision || 'unreadable' in revision) return over(standing, unreadable(effects, revision));
    const result = advance(revision.flow, session.session, pending.map(inputOf), context);
    for (const event of result.events) apply(effects, event);
    used.push(...pending.slice(0, result.consumed));
    pending = pending.slice(result.consumed);
    if (effects.handed || effects.failed) return over(standing, effects);
    session = isOver(result.session) ? undefined : { ...session, session: result.session };
    if (session) break;
  }
  const moved = used.length > 0;
  return {
    conversation_id, effects, session, moved,
    used: [...used, ...(moved ? waitingTimers : [])].map((i) => i.id),
    kept: [...pending, ...(moved ? [] : waitingTimers)],
  };
}

function unreadable(effects: Effects, revision: { readonly unreadable: string } | undefined): Effects {
  return { ...effects, failed: { reason: 'unreadable_flow', detail: revision?.unreadable ?? 'the revision of this session is not there any more' } };
}

/** A timer's row says when it was due; the rest was kept as the engine reads it. */
function inputOf(row: InputRow): Input {
  switch (row.kind) {
    case 'timeout': case 'wake': return { kind: row.kind, at: row.due_at.toISOString() };
    case 'message': case 'call_completed': return row.payload as Input;
  }
}
