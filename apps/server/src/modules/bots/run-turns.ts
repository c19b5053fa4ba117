import { setImmediate } from 'node:timers/promises';
import { groupBy, newUuid } from '@centralita/kernel';
import { isDatabaseAway, type Tx } from '@centralita/platform/database';
import { LeaseLost, type Claim, type WorkerOptions } from '@centralita/platform/lanes';
import type { Runtime } from '../../runtime.ts';
import { company, type Company } from '../companies/index.ts';
import { contactCards, type ContactCard } from '../contacts/index.ts';
import { lockConversations, noteEvents, sayIn, setHolder, type ConversationRow } from '../conversations/index.ts';
import { setAside, type SetAside } from '../delivery/index.ts';
import { CALL_LANE } from './call-http.ts';
import { contexts } from './contexts.ts';
import { revisions } from './revisions.ts';
import { dropSessions, loadInputs, loadStandings, saveTurns, type InputRow } from './store.ts';
import { takeTurn, type Turn } from './take-turn.ts';
import { TURN_LANE } from './wake-bots.ts';

// A conversation that waits for an answer of another system is rung when that comes; this is the net below.
const LOOK_AGAIN_MS = 3_600_000;
/** Turns of a company that go along with those of others. */
const FEW = 8;
// A turn takes 0.1 ms, one with a loop in an expression up to 200 ms: leases are renewed and webhooks answered in between.
const LONGEST_MS = 20;

/** Turns of many conversations at once: one transaction per company, whatever their number. */
export function turnWorker(rt: Runtime): WorkerOptions {
  return {
    kind: TURN_LANE, batch: 64, loops: 2,
    handle: (claims) => runTurns(rt, claims),
    backoff: (attempts) => Math.min(rt.config.retryFirstSeconds * 2 ** attempts, rt.config.retryMaxSeconds) * 1000,
  };
}

async function runTurns(rt: Runtime, claims: readonly Claim[]): Promise<void> {
  const failures = (await Promise.all([...groupBy(claims, (c) => c.companyId)].map(([companyId, own]) => ofCompany(rt, companyId, own)))).flat();
  // The lanes that are finished are not held any more: only those that failed are tried again.
  if (failures.length > 0) throw failures.find((f) => isDatabaseAway(f)) ?? failures[0];
}

async function ofCompany(rt: Runtime, companyId: string | undefined, claims: readonly Claim[]): Promise<unknown[]> {
  try {
    if (companyId === undefined) throw new Error('a turn was rung outside of any company');
    const whose = await company(rt, companyId);
    try {
      await turns(rt, whose, claims);
      return [];
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      return await oneByOne(rt, whose, claims);
    }
  } catch (error) {
    return [error];
  }
}

/** One conversation must not take the others of its batch down. Answers why some are to be tried again. */
async function oneByOne(rt: Runtime, whose: Company, claims: readonly Claim[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const claim of claims) {
    try {
      await turns(rt, whose, [claim]);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      // Somebody else works on it.
      if (error instanceof LeaseLost) continue;
      if (claim.attempts + 1 < rt.config.retryAttempts) failures.push(error);
      else await giveUp(rt, whose, { claim, error });
    }
  }
  return failures;
}

/** A turn that keeps failing is set aside and the conversation given to a person, who sees what was written. */
async function giveUp(rt: Runtime, whose: Company, { claim, error }: { claim: Claim; error: unknown }): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  rt.log.error({ error, conversation: claim.key, company: whose.id }, 'a turn kept failing and was set aside');
  await rt.db.withCompany(whose, async (tx) => {
    const [conversation] = await lockConversations(tx, [claim.key]);
    await dropSessions(tx, [claim.key]);
    if (conversation?.holder === 'bot') await setHolder(rt, tx, [claim.key], { kind: 'nobody' });
    await setAside(rt, tx, [{ kind: 'turn', reason: reason.slice(0, 500), detail: null, conversation_id: conversation ? claim.key : null, message_id: null, attempts: claim.attempts + 1 }]);
    tx.onCommit(() => rt.metrics.turns.inc({ result: 'set_aside' }));
    await rt.lanes.finish(tx, TURN_LANE, [{ claim, done: claim.seen }]);
  });
}

async function turns(rt: Runtime, whose: Company, claims: readonly Claim[]): Promise<void> {
  const began = rt.clock.now();
  await rt.db[claims.length > FEW ? 'withCompany' : 'together'](whose, async (tx) => {
    // Lost, the inputs are still there and the turn is taken again; what it says leaves only after a commit that waits.
    tx.relax();
    const ids = claims.map((c) => c.key).sort();
    const conversations = await lockConversations(tx, ids);
    const inputs = groupBy(await loadInputs(tx, ids), (i) => i.conversation_id);
    const held = conversations.filter((c) => c.holder === 'bot' && inputs.has(c.id));
    const cards = held.length === 0 ? [] : await contactCards(tx, [...new Set(held.map((c) => c.contact_id))]);
    const taken = await take(rt, tx, { whose, held, inputs, cards });
    // What was meant for a bot that does not hold the conversation any more (or for none that is left).
    const idle = new Set(ids.filter((id) => inputs.has(id)));
    for (const turn of taken) idle.delete(turn.conversation_id);
    await write(rt, tx, { turns: taken, idle: [...idle], inputs, conversations: held, cards });
    const kept = new Map(taken.map((t) => [t.conversation_id, t]));
    await rt.lanes.finish(tx, TURN_LANE, claims.map((claim) => ({ claim, ...rest(rt, claim, kept.get(claim.key)) })));
    tx.onCommit(() => {
      for (const turn of taken) rt.metrics.turns.inc({ result: resultOf(turn) });
      rt.metrics.turnSeconds.observe((rt.clock.now() - began) / 1000);
    });
  });
}

interface Found {
  readonly whose: Company;
  /** Conversations the bot holds, with something to do. */
  readonly held: readonly ConversationRow[];
  readonly inputs: ReadonlyMap<string, InputRow[]>;
  readonly cards: readonly ContactCard[];
}

/** Loads what the turns need, then lets the engine work, which is all computing: every 20 ms the rest of the process has its turn. */
async function take(rt: Runtime, tx: Tx, { whose, held, inputs, cards }: Found): Promise<Turn[]> {
  if (held.length === 0) return [];
  const standings = await loadStandings(tx, held);
  const known = await revisions(rt, tx, [...standings.values()].flatMap((s) => [s.session?.revision_id, s.assigned?.revision_id]).filter((id) => id !== undefined));
  const contextOf = await contexts(rt, { whose, conversations: held, cards });
  const taken: Turn[] = [];
  let since = performance.now();
  for (const c of held) {
    if (performance.now() - since > LONGEST_MS) {
      await setImmediate();
      since = performance.now();
    }
    taken.push(takeTurn({
      conversation_id: c.id, inputs: inputs.get(c.id) ?? [], session: standings.get(c.id)?.session, assigned: standings.get(c.id)?.assigned, context: contextOf(c, standings.get(c.id)?.hours),
    }, (id) => known.get(id)));
  }
  return taken;
}

interface Batch {
  readonly turns: readonly Turn[];
  /** Conversations whose inputs nobody waits for. */
  readonly idle: readonly string[];
  readonly inputs: ReadonlyMap<string, readonly InputRow[]>;
  readonly conversations: readonly ConversationRow[];
  readonly cards: readonly ContactCard[];
}

/** A constant number of statements for any number of turns. What other conversations wait for (the outbox's lane) comes last. */
async function write(rt: Runtime, tx: Tx, { turns: all, idle, inputs, conversations, cards }: Batch): Promise<void> {
  const calls = all.flatMap((t) => t.effects.calls.map((c) => ({ id: newUuid(), conversation_id: t.conversation_id, ...c })));
  const failed = all.filter((t) => t.effects.failed);
  const released = all.filter((t) => t.effects.failed ?? t.effects.handed);
  if (all.length > 0 || idle.length > 0) {
    await saveTurns(tx, {
      used: [...all.flatMap((t) => t.used), ...idle.flatMap((id) => (inputs.get(id) ?? []).map((i) => i.id))],
      timers: all.flatMap((t) => (t.effects.timer ? [{ conversation_id: t.conversation_id, ...t.effects.timer }] : [])),
      ended: [...all.filter((t) => t.moved && !t.session).map((t) => t.conversation_id), ...idle],
      calls,
      sessions: all.flatMap((t) => (t.moved && t.session ? [t.session] : [])),
    });
  }
  if (calls.length > 0) await rt.lanes.ring(tx, CALL_LANE, calls.map((c) => ({ key: c.id })));
  if (released.length > 0) await setHolder(rt, tx, released.map((t) => t.conversation_id), { kind: 'nobody' });
  if (failed.length > 0) await setAside(rt, tx, failed.map(letter));
  const items = all.flatMap((t) => t.effects.says.map((content) => ({ conversation_id: t.conversation_id, author: { kind: 'bot' as const }, content })));
  await sayIn(rt, tx, { items, conversations, cards });
  await publish(rt, tx, { turns: all, conversations });
  const notes = all.flatMap((t) => noteOf(t));
  if (notes.length > 0) await noteEvents(rt, tx, notes);
  for (const t of all) if (t.effects.warnings.length > 0) rt.log.debug({ conversation: t.conversation_id, warnings: t.effects.warnings }, 'the flow of a bot should be mended');
}

/** For the company's other systems, between the conversation's own events. */
async function publish(rt: Runtime, tx: Tx, { turns: all, conversations }: { readonly turns: readonly Turn[]; readonly conversations: readonly ConversationRow[] }): Promise<void> {
  const accounts = new Map(conversations.map((c) => [c.id, c.account_id]));
  const at = new Date(rt.clock.now()).toISOString();
  for (const { conversation_id, effects } of all) {
    for (const { type, data } of effects.published) await rt.events.emit(tx, 'event.published', { id: newUuid(), type, account_id: accounts.get(conversation_id) ?? null, ordering_key: conversation_id, at, data });
  }
}

function letter({ conversation_id, effects }: Turn): SetAside {
  return { kind: 'turn', reason: `The flow failed: ${effects.failed?.reason}`, detail: effects.failed?.detail ?? null, conversation_id, message_id: null, attempts: 1 };
}

/** For the agent, in the timeline. */
function noteOf({ conversation_id, effects }: Turn): { conversation_id: string; event: string; text: string; data: Record<string, unknown> }[] {
  if (effects.failed) return [{ conversation_id, event: 'bot_failed', text: effects.failed.detail, data: { reason: effects.failed.reason } }];
  if (effects.handed?.note) return [{ conversation_id, event: 'handed_over', text: effects.handed.note, data: { reason: effects.handed.reason } }];
  return [];
}

/** What a lane still has to do, counted anew: however often it was rung, this is what lies there. */
function rest(rt: Runtime, claim: Claim, turn: Turn | undefined): { done: number; due?: Date } {
  if (!turn) return { done: claim.seen };
  const { timer } = turn.effects;
  const left = turn.kept.length + (timer ? 1 : 0);
  if (left === 0) return { done: claim.seen };
  const times = [...turn.kept.filter((i) => i.timer).map((i) => i.due_at.getTime()), ...(timer ? [Date.parse(timer.due_at)] : [])];
  if (turn.kept.some((i) => !i.timer)) times.push(rt.clock.now() + LOOK_AGAIN_MS);
  return { done: claim.seen - left, due: new Date(Math.min(...times)) };
}

function resultOf({ effects, session, moved }: Turn): string {
  if (effects.failed) return 'failed';
  if (effects.handed) return 'handed_over';
  if (!moved) return 'waiting';
  return session ? 'went_on' : 'completed';
}
