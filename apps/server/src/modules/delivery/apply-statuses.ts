import { decodeId, groupBy } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { climbs, type CarrierError, type DeliveryChange, type MessageStatus, type StatusUpdate } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { routeById } from '../accounts/index.ts';
import { holdNames, insertStatuses, lockTold, moveDeliveries, settleOutbox, type DeliveryRow, type Move, type StatusErrors } from './store.ts';
import { LANE } from './enqueue-messages.ts';
import { healthOf } from './health.ts';
import { traceStatus } from './trace.ts';

/** One word of the carrier about one message of ours. */
export interface Word {
  readonly message_id: string;
  readonly status: string;
  readonly at: string;
  readonly remote_id?: string;
  readonly errors?: StatusErrors | null;
}

/**
 * Records statuses and lets messages climb. Unmatched ones are kept: the carrier's answer to our call may be later than
 * its webhook. A status that carries our id also settles an attempt whose outcome was unknown.
 */
export async function applyStatuses(rt: Runtime, tx: Tx, updates: readonly { route_id: string; event: StatusUpdate }[]): Promise<void> {
  if (updates.length === 0) return;
  const byCorrelation = updates.map(({ event }) => (event.correlation ? decodeId('msg', event.correlation) : undefined));
  const locked = await lockTold(tx, updates.map((u) => ({ route_id: u.route_id, remote_id: u.event.remote_id })), byCorrelation.filter((id) => id !== undefined));
  locked.push(...await lockLate(tx, updates.filter((_, i) => !byCorrelation[i]), locked));
  const matched = new Map(locked.map((d) => [`${d.route_id} ${d.remote_id}`, d.message_id]));
  const claimed = updates.map((u, i) => matched.get(`${u.route_id} ${u.event.remote_id}`) ?? byCorrelation[i]);
  const own = new Map(locked.map((d) => [d.message_id, d]));
  const rows = updates.map(({ route_id, event }, i) => ({
    route_id, remote_id: event.remote_id, status: event.extra?.status ? String(event.extra.status) : event.status, participant: event.key.split(':').slice(-1)[0] ?? '',
    message_id: claimed[i] && own.get(claimed[i])?.route_id === route_id ? claimed[i] : null,
    at: event.at, errors: event.errors, pricing: event.pricing, extra: event.extra,
  }));
  const stored = new Set((await insertStatuses(tx, rows)).map(keyOf));
  const words: Word[] = [];
  rows.forEach((row, i) => {
    const fresh = stored.has(keyOf(row));
    rt.metrics.statuses.inc({ status: updates[i]!.event.status });
    traceStatus(rt, updates[i]!.event, row.message_id);
    if (fresh && row.message_id) words.push({ message_id: row.message_id, status: row.status, at: row.at, remote_id: row.remote_id, errors: row.errors });
  });
  await climb(rt, tx, words, own);
  await noteStatuses(rt, tx, updates.filter((_, i) => stored.has(keyOf(rows[i]!))));
}

/**
 * A carrier that tells no word of ours may tell a status while its answer to our call is being written down: neither transaction would see the
 * other. Who holds the name first is waited for.
 */
async function lockLate(tx: Tx, updates: readonly { route_id: string; event: StatusUpdate }[], locked: readonly DeliveryRow[]): Promise<DeliveryRow[]> {
  const known = new Set(locked.map((d) => `${d.route_id} ${d.remote_id}`));
  const names = updates.map((u) => ({ route_id: u.route_id, remote_id: u.event.remote_id })).filter((n) => !known.has(`${n.route_id} ${n.remote_id}`));
  if (names.length === 0) return [];
  await holdNames(tx, names.map((n) => n.remote_id));
  return lockTold(tx, names, []);
}

/** That they come at all tells that the carrier calls us. */
async function noteStatuses(rt: Runtime, tx: Tx, news: readonly { route_id: string; event: StatusUpdate }[]): Promise<void> {
  if (news.length === 0) return;
  const failed = news.filter((n) => n.event.status === 'failed');
  const explain = await explainer(rt, failed.map((n) => n.route_id));
  tx.onCommit(() => {
    for (const [route, all] of groupBy(news, (n) => n.route_id)) {
      healthOf(rt).told(route, all.filter((n) => n.event.status === 'failed').map((n) => explain(route)(n.event.errors)));
    }
  });
}

const keyOf = (r: { route_id: string; remote_id: string; status: string; participant: string }): string => `${r.route_id} ${r.remote_id} ${r.status} ${r.participant}`;

type Explain = (errors: StatusErrors | null | undefined) => CarrierError;

/** In the words of the provider that a route uses. */
export async function explainer(rt: Runtime, routeIds: readonly string[]): Promise<(routeId: string) => Explain> {
  const known = new Map<string, Explain>();
  for (const id of new Set(routeIds)) {
    const provider = rt.providers[(await routeById(rt, id))?.provider ?? ''];
    known.set(id, (errors) => {
      const first = errors?.[0];
      if (!first) return { class: 'permanent', code: 'failed', title: 'The carrier could not deliver it and did not say why' };
      return provider?.explain?.(first) ?? { class: 'permanent', code: first.code, title: first.title ?? 'The carrier could not deliver it', ...(first.detail && { detail: first.detail }) };
    });
  }
  return (id) => known.get(id)!;
}

/** Applies words to locked deliveries, in order, one row update per message. */
export async function climb(rt: Runtime, tx: Tx, words: readonly Word[], own: ReadonlyMap<string, DeliveryRow>): Promise<void> {
  const explain = await explainer(rt, words.filter((w) => w.status === 'failed').map((w) => own.get(w.message_id)?.route_id).filter((id) => id !== undefined));
  const moves = new Map<string, { -readonly [K in keyof Move]: Move[K] } & { before: MessageStatus }>();
  for (const word of words) {
    const row = own.get(word.message_id);
    if (!row) continue;
    const current = moves.get(word.message_id)?.status ?? row.status;
    const next = word.status as MessageStatus;
    const known = next === 'sent' || next === 'delivered' || next === 'read' || next === 'played' || next === 'failed';
    const move = moves.get(word.message_id) ?? { message_id: word.message_id, status: row.status, error: row.error, before: row.status };
    if (known) {
      if (next === 'sent') move.sent ??= word.at;
      if (next === 'delivered') move.delivered ??= word.at;
      if (next === 'read' || next === 'played') move.read ??= word.at;
      if (climbs(current, next)) {
        move.status = next;
        move.error = next === 'failed' ? explain(row.route_id)(word.errors) : null;
      }
    }
    if (word.remote_id && !row.remote_id) move.remote_id = word.remote_id;
    moves.set(word.message_id, move);
  }
  if (moves.size === 0) return;
  const list = [...moves.values()];
  // A word about a message that was still open answers whether it was sent.
  const answered = list.filter((m) => m.status !== m.before && (m.before === 'sending' || m.before === 'unknown' || m.before === 'queued'));
  await moveDeliveries(tx, list, answered.map((m) => ({ message_id: m.message_id, outcome: m.status === 'failed' ? 'rejected' : 'accepted', error: m.error })));
  if (answered.length > 0) {
    await settleOutbox(tx, answered.map((m) => ({ message_id: m.message_id, state: 'gone' })));
    await rt.lanes.ring(tx, LANE, answered.map((m) => ({ key: own.get(m.message_id)!.route_id, count: 0 })));
  }
  await changed(rt, tx, list.map((m) => ({ message_id: m.message_id, conversation_id: own.get(m.message_id)!.conversation_id, before: m.before, after: m.status })));
}

/** Tells upper rooms what changed. */
export async function changed(rt: Runtime, tx: Tx, changes: readonly DeliveryChange[]): Promise<void> {
  const real = changes.filter((c) => c.before !== c.after);
  if (real.length > 0) await rt.events.emit(tx, 'delivery.changed', real);
}
