import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { encodeId, type Clock } from '@centralita/kernel';
import type { Content } from '../../messaging/index.ts';
import { startAlone } from '../../testing/runtime.ts';
import { botsModule } from './module.ts';
import { Desk, exampleFlow, type Entry } from './testing/desk.ts';

/**
 * Whole conversations from the messages received to those in the outbox's tables. After a wanted change:
 * `node golden.test.ts --update`, then read the difference as a reviewer would.
 */
interface Golden {
  about: string;
  flow: string;
  /** Messages that arrive together, and what the timeline holds more afterwards. */
  steps: { at: string; writes: (string | Content)[]; timeline?: Entry[]; holder?: string }[];
}

const folder = new URL('./golden/', import.meta.url);
const update = process.argv.includes('--update');

// Far away, so that no timer set by this clock fires by the database's.
let now = 0;
const clock: Clock = { now: () => now, date: () => new Date(now) };
let desk: Desk;
before(async (t) => {
  now = Date.parse('2099-01-05T13:00:00.000Z');
  const { rt } = await startAlone(t as never, { modules: [botsModule], clock });
  desk = await Desk.open(rt, exampleFlow('municipalidad.json'));
});

describe('golden conversations', () => {
  for (const [i, file] of readdirSync(folder).filter((name) => name.endsWith('.json')).sort().entries()) {
    const url = new URL(file, folder);
    const golden = JSON.parse(readFileSync(url, 'utf8')) as Golden;
    it(`${file}: ${golden.about}`, async () => {
      const played = await play(golden, `5691111000${i}`);
      if (update) writeFileSync(url, `${JSON.stringify(played, null, 2)}\n`);
      else assert.deepEqual(played, golden);
    });
  }
});

async function play(golden: Golden, phone: string): Promise<Golden> {
  await desk.publish(exampleFlow(golden.flow));
  const steps: Golden['steps'] = [];
  let seen = 0;
  for (const { at, writes } of golden.steps) {
    now = Date.parse(at);
    await desk.write(phone, ...writes);
    await desk.settled();
    const { id, holder } = await desk.conversation(phone);
    const all = await desk.timeline(phone);
    // The reference of a request ends in the conversation's id, which is another one each time.
    const timeline = JSON.parse(JSON.stringify(all.slice(seen + writes.length)).replaceAll(encodeId('conv', id).slice(-4).toUpperCase(), '····')) as Entry[];
    seen = all.length;
    steps.push({ at, writes, timeline, holder });
  }
  return { ...golden, steps };
}
