import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from '../harness/defer.ts';
import { startDebianPostgres, type DebianPostgres } from '../harness/debian-postgres.ts';
import { requireTool } from '../harness/tools.ts';
import { waitFor } from '../harness/wait.ts';
import { Plant } from './plant.ts';

const AWAY_MS = 10_000;
const PHONES = 24;
/** DATABASE_TIMEOUT_SECONDS is 2 here; a request may wait so long, and the machine is busy. */
const PATIENCE_S = 2;
const LONGEST_MS = PATIENCE_S * 1000 + 1500;
/** Answers each message, so that everything is under way when the database goes: unpacking, turns, sends, statuses. */
const ECHO = { schema: 1, start: 'di', variables: { algo: '' }, nodes: { di: { type: 'ask', variable: 'algo', next: 'di', prompt: { type: 'text', text: 'Dijiste «{{ algo }}».' } } } };

interface Away {
  begin(postgres: DebianPostgres): Promise<void>;
  end(postgres: DebianPostgres): Promise<void>;
}

async function drill(t: TestContext, away: Away): Promise<void> {
  requireTool(t, 'postgresql');
  const postgres = await startDebianPostgres(t as unknown as Scope, { durable: true });
  const plant = await Plant.start(t as unknown as Scope, { databaseUrl: postgres.url, bot: ECHO, env: { DATABASE_TIMEOUT_SECONDS: String(PATIENCE_S) } });
  const acknowledged = new Set<string>();
  const refusals: { status: number; ms: number }[] = [];
  let ending = false;
  const carriers = Array.from({ length: PHONES }, async (_, p) => {
    const phone = `5699${String(p).padStart(7, '0')}`;
    for (let n = 0; !ending; n++) {
      const id = `wamid.${phone}.${n}`;
      for (;;) {
        const answer = await plant.post(phone, id, `mensaje ${n}`);
        if (answer.status === 200) break;
        if (ending) return;
        refusals.push(answer);
        await sleep(100);
      }
      acknowledged.add(id);
      await sleep(20);
    }
  });
  try {
    await waitFor(() => acknowledged.size > 300, { what: 'some load', timeout: 60_000 });
    await away.begin(postgres);
    await sleep(AWAY_MS);
    await away.end(postgres);
    const before = acknowledged.size;
    await waitFor(() => acknowledged.size > before + 300, { what: 'webhooks to be taken again', timeout: 60_000 });
  } catch (error) {
    throw new Error(`${(error as Error).message}; the last answers: ${JSON.stringify(refusals.slice(-3))}; the server said:\n${plant.server.lines.filter((l) => !l.includes('trying again')).join('\n').slice(0, 6000)}`);
  } finally {
    ending = true;
  }
  await Promise.all(carriers);
  assert.ok(plant.server.running, 'the server outlives its database');
  await plant.settled();

  assert.ok(refusals.some((r) => r.status === 503), 'webhooks were refused while the database was away');
  assert.deepEqual(refusals.filter((r) => r.status !== 503), [], 'with 503, never otherwise');
  const longest = Math.max(...refusals.map((r) => r.ms));
  assert.ok(longest < LONGEST_MS, `the longest refusal took ${Math.round(longest)} ms`);
  const stored = new Map((await plant.rows<{ remote_id: string; n: number }>("select remote_id, count(*)::int as n from {c}.messages where direction = 'in' group by remote_id")).map((r) => [r.remote_id, r.n]));
  assert.deepEqual([...acknowledged].filter((id) => stored.get(id) !== 1), [], 'acknowledged and not there once');
  const accepted = await plant.accepted();
  assert.deepEqual([...accepted].filter(([, n]) => n > 1), [], 'sent twice');
  const replies = await plant.rows<{ status: string; n: number }>("select d.status, count(*)::int as n from {c}.messages m join {c}.deliveries d on d.message_id = m.id where m.author = 'bot' group by 1");
  const total = replies.reduce((n, r) => n + r.n, 0);
  assert.equal(total, stored.size, 'each message has its reply');
  assert.deepEqual(replies.filter((r) => !['accepted', 'sent', 'delivered', 'read', 'unknown'].includes(r.status)), [], 'all of them left');
  t.diagnostic(`${acknowledged.size} acknowledged, ${refusals.length} refused (the longest after ${Math.round(longest)} ms), replies: ${replies.map((r) => `${r.n} ${r.status}`).join(', ')}`);
}

test('PostgreSQL killed for 10 s under load: 503 meanwhile, nothing acknowledged is lost, all catches up alone', { timeout: 150_000 }, (t) => drill(t, {
  begin: (postgres) => postgres.kill(),
  end: (postgres) => postgres.start(),
}));

test('PostgreSQL frozen for 10 s under load: 503 within a bounded time, nothing acknowledged is lost, all catches up alone', { timeout: 150_000 }, (t) => drill(t, {
  begin: (postgres) => postgres.freeze(),
  end: async (postgres) => postgres.thaw(),
}));
