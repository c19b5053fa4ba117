import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { defer, type Scope } from '../../../../../test/harness/defer.ts';
import { tempFolder } from '../../../../../test/harness/folders.ts';
import { tools } from '../../../../../test/harness/tools.ts';
import { systemClock } from '@centralita/kernel';
import type { EngineError, EngineSession } from '../../engine.ts';
import { createBrowserEngine } from './engine.ts';
import { Desk, pageOf } from './testing/context.ts';
import { servePage } from './testing/serve-page.ts';

interface World {
  sent: Readonly<Record<string, unknown>>[];
  seen: string[];
  typing: string[];
  reactions: unknown[];
  scan(me: string, name: string): void;
  nextCode(text: string): void;
  receive(message: object): void;
  ack(id: string, ack: number): void;
  react(id: string, sender: string, emoji: string): void;
  joined(group: string, member: string): void;
  state(word: string): void;
}
type Global = { world: World };

const found = tools.chromium.find();
const skip = found === undefined && process.env['CI'] !== 'true' ? `needs ${tools.chromium.packages}` : false;
let desk: Desk;
let session: EngineSession;
let shown: Page;
let folder: string;

before(async (t) => {
  if (skip) return;
  const scope = t as unknown as Scope;
  folder = tempFolder(scope);
  desk = new Desk();
  const engine = createBrowserEngine('wppconnect', {
    chromium: found, memoryMb: 2000, profileMs: 3_600_000, ackMs: 4000, device: 'Centralita', clock: systemClock,
    chromiumArguments: await servePage(scope, 'wa-js/index.html'),
  });
  session = engine.create(desk.context(folder));
  defer(scope, () => session.disconnect());
  await session.connect();
  shown = await pageOf(scope, folder);
});

test('WPPConnect links by QR or code, sends under chosen ids, and tells what happens', { skip, timeout: 90_000 }, async () => {
  assert.equal((await desk.told('qr')).qr, 'code-1');
  await shown.evaluate(() => (globalThis as unknown as Global).world.nextCode('code-2'));
  assert.equal((await desk.told('qr')).qr, 'code-2');
  assert.equal((await session.pairingCode!.request('56900001234')).code, 'CODE1234');
  await shown.evaluate(() => (globalThis as unknown as Global).world.scan('56900001234@c.us', 'Ventas'));
  await desk.told('connecting');
  assert.deepEqual((await desk.told('open')).me, { phone: '56900001234', name: 'Ventas' });
  assert.equal(await session.probe(), true);

  const id = '3EB0AAAAAAAAAAAAAAAA';
  assert.deepEqual(await session.send({ id, to: '+56911112222', content: { type: 'text', text: 'Hola' } }), { status: 'sent', peer: { phone: '56911112222' } });
  await session.send({ id, to: '+56911112222', content: { type: 'text', text: 'Hola' } });
  const path = join(folder, 'voz.ogg');
  writeFileSync(path, 'ogg');
  await session.send({ id: '3EB0BBBBBBBBBBBBBBBB', to: '56911112222', content: { type: 'audio', media: { path, size: 3, mime_type: 'audio/ogg', voice: true } } });
  await assert.rejects(session.send({ id: '3EB0CCCCCCCCCCCCCCCC', to: '56999990000', content: { type: 'text', text: 'x' } }), (e: EngineError) => e.kind === 'not_on_whatsapp');
  assert.deepEqual(await shown.evaluate(() => (globalThis as unknown as Global).world.sent), [
    { id, to: '56911112222@c.us', type: 'chat', body: 'Hola' },
    { id: '3EB0BBBBBBBBBBBBBBBB', to: '56911112222@c.us', type: 'audio', file: `data:audio/ogg;base64,${Buffer.from('ogg').toString('base64')}`, isPtt: true },
  ]);
  await shown.evaluate((key) => (globalThis as unknown as Global).world.ack(key, 2), `true_56911112222@c.us_${id}`);
  assert.deepEqual(await desk.reported('the tick', (e) => e.type === 'status' && e.status === 'delivered'), { type: 'status', id, status: 'delivered', peer: { phone: '56911112222' } });
});

test('and what people write, react and do in groups', { skip, timeout: 60_000 }, async () => {
  await shown.evaluate(() => {
    const { world } = globalThis as unknown as Global;
    world.receive({ id: 'IN1', from: '120@g.us', author: '777@lid', type: 'image', mimetype: 'image/jpeg', caption: 'mira' });
    world.react('false_120@g.us_IN1', '56911112222@c.us', '❤️');
    world.joined('120@g.us', '56955556666@c.us');
  });
  const message = await desk.reported('the picture', (e) => e.type === 'message' && e.id === 'IN1');
  assert.ok(message.type === 'message' && message.content.type === 'image');
  assert.deepEqual([message.peer, message.group, message.content.caption], [{ lid: '777', phone: '56933334444' }, { id: '120@g.us' }, 'mira']);
  const file = await session.download(message.content.media.remote_id, 1000);
  assert.equal(Buffer.concat(await file.stream.toArray() as Buffer[]).toString(), 'file of false_120@g.us_IN1');
  await desk.reported('the reaction', (e) => e.type === 'message' && e.content.type === 'reaction' && e.content.id === 'IN1' && e.content.emoji === '❤️');
  const change = await desk.reported('the new member', (e) => e.type === 'group');
  assert.ok(change.type === 'group');
  assert.deepEqual([change.change, change.participants], ['added', [{ phone: '56955556666' }]]);
  assert.deepEqual(await session.groups!.list(), [{ id: '120@g.us', subject: 'Vecinos', created_at: '2023-11-14T22:13:20.000Z', members: [{ phone: '56911112222', role: 'admin' }] }]);
  assert.deepEqual(await session.groups!.members('120@g.us', 'add', ['56911112222']), [{ phone: '56911112222', code: '403', done: false }]);
  await session.markRead(['IN1']);
  assert.deepEqual(await shown.evaluate(() => (globalThis as unknown as Global).world.seen), ['120@g.us']);
  desk.news.length = 0;
  await shown.evaluate(() => (globalThis as unknown as Global).world.state('CONFLICT')).catch(() => undefined);
  assert.equal((await desk.told('closed')).ending, 'conflict');
});
