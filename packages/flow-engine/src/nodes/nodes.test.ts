import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { advance } from '../engine.ts';
import { eventTypes, type EngineEvent } from '../events/index.ts';
import type { JsonObject } from '../json.ts';
import type { NodeCase } from '../node-case.ts';
import { NODE_TYPES } from '../node-types.ts';
import { parseFlow } from '../parse-flow.ts';
import { startSession, type BotSession } from '../session.ts';
import { testContext, testInput } from '../testing.ts';
import { nodeTypes } from './index.ts';

function flowOf(c: NodeCase): JsonObject {
  const speaker = (name: string): JsonObject => ({ type: 'say', content: { type: 'text', text: `${name}: {{ input.text }}` } });
  return { schema: 1, start: 'it', variables: c.variables ?? {}, nodes: { it: c.node, yes: speaker('yes'), no: speaker('no') } };
}

function walk(c: Extract<NodeCase, { turns: unknown }>): void {
  const parsed = parseFlow(flowOf(c));
  assert.ok(parsed.ok, `the flow of the case is refused: ${JSON.stringify(parsed)}`);
  let session: BotSession = startSession(parsed.flow, { id: 'ses' });
  const events: EngineEvent[] = [];
  let n = 0;
  for (const turn of c.turns) {
    const result = advance(parsed.flow, session, turn.map((input) => testInput(input, n += 1)), testContext(c.contact));
    session = result.session;
    events.push(...result.events);
  }
  for (const event of events) assert.deepEqual(eventTypes[event.type].schema.safeParse(event).error, undefined, `${event.type} does not satisfy its schema`);
  const named = new Set(c.events.map((event) => event['type']));
  const seen = events.filter((event) => named.has(event.type) || (event.type !== 'node_entered' && event.type !== 'variable_set'));
  assert.deepEqual(seen.map((event) => event.type), c.events.map((event) => event['type']), JSON.stringify(seen, null, 1));
  c.events.forEach((expected, i) => assert.partialDeepStrictEqual(seen[i], expected));
  assert.equal(session.status, c.status);
  assert.partialDeepStrictEqual(session.variables, c.ends_with ?? {});
}

function refuse(c: Extract<NodeCase, { problems: unknown }>): void {
  const parsed = parseFlow(flowOf(c));
  const problems = parsed.ok ? parsed.warnings : parsed.problems;
  const about = problems.filter((p) => p.code !== 'unreachable');
  assert.deepEqual(about.map((p) => `${p.code} at ${p.path}`).sort(), [...c.problems].sort(), JSON.stringify(problems, null, 1));
  for (const problem of about) assert.ok(problem.text.length > 5);
}

for (const type of NODE_TYPES) {
  describe(`node ${type}`, () => {
    const { cases } = nodeTypes[type];
    it('has cases that run and cases that are refused', () => {
      assert.equal(nodeTypes[type].type, type);
      assert.ok(cases.some((c) => 'turns' in c) && cases.some((c) => 'problems' in c));
    });
    for (const c of cases) it(c.name, () => ('turns' in c ? walk(c) : refuse(c)));
  });
}
