import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { NODE_TYPES } from './node-types.ts';
import { LIMITS } from './limits.ts';
import { parseFlow } from './parse-flow.ts';
import { VALIDATION_KINDS } from './validations/validation.ts';

const repository = new URL('../../../', import.meta.url);
const guide = readFileSync(new URL('docs/flows.md', repository), 'utf8');
const blocks = [...guide.matchAll(/```json ?(\w*)\n([\s\S]*?)```/g)].map(([, kind = '', json = '']) => ({ kind, value: JSON.parse(json) as unknown }));
const of = (kind: string): unknown[] => blocks.filter((block) => block.kind === kind).map((block) => block.value);

const say = { type: 'say', content: { type: 'text', text: 'x' } };
const variables = { nombre: '', que: '', edad: 1, precio: 1, tramite: '', rut: '', respuesta: null };
const around = (node: unknown): unknown => ({ schema: 1, start: 'it', variables, nodes: { it: node, fin: say, persona: { type: 'hand_over' } } });
function accepted(flow: unknown): void {
  const parsed = parseFlow(flow);
  const problems = parsed.ok ? parsed.warnings : parsed.problems;
  assert.deepEqual(problems.filter((p) => p.code !== 'unreachable'), []);
}

describe('docs/flows.md', () => {
  it('its flows are accepted as they stand', () => {
    assert.equal(of('').length, 2);
    of('').forEach(accepted);
  });
  it('has an example of every node type, each accepted', () => {
    of('node').forEach((node) => accepted(around(node)));
    assert.deepEqual([...new Set(of('node').map((node) => (node as { type: string }).type))].sort(), [...NODE_TYPES].sort());
  });
  it('has an example of every validation, each accepted', () => {
    const rules = of('validations').flat() as { kind: string }[];
    rules.forEach((validation) => accepted(around({ type: 'ask', validation })));
    assert.deepEqual(rules.map((rule) => rule.kind).sort(), [...VALIDATION_KINDS].sort());
  });
  it('its expressions are accepted', () => {
    accepted(around({ type: 'branch', cases: (of('expressions').flat() as string[]).map((when) => ({ when, next: 'fin' })) }));
  });
  it('names files that exist, and the limits as they are', () => {
    for (const [, path = ''] of guide.matchAll(/`((?:packages|apps)\/[\w./-]+)`/g)) assert.ok(existsSync(new URL(path, repository)), path);
    for (const limit of [LIMITS.steps, LIMITS.variables, LIMITS.nodes, LIMITS.source]) assert.ok(guide.includes(limit.toLocaleString('en-US')), String(limit));
  });
});
