import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { advance } from './engine.ts';
import type { FlowDefinition } from './definition.ts';
import { LIMITS } from './limits.ts';
import { parseFlow } from './parse-flow.ts';
import { isOver, startSession, type BotSession } from './session.ts';
import { testContext, testInput } from './testing.ts';

function flow(json: object): FlowDefinition {
  const parsed = parseFlow({ schema: 1, ...json });
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.flow;
}
const text = (t: string, next?: string): object => ({ type: 'say', content: { type: 'text', text: t }, ...(next && { next }) });
const said = (result: { events: readonly { type: string }[] }): string[] =>
  result.events.flatMap((e) => (e.type === 'say' && 'content' in e ? [(e.content as { text: string }).text] : []));
const messages = (...texts: string[]): ReturnType<typeof testInput>[] => texts.map((t, i) => testInput(t, i + 1));

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

describe('advance', () => {
  const two = flow({
    start: 'a', variables: { uno: null, dos: 0 },
    interrupts: [{ match: ['Menú', 'volver'], next: 'a' }, { match: ['salir'], next: 'end' }],
    triggers: [{ match: ['directo'], next: 'd' }],
    nodes: {
      a: text('Bienvenida', 'b'),
      b: { type: 'ask', prompt: { type: 'text', text: '¿Uno?' }, variable: 'uno', next: 'c' },
      c: { type: 'ask', prompt: { type: 'text', text: '¿Dos?' }, variable: 'dos', validation: { kind: 'integer' }, next: 'd' },
      d: text('{{ uno }} y {{ dos }}, dijo {{ input.text }}'),
    },
  });

  it('feeds waiting messages to one question after another and leaves the rest to the caller', () => {
    const result = advance(two, startSession(two), messages('hola', 'x', '2', 'otra', 'más'), testContext());
    assert.deepEqual(said(result), ['Bienvenida', '¿Uno?', '¿Dos?', 'x y 2, dijo 2']);
    assert.equal(result.consumed, 3);
    assert.equal(result.session.status, 'completed');
    assert.ok(isOver(result.session));
  });

  it('does nothing without inputs, and nothing more once the session is over', () => {
    const fresh = startSession(two);
    assert.deepEqual(advance(two, fresh, [], testContext()), { session: fresh, events: [], consumed: 0 });
    const over = advance(two, fresh, messages('hola', 'salir'), testContext()).session;
    assert.equal(over.status, 'completed');
    assert.deepEqual(advance(two, over, messages('hola'), testContext()), { session: over, events: [], consumed: 0 });
  });

  it('a signal before the first message is ignored', () => {
    const result = advance(two, startSession(two), [testInput({ kind: 'wake' }), testInput('hola')], testContext());
    assert.deepEqual(result.events[0], { type: 'input_ignored', kind: 'wake', reason: 'not_waiting' });
    assert.equal(result.session.status, 'waiting_input');
    assert.equal(result.consumed, 2);
  });

  it('interrupts at a question, whatever the case, accents and punctuation; never in the middle of a text', () => {
    const result = advance(two, startSession(two), messages('hola', '¡MENU!', 'quiero volver', 'VOLVER'), testContext());
    assert.deepEqual(said(result), ['Bienvenida', '¿Uno?', 'Bienvenida', '¿Uno?', '¿Dos?', 'Bienvenida', '¿Uno?']);
    assert.equal(result.session.variables['uno'], 'quiero volver');
  });

  it('a trigger leads the first message elsewhere, an interrupt does not', () => {
    assert.deepEqual(said(advance(two, startSession(two), messages('¡Directo!'), testContext())), ['y 0, dijo ¡Directo!']);
    assert.deepEqual(said(advance(two, startSession(two), messages('salir'), testContext())), ['Bienvenida', '¿Uno?']);
  });

  it('starts with the variables of the flow and of the seed', () => {
    const session = startSession(two, { variables: { dos: 7, extra: 'x' }, id: 'bses_1' });
    assert.deepEqual(session.variables, { uno: null, dos: 7, extra: 'x' });
    assert.equal(session.seed, 'bses_1');
  });

  it('changes neither its arguments nor its mind', () => {
    const session = frozen(startSession(two));
    const inputs = frozen(messages('hola', 'x', 'no', '3'));
    const context = frozen(testContext({ name: 'Ana' }));
    const first = advance(frozen(two), session, inputs, context);
    assert.deepEqual(advance(two, session, inputs, context), first);
  });

  it('a loop without a question fails at run time when it does not end', () => {
    const counting = (limit: number): FlowDefinition => flow({
      start: 'more', variables: { n: 0 },
      nodes: {
        more: { type: 'set', values: [{ variable: 'n', cel: 'n + 1' }], next: 'again' },
        again: { type: 'branch', cases: [{ when: `n < ${limit}`, next: 'more' }] },
      },
    });
    assert.equal(advance(counting(20), startSession(counting(20)), messages('hola'), testContext()).session.variables['n'], 20);
    const endless = advance(counting(1000), startSession(counting(1000)), messages('hola'), testContext());
    assert.equal(endless.session.status, 'failed');
    assert.deepEqual(endless.events.at(-1), { type: 'session_failed', node: 'more', reason: 'loop', detail: `${LIMITS.steps} steps without waiting for the person` });
  });

  it('a loop of calls is found too, since nobody is there', () => {
    const polling = flow({ start: 'poll', nodes: { poll: { type: 'call_http', url: 'https://a.cl/', next: 'poll', on_error: 'end' } } });
    let session: BotSession = advance(polling, startSession(polling), messages('hola'), testContext()).session;
    for (let i = 0; i < 200 && session.waiting?.for === 'call'; i += 1) {
      session = advance(polling, session, [testInput({ kind: 'call_completed', call_id: session.waiting.call_id, ok: true })], testContext()).session;
    }
    assert.equal(session.status, 'failed');
    assert.equal(session.steps, LIMITS.steps + 1);
  });

  it('every call of a session has an id of its own', () => {
    const calls = flow({
      start: 'x',
      nodes: { x: { type: 'call_http', url: 'https://a.cl/', next: 'y', on_error: 'end' }, y: { type: 'call_http', url: 'https://a.cl/', next: 'end', on_error: 'end' } },
    });
    const first = advance(calls, startSession(calls, { id: 'bses_9' }), messages('hola'), testContext());
    assert.deepEqual(first.session.waiting, { for: 'call', since: testContext().now, call_id: 'bses_9.1' });
    const second = advance(calls, first.session, [testInput({ kind: 'call_completed', call_id: 'bses_9.1', ok: true })], testContext());
    assert.equal(second.session.waiting?.for === 'call' && second.session.waiting.call_id, 'bses_9.2');
  });

  it('cuts a text to what WhatsApp takes, and says so', () => {
    const long = flow({ start: 'a', variables: { t: 'ñ'.repeat(5000) }, nodes: { a: text('{{ t }}') } });
    const result = advance(long, startSession(long), messages('hola'), testContext());
    assert.equal(said(result)[0], `${'ñ'.repeat(4095)}…`);
    assert.ok(result.events.some((e) => e.type === 'warning' && e.code === 'cut'));
  });

  it('what a person types is text, never a template, and can always be stored', () => {
    const result = advance(two, startSession(two), messages('hola', '{{ contact.phone }}{% raw %}\0\ud800', '1'), testContext({ phone: '569' }));
    assert.equal(said(result).at(-1), '{{ contact.phone }}{% raw %}\ufffd y 1, dijo 1');
  });

  it('what templates can reach stays within the context', () => {
    const nosy = flow({ start: 'a', nodes: { a: text('[{{ contact.constructor }}{{ vars.__proto__ }}{{ input.toString }}{{ vars.secrets }}]') } });
    assert.deepEqual(said(advance(nosy, startSession(nosy), messages('hola'), testContext())), ['[]']);
  });

  it('the same pattern that holds up a backtracking engine takes no time', () => {
    const evil = flow({ start: 'a', nodes: { a: { type: 'branch', cases: [{ when: 'input.text.matches("^(a+)+$")', next: 'b' }] }, b: text('sí') } });
    const begin = process.hrtime.bigint();
    assert.equal(advance(evil, startSession(evil), messages(`${'a'.repeat(3000)}!`), testContext()).session.status, 'completed');
    assert.ok(process.hrtime.bigint() - begin < 2_000_000_000n);
  });

  it('an unknown time zone is UTC', () => {
    const zoned = flow({ start: 'a', nodes: { a: text('{{ local.time }} {{ now | date: "%H:%M" }}') } });
    const context = testContext();
    const lost = { ...context, company: { ...context.company, timezone: 'Luna/Base' } };
    assert.deepEqual(said(advance(zoned, startSession(zoned), messages('hola'), lost)), ['15:00 15:00']);
  });
});
