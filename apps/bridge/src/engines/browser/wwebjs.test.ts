import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { defer, type Scope } from '../../../../../test/harness/defer.ts';
import { tempFolder } from '../../../../../test/harness/folders.ts';
import { tools } from '../../../../../test/harness/tools.ts';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { systemClock } from '@centralita/kernel';
import type { EngineError, EngineSession } from '../../engine.ts';
import { createBrowserEngine } from './engine.ts';
import { endStrays } from './process-tree.ts';
import { Desk, pageOf } from './testing/context.ts';

interface World {
  sent: { id: string; to: string; type: string; body?: string; quote?: string; lat?: number; mimetype?: string; caption?: string }[];
  seen: string[];
  typing: string[];
  reactions: { to: string; emoji: string }[];
  lids: Record<string, string>;
  refuse: boolean;
  scan(me: string, name: string): void;
  nextQr(ref: string): void;
  unknown(id: string): void;
  receive(message: object): void;
  ack(id: string, ack: number): void;
  edit(id: string, text: string): void;
  state(word: string): void;
  logout(): void;
}

const found = tools.chromium.find();
const skip = found === undefined && process.env['CI'] !== 'true' ? `needs ${tools.chromium.packages}` : false;
const page = { folder: fileURLToPath(new URL('testing/page', import.meta.url)), version: '9.9.9' };
const engine = createBrowserEngine('wwebjs', {
  chromium: found, chromiumArguments: ['--remote-debugging-port=0'], memoryMb: 2000, profileMs: 3_600_000, ackMs: 4000, device: 'Centralita', clock: systemClock, page,
});

let desk: Desk;
let session: EngineSession;
let shown: Page;
let folder: string;
const chile = '56911112222@c.us';
before(async (t) => {
  if (skip) return;
  const scope = t as unknown as Scope;
  folder = tempFolder(scope);
  desk = new Desk();
  session = engine.create(desk.context(folder));
  defer(scope, () => session.disconnect());
  await session.connect();
  shown = await pageOf(scope, folder);
});

test('a number is linked by its QR code, and every new code is told', { skip, timeout: 90_000 }, async () => {
  assert.equal((await desk.told('qr')).qr, 'ref-1,AQID,AQID,secret,1');
  await shown.evaluate(() => (globalThis as unknown as { world: World }).world.nextQr('ref-2'));
  assert.match((await desk.told('qr')).qr, /^ref-2,/);
  assert.equal((await session.pairingCode!.request('56900001234')).code, 'CODE1234');
  await assert.rejects(session.send({ id: '3EB0000000000000000A', to: '+56911112222', content: { type: 'text', text: 'pronto' } }), (e: EngineError) => e.kind === 'not_connected');
  await shown.evaluate(() => (globalThis as unknown as { world: World }).world.scan('56900001234@c.us', 'Ventas'));
  await desk.told('connecting');
  assert.deepEqual((await desk.told('open')).me, { phone: '56900001234', name: 'Ventas' });
  assert.equal(await session.probe(), true);
});

test('texts go out under the id that was chosen, once, and their ticks come back', { skip, timeout: 60_000 }, async () => {
  const id = '3EB0AAAAAAAAAAAAAAAA';
  const first = await session.send({ id, to: '+56 9 1111 2222', content: { type: 'text', text: 'Hola' } });
  assert.deepEqual(first, { status: 'sent', peer: { phone: '56911112222' } });
  // The caller did not hear the answer, and sends again.
  assert.equal((await session.send({ id, to: '56911112222', content: { type: 'text', text: 'Hola' } })).status, 'sent');
  assert.deepEqual(await shown.evaluate(() => (globalThis as unknown as { world: World }).world.sent), [{ id, to: chile, type: 'chat', body: 'Hola' }]);
  await shown.evaluate((key) => (globalThis as unknown as { world: World }).world.ack(key, 3), `true_${chile}_${id}`);
  assert.deepEqual(await desk.reported('the tick', (e) => e.type === 'status' && e.status === 'read'), { type: 'status', id, status: 'read', peer: { phone: '56911112222' } });
  assert.ok(!desk.events.some((e) => e.type === 'message'), 'what the host sent is not told as written on the phone');
});

test('what people write is told: texts, places, quotes, edits, files, groups', { skip, timeout: 60_000 }, async () => {
  await shown.evaluate(() => {
    const { world: w } = globalThis as unknown as { world: World };
    w.lids['777@lid'] = '56933334444@c.us';
    w.receive({ id: 'IN1', from: '56911112222@c.us', body: 'Buenas', notifyName: 'Ana' });
    w.receive({ id: 'IN2', from: '56911112222@c.us', type: 'location', lat: -33.4, lng: -70.6, loc: 'Plaza\nCentro' });
    w.receive({ id: 'IN3', from: '120@g.us', author: '777@lid', body: 'a todos', quotedStanzaID: 'IN1', quotedParticipant: '56911112222@c.us', quotedMsg: { body: 'Buenas' } });
    w.receive({ id: 'IN4', from: '56911112222@c.us', type: 'image', mimetype: 'image/jpeg', caption: 'mira', directPath: '/v/1', mediaData: { mediaStage: 'RESOLVED' } });
    w.receive({ id: 'IN5', from: '56911112222@c.us', type: 'e2e_notification' });
    w.edit('false_56911112222@c.us_IN1', 'Buenas tardes');
  });
  const of = (id: string) => desk.reported(id, (e) => e.type === 'message' && e.id === id) as Promise<Extract<(typeof desk.events)[number], { type: 'message' }>>;
  assert.deepEqual({ ...await of('IN1'), at: undefined }, { type: 'message', id: 'IN1', at: undefined, from_me: false, peer: { phone: '56911112222', name: 'Ana' }, content: { type: 'text', text: 'Buenas' }, backfilled: false });
  assert.deepEqual((await of('IN2')).content, { type: 'location', latitude: -33.4, longitude: -70.6, name: 'Plaza', address: 'Centro' });
  const group = await of('IN3');
  assert.deepEqual([group.peer, group.group, group.quote], [{ lid: '777', phone: '56933334444' }, { id: '120@g.us' }, { id: 'IN1', from: { phone: '56911112222' }, text: 'Buenas' }]);
  assert.ok(desk.events.some((e) => e.type === 'identity' && e.lid === '777' && e.phone === '56933334444'));
  const { content } = await of('IN4');
  assert.ok(content.type === 'image');
  const file = await session.download(content.media.remote_id, 1000);
  assert.equal(Buffer.concat(await file.stream.toArray() as Buffer[]).toString(), 'file of /v/1');
  await assert.rejects(session.download(content.media.remote_id, 3), (e: EngineError) => e.kind === 'too_large');
  await desk.reported('the edit', (e) => e.type === 'message' && e.content.type === 'edit' && e.content.id === 'IN1' && e.content.text === 'Buenas tardes');
  assert.ok(!desk.events.some((e) => e.type === 'message' && e.id === 'IN5'), 'notices of the timeline are no messages');
});

test('replies, places, files and reactions; read and typing; a number that is not there; a refusal', { skip, timeout: 60_000 }, async () => {
  await shown.evaluate(() => (globalThis as unknown as { world: World }).world.unknown('56999990000@c.us'));
  const path = join(folder, 'foto.png');
  writeFileSync(path, 'png');
  await session.send({ id: '3EB0000000000000000B', to: '56911112222', content: { type: 'text', text: 'respondo' }, quote: 'IN1' });
  await session.send({ id: '3EB0000000000000000C', to: '56911112222', content: { type: 'location', latitude: 1, longitude: 2, name: 'Aquí' } });
  await session.send({ id: '3EB0000000000000000D', to: '120@g.us', content: { type: 'image', media: { path, size: 3, mime_type: 'image/png' }, caption: 'foto' } });
  await session.send({ id: '3EB0000000000000000E', to: '56911112222', content: { type: 'reaction', id: 'IN1', emoji: '👍' } });
  const { sent, reactions } = await shown.evaluate(() => (globalThis as unknown as { world: World }).world);
  assert.deepEqual(sent.slice(1).map((m) => [m.id.at(-1), m.to, m.type, m.quote ?? m.lat ?? m.caption]), [['B', chile, 'chat', 'IN1'], ['C', chile, 'location', 1], ['D', '120@g.us', 'image', 'foto']]);
  assert.deepEqual(reactions, [{ to: 'IN1', emoji: '👍' }]);
  await session.markRead(['IN1', 'nobody knows']);
  await session.typing('56911112222', 'composing');
  assert.deepEqual(await shown.evaluate(() => [(globalThis as unknown as { world: World }).world.seen, (globalThis as unknown as { world: World }).world.typing]), [[chile], [chile]]);
  await assert.rejects(session.send({ id: '3EB0000000000000000F', to: '56999990000', content: { type: 'text', text: 'x' } }), (e: EngineError) => e.kind === 'not_on_whatsapp');
  await shown.evaluate(() => {
    (globalThis as unknown as { world: World }).world.refuse = true;
  });
  await assert.rejects(session.send({ id: '3EB00000000000000010', to: '56911112222', content: { type: 'text', text: 'x' } }), (e: EngineError) => e.kind === 'refused');
});

test('another machine starts from the stored login; a browser that its host left running is ended first', { skip, timeout: 90_000 }, async (t) => {
  await session.disconnect();
  assert.equal(desk.profiles, 1);
  const elsewhere = tempFolder(t);
  const [left, next] = [engine.create(desk.context(elsewhere)), engine.create(desk.context(elsewhere))];
  defer(t, () => next.disconnect());
  desk.news.length = 0;
  await left.connect();
  await desk.told('open');
  assert.ok(desk.news.some((n) => n.kind === 'note' && n.code === 'profile_restored'));
  // Its host died without a word: the browser is still there, and holds the profile.
  await next.connect();
  await desk.told('open');
  assert.ok(desk.news.some((n) => n.kind === 'note' && n.code === 'stray_browser'));
  desk.news.length = 0;
  const [one] = [await pageOf(t, elsewhere)];
  await one.evaluate(() => (globalThis as unknown as { world: World }).world.state('CONFLICT')).catch(() => undefined);
  assert.equal((await desk.told('closed')).ending, 'conflict');
  await next.connect();
  await desk.told('open');
  const again = await pageOf(t, elsewhere);
  await again.evaluate(() => (globalThis as unknown as { world: World }).world.logout()).catch(() => undefined);
  assert.equal((await desk.told('closed')).ending, 'logged_out');
  await waitFor(() => !existsSync(join(elsewhere, 'profile')), { what: 'the profile to be removed' });
  assert.equal(await endStrays(join(elsewhere, 'profile')), 0);
});
