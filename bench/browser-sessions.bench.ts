/**
 * What a WhatsApp Web session in a browser of its own holds in memory, one and three of them (requirement B9: under 600 MB for three
 * bridges). The page is the stand-in of the tests: WhatsApp's own is some 150 to 250 MB more, by its users' accounts, and is not to be had here.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@centralita/kernel';
import { findChromium } from '../apps/bridge/src/engines/browser/chromium.ts';
import { createBrowserEngine } from '../apps/bridge/src/engines/browser/engine.ts';
import { treeMemory } from '../apps/bridge/src/engines/browser/process-tree.ts';
import { Desk } from '../apps/bridge/src/engines/browser/testing/context.ts';
import { report, round } from './rig.ts';

const SETTLE_MS = 20_000;
const folder = mkdtempSync(join(tmpdir(), 'centralita-browsers-'));
const engine = createBrowserEngine('wwebjs', {
  chromium: findChromium(undefined), chromiumArguments: [], memoryMb: 2000, profileMs: 3_600_000, ackMs: 4000, device: 'Centralita', clock: systemClock,
  page: { folder: fileURLToPath(new URL('../apps/bridge/src/engines/browser/testing/page', import.meta.url)), version: '9.9.9' },
});
const megabytes = (): number => round((treeMemory(process.pid) ?? Number.NaN) / 1048576, 0);

const sessions = Array.from({ length: 3 }, (_, n) => {
  const desk = new Desk();
  return { desk, session: engine.create(desk.context(join(folder, String(n)))) };
});
const alone = megabytes();
const held: number[] = [];
for (const { desk, session } of sessions) {
  await session.connect();
  await desk.told('qr');
  await sleep(SETTLE_MS);
  held.push(megabytes());
}
for (const { session } of sessions) await session.disconnect();
rmSync(folder, { recursive: true, force: true });
report('browser-sessions', [
  { name: 'a session in a browser (whatsapp-web.js, stand-in page): host and browser', value: held[0]!, unit: 'MB' },
  { name: 'of it the browser', value: round(held[0]! - alone, 0), unit: 'MB' },
  { name: 'three sessions in browsers (stand-in page)', value: held[2]!, unit: 'MB', goal: '< 600 MB', reached: held[2]! < 600 },
]);
