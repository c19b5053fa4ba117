import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseFlow } from './parse-flow.ts';

const say = (text: string, next?: string): object => ({ type: 'say', content: { type: 'text', text }, ...(next && { next }) });
function problems(json: unknown): string[] {
  const parsed = parseFlow(json);
  return (parsed.ok ? parsed.warnings : parsed.problems).map((p) => `${p.severity}: ${p.code} at ${p.path}`);
}

describe('parseFlow', () => {
  it('accepts a flow and gives it back', () => {
    const flow = { schema: 1, start: 'a', nodes: { a: say('hola') } };
    assert.deepEqual(parseFlow(flow), { ok: true, flow, warnings: [] });
  });

  it('says where something is missing or unknown', () => {
    assert.deepEqual(problems({ schema: 1, start: 'a', nodes: { a: { type: 'say', content: { type: 'text' } } } }), ['error: schema at nodes.a.content.text']);
    assert.deepEqual(problems({ schema: 1, start: 'a', nodes: { a: { type: 'shout' } } }), ['error: schema at nodes.a.type']);
    assert.deepEqual(problems({ schema: 2, start: 'a', nodes: {} }), ['error: schema at schema']);
    assert.deepEqual(problems({ schema: 1, start: 'end', nodes: {} }), ['error: schema at start']);
  });

  it('refuses whatever is no flow without throwing', () => {
    for (const json of [null, 1, 'x', [], {}, { schema: 1 }, { schema: 1, start: 'a', nodes: [] }, JSON.parse('{"schema":1,"start":"a","nodes":{"__proto__":{"type":"say"}}}')]) {
      assert.equal(parseFlow(json).ok, false);
    }
  });

  it('finds targets that do not exist, from every place that can name one', () => {
    const flow = {
      schema: 1, start: 'x', triggers: [{ match: ['t'], next: 'x' }], interrupts: [{ match: ['i'], next: 'x' }],
      nodes: { a: { ...say('a', 'x'), on_error: 'x' } },
    };
    assert.deepEqual(problems(flow), [
      'error: unknown_target at start', 'error: unknown_target at triggers[0].next', 'error: unknown_target at interrupts[0].next',
      'error: unknown_target at nodes.a.next', 'error: unknown_target at nodes.a.on_error', 'warning: unreachable at nodes.a',
    ]);
  });

  it('a target with the name of something inherited does not exist', () => {
    assert.deepEqual(problems({ schema: 1, start: 'a', nodes: { a: say('a', 'constructor') } }), ['error: unknown_target at nodes.a.next']);
  });

  it('tells a loop that is sure from one that may end', () => {
    assert.deepEqual(problems({ schema: 1, start: 'a', nodes: { a: say('a', 'b'), b: { type: 'go_to', to: 'a' } } }), ['error: loop at nodes.a']);
    const branch = { type: 'branch', cases: [{ when: 'true', next: 'a' }], else: 'end' };
    assert.deepEqual(problems({ schema: 1, start: 'a', nodes: { a: say('a', 'b'), b: branch } }), ['warning: possible_loop at nodes.a']);
    const ask = { type: 'ask', next: 'a' };
    assert.deepEqual(problems({ schema: 1, start: 'a', nodes: { a: say('a', 'b'), b: ask } }), []);
    assert.deepEqual(problems({ schema: 1, start: 'a', nodes: { a: { ...say('{{ x }}', 'a'), on_error: 'end' } }, variables: { x: 1 } }), ['error: loop at nodes.a']);
  });

  it('checks a chain of 2,000 nodes and refuses more', () => {
    const chain = (n: number): object => ({ schema: 1, start: 'n0', nodes: Object.fromEntries(Array.from({ length: n }, (_, i) => [`n${i}`, say('x', i + 1 < n ? `n${i + 1}` : 'end')])) });
    assert.deepEqual(problems(chain(2000)), []);
    assert.deepEqual(problems(chain(2001)), ['error: too_many at nodes']);
  });

  it('gives line and column of what is wrong in a template or an expression', () => {
    const parsed = parseFlow({
      schema: 1, start: 'a', variables: { n: 1 },
      nodes: {
        a: { ...say('Hola\n  {{ n | no_such_filter }}', 'b') },
        b: { type: 'branch', cases: [{ when: 'n > 1 &&\n  nn > 2', next: 'a' }, { when: 'n >', next: 'a' }] },
      },
    });
    assert.ok(!parsed.ok);
    assert.deepEqual(parsed.problems.filter((p) => p.position).map((p) => [p.node, p.code, p.position, p.text]), [
      ['a', 'liquid', { line: 2, column: 3 }, 'undefined filter: no_such_filter'],
      ['b', 'unknown_name', { line: 2, column: 3 }, 'Unknown variable: nn; declare it in "variables" or set it in some node'],
      ['b', 'cel', { line: 1, column: 4 }, 'Unexpected token: EOF'],
    ]);
  });

  it('neither files nor chance nor the clock can be reached from a template', () => {
    for (const text of ['{% include "x" %}', '{% render "x" %}', '{% layout "x" %}', '{{ a | sample }}']) {
      assert.deepEqual(problems({ schema: 1, start: 'a', variables: { a: [] }, nodes: { a: say(text) } }), ['error: liquid at nodes.a.content.text'], text);
    }
  });

  it('a secret, however it is written, is refused outside headers and body of a call', () => {
    for (const text of ['{{ secrets.K }}', '{{ secrets }}', '{{ secrets["K"] }}', '{% assign k = secrets.K %}{{ k }}', '{% for s in secrets %}{{ s }}{% endfor %}']) {
      assert.deepEqual(problems({ schema: 1, start: 'a', nodes: { a: say(text) } }), ['error: secret at nodes.a.content.text'], text);
    }
  });

  it('words that nothing can match, or that stand twice', () => {
    const flow = { schema: 1, start: 'a', interrupts: [{ match: ['¡!', 'Menú'], next: 'a' }, { match: ['menu'], next: 'a' }], nodes: { a: { type: 'ask' } } };
    assert.deepEqual(problems(flow), ['error: empty at interrupts[0].match[0]', 'warning: duplicate at interrupts[1].match[0]']);
  });

  it('a variable that only a node sets is known everywhere', () => {
    const flow = {
      schema: 1, start: 'a',
      nodes: { a: { type: 'ask', variable: 'edad', next: 'b' }, b: { type: 'branch', cases: [{ when: 'edad != null && vars.edad != ""', next: 'c' }] }, c: say('{{ edad }} {{ vars.edad }}') },
    };
    assert.deepEqual(problems(flow), []);
  });
});
