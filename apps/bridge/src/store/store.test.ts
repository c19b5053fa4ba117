import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { newUuid, systemClock } from '@centralita/kernel';
import { createSealer } from '@centralita/platform/crypto';
import { createLog } from '@centralita/platform/log';
import type { BridgeEvent } from '@centralita/contracts/bridge';
import { Gate } from '../engines/baileys/gate.ts';
import { openTables, type Tables } from '../testing/tables.ts';
import { claimSessions, enterHost, releaseSession, type HostRow } from './leases.ts';
import { SessionStore } from './session-store.ts';
import { Writer } from './writer.ts';

let tables: Tables;
const sealer = createSealer(Buffer.alloc(32, 7));
const event: BridgeEvent = { type: 'identity', phone: '56961234567', lid: '123' };

before(async (t) => {
  tables = await openTables(t as never);
});

async function host(): Promise<HostRow> {
  const row: HostRow = { id: newUuid(), engine: 'baileys', url: 'http://127.0.0.1:1', sandbox: true, hostname: 'test', pid: 1, version: '0', capacity: 10 };
  await enterHost(tables.base.db, row, 60_000);
  return row;
}
/** A session on a host, and how its store failed, if it did. */
async function opened(row: HostRow): Promise<{ store: SessionStore; id: string; epoch: number; failed: () => Error | undefined; writer: Writer }> {
  const { db } = tables.base;
  const id = await tables.session(newUuid());
  const [claimed] = await claimSessions(db, row, 1);
  assert.equal(claimed!.id, id);
  const writer = new Writer({ db, sealer, hostId: row.id, log: createLog('silent') });
  let failure: Error | undefined;
  const store = new SessionStore({ db, sealer, writer, clock: systemClock, lease: { id, epoch: claimed!.epoch, appId: tables.appId, name: 's', engine: 'baileys' }, onFailed: (error) => {
    failure = error;
  } });
  return { store, id, epoch: claimed!.epoch, failed: () => failure, writer };
}
const keysOf = async (id: string): Promise<string[]> => (await tables.base.db.query<{ k: string }>("select type || ' ' || id as k from {s}.web_session_keys where session_id = $1 order by 1", [id])).map((r) => r.k);
const receipts = async (): Promise<number> => (await tables.base.db.query<{ n: number }>('select count(*)::integer as n from {s}.receipts_pending'))[0]!.n;

test('a key is seen at once, sealed in the row, and gone when it is removed', async () => {
  const { store, id } = await opened(await host());
  store.set([{ type: 'session', id: 'a', value: 'one' }, { type: 'session', id: 'b', value: 'two' }]);
  assert.deepEqual(await store.get('session', ['a', 'b', 'c']), { a: 'one', b: 'two' });
  await store.settled();
  assert.deepEqual(await keysOf(id), ['session a', 'session b']);
  store.set([{ type: 'session', id: 'a', value: null }, { type: 'session', id: 'b', value: 'three' }]);
  assert.deepEqual(await store.get('session', ['a', 'b']), { b: 'three' });
  await store.settled();
  assert.deepEqual(await keysOf(id), ['session b']);
});

test('what a message changed and the message itself are committed together, and wait for each other', async () => {
  const { store, id } = await opened(await host());
  const before = await receipts();
  store.hold();
  store.set([{ type: 'session', id: 'a', value: 'ratchet' }]);
  const version = store.pending;
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  assert.deepEqual([await keysOf(id), await receipts()], [[], before], 'not without the message');
  store.report([event]);
  store.release();
  await store.settled(version);
  assert.deepEqual([await keysOf(id), await receipts()], [['session a'], before + 1]);
  assert.equal(store.pending, 0);
});

test('when another host has the session, nothing is written any more, and others of the same commit are', async () => {
  const mine = await host();
  const lost = await opened(mine);
  const kept = await opened(mine);
  const other = await host();
  await releaseSession(tables.base.db, { id: lost.id, epoch: lost.epoch }, { hostId: mine.id, to: other.id });
  assert.equal((await claimSessions(tables.base.db, other, 1))[0]?.id, lost.id);
  lost.store.set([{ type: 'session', id: 'late', value: 'x' }]);
  kept.store.set([{ type: 'session', id: 'mine', value: 'x' }]);
  await assert.rejects(lost.store.settled(), /lease of a web session lane was lost/);
  await kept.store.settled();
  assert.ok(lost.failed());
  assert.deepEqual([await keysOf(lost.id), await keysOf(kept.id)], [[], ['session mine']]);
  assert.throws(() => lost.store.set([{ type: 'session', id: 'later', value: 'x' }]), /lost/);
});

test('frames leave in their order, each when what it rests on is durable, and none after the lease', async () => {
  const { store } = await opened(await host());
  const out: string[] = [];
  let ended = false;
  let fresh = true;
  const socket = { send: (data: Uint8Array) => void out.push(Buffer.from(data).toString()), terminate: () => {
    ended = true;
  } };
  new Gate(socket, { pending: () => store.pending, settled: (v) => store.settled(v), fresh: () => fresh });
  const frame = (text: string): void => socket.send(Buffer.from(text));
  frame('free');
  assert.deepEqual(out, ['free']);
  store.hold();
  store.set([{ type: 'session', id: 'a', value: '1' }]);
  frame('acknowledgement');
  frame('behind it');
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  assert.deepEqual(out, ['free']);
  store.report([event]);
  store.release();
  await store.settled();
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  assert.deepEqual(out, ['free', 'acknowledgement', 'behind it']);
  fresh = false;
  frame('too late');
  assert.deepEqual([out.length, ended], [3, true]);
});

test('messages are kept sealed, found at once and later, and forgotten when they are unknown', async () => {
  const { store, id } = await opened(await host());
  store.messages.put({ id: 'M1', chat: 'x@s.whatsapp.net', fromMe: false, content: 'secret' });
  assert.equal((await store.messages.get('M1'))?.content, 'secret');
  await store.settled();
  assert.deepEqual(await store.messages.get('M1'), { id: 'M1', chat: 'x@s.whatsapp.net', fromMe: false, participant: undefined, content: 'secret' });
  assert.equal(await store.messages.get('M2'), undefined);
  const [row] = await tables.base.db.query<{ content: string }>('select content from {s}.web_session_messages where session_id = $1', [id]);
  assert.match(row!.content, /^v1\./);
});
