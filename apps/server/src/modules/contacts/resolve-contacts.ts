import { newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Peer } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { mergePeople } from './merge-people.ts';
import { deleteContacts, findAddresses, insertAddresses, insertContacts, mergeContacts, type AddressRow } from './store.ts';

const keyOf = (a: { kind: string; value: string }): string => `${a.kind}:${a.value}`;

/** Who somebody is, and the name they are known by so far. */
export interface Known {
  readonly id: string;
  readonly name: string | null;
}

/**
 * The contact of each peer, made where there is none. A peer whose addresses belong to several contacts proves that these
 * are one person: they are merged into the oldest. A username alone never identifies: it is attached, not searched.
 * A known contact is not renamed (`renameContacts`): what is told again after hours may carry a name of long ago.
 */
export async function resolveContacts(rt: Runtime, tx: Tx, peers: readonly Peer[]): Promise<Known[]> {
  const wanted = new Map<string, { kind: Peer['addresses'][number]['kind']; value: string }>();
  for (const peer of peers) for (const a of identifying(peer)) wanted.set(keyOf(a), a);
  const known = await lookUp(tx, [...wanted.values()]);
  const owner = new Map<string, { id: string; at: number; name: string | null }>();
  for (const row of known) owner.set(keyOf(row), { id: row.contact_id, at: row.created_at.getTime(), name: row.name });

  const moved = new Map<string, string>();
  const current = (id: string): string => {
    let at = id;
    while (moved.has(at)) at = moved.get(at)!;
    return at;
  };
  const fresh: { id: string; name: string | null }[] = [];
  const attach = new Map<string, { kind: Peer['addresses'][number]['kind']; value: string; contact_id: string }>();
  const result: Known[] = [];
  for (const peer of peers) {
    const owners = [...new Map(identifying(peer).map((a) => owner.get(keyOf(a))).filter((o) => o !== undefined).map((o) => [current(o.id), o])).entries()]
      .sort((a, b) => a[1].at - b[1].at);
    let id = owners[0]?.[0];
    if (id === undefined) {
      id = newUuid();
      fresh.push({ id, name: peer.name ?? null });
    } else {
      for (const [other] of owners.slice(1)) {
        const whole = await mergePeople(rt, tx, { from: other, into: id });
        for (const part of [other, id]) if (part !== whole) moved.set(part, whole);
        id = whole;
      }
    }
    for (const a of peer.addresses) {
      if (!owner.has(keyOf(a))) {
        owner.set(keyOf(a), { id, at: rt.clock.now(), name: peer.name ?? null });
        attach.set(keyOf(a), { kind: a.kind, value: a.value, contact_id: id });
      }
    }
    result.push({ id, name: owners.length > 0 ? owners[0]![1].name : peer.name ?? null });
  }
  if (fresh.length > 0) await insertContacts(tx, fresh);
  if (attach.size > 0) {
    const rows = [...attach.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map((a) => ({ ...a, contact_id: current(a.contact_id) }));
    const stored = new Set((await insertAddresses(tx, rows)).map(keyOf));
    const lost = rows.filter((r) => !stored.has(keyOf(r)) && r.kind !== 'username');
    // Another app's receipt brought the same person in the same moment: its contact stands, ours goes.
    for (const row of await lookUp(tx, lost)) {
      const mine = attach.get(keyOf(row))!.contact_id;
      if (fresh.some((f) => f.id === mine) && mine !== row.contact_id) moved.set(mine, row.contact_id);
    }
    const orphans = fresh.filter((f) => moved.has(f.id)).map((f) => f.id);
    for (const id of orphans) await mergeContacts(tx, id, current(id));
    if (orphans.length > 0) await deleteContacts(tx, orphans);
  }
  const made = fresh.filter((f) => !moved.has(f.id)).map((f) => f.id);
  if (made.length > 0) await rt.events.emit(tx, 'contact.changed', { change: 'created', contacts: made });
  return result.map(({ id, name }) => ({ id: current(id), name }));
}

function identifying(peer: Peer): Peer['addresses'] {
  return peer.addresses.filter((a) => a.kind !== 'username');
}

async function lookUp(tx: Tx, list: readonly Peer['addresses'][number][]): Promise<AddressRow[]> {
  return list.length === 0 ? [] : findAddresses(tx, list);
}
