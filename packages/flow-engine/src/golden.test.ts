import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { advance } from './engine.ts';
import type { EngineEvent } from './events/index.ts';
import type { Input } from './input.ts';
import type { JsonObject } from './json.ts';
import type { CaseInput } from './node-case.ts';
import { parseFlow } from './parse-flow.ts';
import { startSession, type BotSession } from './session.ts';
import { testContext, testInput } from './testing.ts';

/**
 * Whole sessions of the example flows, with everything that happened. After a wanted change:
 * `node src/golden.test.ts --update`, then read the difference as a reviewer would.
 */
interface Golden {
  about: string;
  flow: string;
  contact: JsonObject;
  turns: { now: string; inputs: CaseInput[]; consumed?: number; events?: EngineEvent[] }[];
  session?: BotSession;
}

const folder = new URL('../golden/', import.meta.url);
const update = process.argv.includes('--update');

function play(golden: Golden): Golden {
  const parsed = parseFlow(JSON.parse(readFileSync(new URL(`../examples/${golden.flow}`, import.meta.url), 'utf8')));
  assert.ok(parsed.ok, JSON.stringify(parsed));
  let session = startSession(parsed.flow, { id: 'bses_golden' });
  let n = 0;
  const turns = golden.turns.map(({ now, inputs }) => {
    const timed = inputs.map((input): Input => ({ ...testInput(input, n += 1), at: now }));
    const result = advance(parsed.flow, session, timed, testContext(golden.contact, now));
    session = JSON.parse(JSON.stringify(result.session)) as BotSession;
    return { now, inputs, consumed: result.consumed, events: [...result.events] };
  });
  return { ...golden, turns, session };
}

describe('golden sessions', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')).sort()) {
    const url = new URL(file, folder);
    const golden = JSON.parse(readFileSync(url, 'utf8')) as Golden;
    it(`${file}: ${golden.about}`, () => {
      const played = play(golden);
      if (update) writeFileSync(url, `${JSON.stringify(played, null, 2)}\n`);
      else assert.deepEqual(played, golden);
    });
  }

  it('cover every node of the example flows', () => {
    const entered = new Set<string>();
    const flows = new Map<string, string[]>();
    for (const file of readdirSync(folder)) {
      const golden = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Golden;
      const flow = JSON.parse(readFileSync(new URL(`../examples/${golden.flow}`, import.meta.url), 'utf8')) as { nodes: object };
      flows.set(golden.flow, Object.keys(flow.nodes));
      for (const turn of golden.turns) for (const event of turn.events ?? []) if (event.type === 'node_entered') entered.add(`${golden.flow}:${event.node}`);
    }
    const missing = [...flows].flatMap(([flow, nodes]) => nodes.map((node) => `${flow}:${node}`)).filter((node) => !entered.has(node));
    if (!update) assert.deepEqual(missing, []);
  });
});
