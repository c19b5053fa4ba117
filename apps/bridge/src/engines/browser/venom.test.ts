import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { defer } from '../../../../../test/harness/defer.ts';
import { tempFolder } from '../../../../../test/harness/folders.ts';
import { tools } from '../../../../../test/harness/tools.ts';
import { systemClock } from '@centralita/kernel';
import type { EngineError } from '../../engine.ts';
import { createBrowserEngine } from './engine.ts';
import { Desk, pageOf } from './testing/context.ts';
import { servePage } from './testing/serve-page.ts';

interface World {
  sent: unknown[];
  nextCode(text: string): void;
  scan(): void;
  receive(from: string, id: string, body: string): void;
  ack(id: string, ack: number): void;
  state(word: string): void;
}
type Global = { world: World };

const found = tools.chromium.find();
const skip = found === undefined && process.env['CI'] !== 'true' ? `needs ${tools.chromium.packages}` : false;

test('venom-bot links by QR, sends texts that are told under our ids, and tells what people write', { skip, timeout: 120_000 }, async (t) => {
  const [folder, desk] = [tempFolder(t), new Desk()];
  const engine = createBrowserEngine('venom', {
    chromium: found, memoryMb: 2000, profileMs: 3_600_000, ackMs: 4000, device: 'Centralita', clock: systemClock,
    chromiumArguments: await servePage(t, 'venom/index.html'),
  });
  assert.match(engine.warnings.join(), /no longer maintained/);
  const session = engine.create(desk.context(folder));
  defer(t, () => session.disconnect());
  await session.connect();
  const shown = await pageOf(t, folder);
  assert.equal((await desk.told('qr')).qr, 'code-1');
  await shown.evaluate(() => (globalThis as unknown as Global).world.nextCode('code-2'));
  assert.equal((await desk.told('qr')).qr, 'code-2');
  assert.equal(statSync(join(folder, 'profile')).mode & 0o777, 0o700);
  await shown.evaluate(() => (globalThis as unknown as Global).world.scan());
  await desk.told('open');
  assert.equal(await session.probe(), true);

  const id = '3EB0AAAAAAAAAAAAAAAA';
  assert.deepEqual(await session.send({ id, to: '+56911112222', content: { type: 'text', text: 'Hola' } }), { status: 'sent', peer: { phone: '56911112222' } });
  assert.deepEqual(await shown.evaluate(() => (globalThis as unknown as Global).world.sent), [{ to: '56911112222@c.us', body: 'Hola' }]);
  await shown.evaluate(() => (globalThis as unknown as Global).world.ack('PAGE1', 2));
  await desk.reported('the tick', (e) => e.type === 'status' && e.id === id && e.status === 'delivered');
  assert.equal(desk.messages.get(id)?.content, 'true_56911112222@c.us_PAGE1');
  await assert.rejects(session.send({ id: '3EB0CC', to: '56999990000', content: { type: 'text', text: 'x' } }), (e: EngineError) => e.kind === 'not_on_whatsapp');
  await assert.rejects(session.send({ id: '3EB0EE', to: '56911112222', content: { type: 'text', text: 'refuse' } }), /Error to number/);
  await assert.rejects(session.send({ id: '3EB0DD', to: '56911112222', content: { type: 'location', latitude: 1, longitude: 2 } }), (e: EngineError) => e.kind === 'unsupported');

  await shown.evaluate(() => (globalThis as unknown as Global).world.receive('56933334444@c.us', 'IN1', 'buenas'));
  const message = await desk.reported('the text', (e) => e.type === 'message' && e.id === 'IN1');
  assert.ok(message.type === 'message' && message.content.type === 'text');
  assert.equal(message.content.text, 'buenas');
  assert.ok(!desk.events.some((e) => e.type === 'message' && e.from_me));
  desk.news.length = 0;
  await shown.evaluate(() => (globalThis as unknown as Global).world.state('CONFLICT')).catch(() => undefined);
  assert.equal((await desk.told('closed')).ending, 'conflict');
});
