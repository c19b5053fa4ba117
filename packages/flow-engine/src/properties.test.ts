import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { advance, type Advanced } from './engine.ts';
import type { FlowDefinition } from './definition.ts';
import { eventTypes, type EngineEvent } from './events/index.ts';
import type { Input } from './input.ts';
import { parseFlow } from './parse-flow.ts';
import { startSession, type BotSession } from './session.ts';
import { NOW, testContext } from './testing.ts';

function load(json: unknown): FlowDefinition {
  const parsed = parseFlow(json);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.flow;
}

/** Every node type, every kind of wait, in one flow. */
const everything = load({
  schema: 1, start: 'nombre', variables: { n: 0, nombre: null },
  triggers: [{ match: ['llama'], next: 'llama' }],
  interrupts: [{ match: ['menu'], next: 'opciones' }, { match: ['salir'], next: 'end' }],
  nodes: {
    nombre: { type: 'ask', prompt: { type: 'text', text: '¿Nombre?' }, variable: 'nombre', validation: { kind: 'text', max: 20 }, use_first_message: true, max_retries: 3, on_invalid: 'persona', next: 'opciones' },
    opciones: {
      type: 'ask', prompt: { type: 'buttons', body: 'Hola {{ nombre }}', buttons: [{ id: 'a', title: 'Llama {{ n }}' }, { id: 'b', title: 'Espera' }, { id: 'c', title: 'Cuenta' }] },
      retry: 'Elige, {{ input.text }}', timeout_seconds: 60, on_timeout: 'persona', routes: { a: 'llama', b: 'espera', c: 'cuenta' },
    },
    llama: { type: 'call_http', url: 'https://a.cl/{{ input.text }}', body: { n: '{{ n }}', t: '{{ input.text }}{{ secrets.K }}' }, variable: 'r', next: 'decide', on_error: 'espera' },
    decide: { type: 'branch', cases: [{ when: 'r.status == 200 && r.body.edad > 3', next: 'espera' }], else: 'opciones', on_error: 'opciones' },
    espera: { type: 'wait', seconds: 5, next: 'ubica' },
    ubica: { type: 'ask', validation: { kind: 'location' }, variable: 'donde', max_retries: 1, on_invalid: 'interrumpible', next: 'interrumpible' },
    interrumpible: { type: 'wait', seconds: 5, on_message: 'cuenta', next: 'opciones' },
    cuenta: { type: 'set', values: [{ variable: 'n', cel: 'n + 1' }, { variable: 'saludo', liquid: '{{ saludo }}{{ input.text }}' }], next: 'vuelve' },
    vuelve: { type: 'branch', cases: [{ when: 'n % 3 == 0', next: 'opciones' }, { when: 'n > 30', next: 'persona' }], else: 'cuenta' },
    persona: { type: 'hand_over', note: '{{ saludo }}' },
  },
});
const municipalidad = load(JSON.parse(readFileSync(new URL('../examples/municipalidad.json', import.meta.url), 'utf8')));

const words = fc.constantFrom('hola', 'menu', '¡MENÚ!', 'salir', 'llama', 'a', 'b', 'c', '1', '2', '3', 'Ana Soto', '12.345.678-5', 'ana@x.cl', 'Quiero saber de mi permiso', 'sí', 'no', '{{ nombre }}', '');
const text = fc.oneof({ weight: 4, arbitrary: words }, fc.string({ unit: 'binary', maxLength: 60 }));
const at = fc.constantFrom(NOW, '2026-11-20T15:00:10.000Z', '2026-11-20T16:00:00.000Z', 'no es una hora');
const message = fc.record({
  kind: fc.constant('message' as const), id: fc.uuid(), type: fc.constantFrom('text', 'image', 'audio', 'button_reply', 'location'), text, at,
  choice_id: fc.option(fc.constantFrom('a', 'b', 'c', 'horarios', 'persona', 'x'), { nil: undefined, freq: 3 }),
  media: fc.option(fc.constant({ id: 'med_1', mime_type: 'image/jpeg' }), { nil: undefined, freq: 5 }),
  location: fc.option(fc.constant({ latitude: -33.4, longitude: -70.6 }), { nil: undefined, freq: 3 }),
});
const signal = fc.oneof(
  fc.record({ kind: fc.constant('timeout' as const), at }),
  fc.record({ kind: fc.constant('wake' as const), at }),
  fc.record({
    kind: fc.constant('call_completed' as const), at, call_id: fc.integer({ min: 1, max: 12 }).map((n) => `ses.${n}`), ok: fc.boolean(),
    status: fc.constantFrom(200, 404), body: fc.oneof(fc.constant({ edad: 5 }), fc.jsonValue({ maxDepth: 2 })) as fc.Arbitrary<never>,
  }),
);
const inputs = fc.array(fc.oneof({ weight: 4, arbitrary: message }, signal), { maxLength: 14 }) as fc.Arbitrary<Input[]>;
const flow = fc.constantFrom(everything, municipalidad);
const context = testContext({ name: 'Ana', phone: '56911112222' });

/** Advances as the server does: in turns of the given sizes; what is left over stays in front of the next turn. */
function play(json: { flow: FlowDefinition; inputs: readonly Input[]; sizes: readonly number[]; store: (session: BotSession) => BotSession }): { session: BotSession; events: EngineEvent[]; consumed: number } {
  let session = startSession(json.flow, { id: 'ses' });
  const events: EngineEvent[] = [];
  let done = 0;
  let given = 0;
  for (const size of json.sizes) {
    given += size;
    const result: Advanced = advance(json.flow, session, json.inputs.slice(done, given), context);
    session = json.store(result.session);
    events.push(...result.events);
    done += result.consumed;
  }
  return { session, events, consumed: done };
}
const says = (events: readonly EngineEvent[]): EngineEvent[] => events.filter((e) => e.type === 'say');
const runs = { numRuns: 400 };

describe('properties of the engine', () => {
  it('never throws; every event satisfies its schema; the session is plain JSON', () => {
    fc.assert(fc.property(flow, inputs, (f, list) => {
      const { session, events, consumed } = advance(f, startSession(f, { id: 'ses' }), list, context);
      for (const event of events) assert.ok(eventTypes[event.type].schema.safeParse(event).success, JSON.stringify(event));
      assert.deepEqual(JSON.parse(JSON.stringify(session)), session);
      assert.deepEqual(JSON.parse(JSON.stringify(events)), events);
      assert.ok(consumed <= list.length);
      assert.ok(session.status !== 'active' || session.node === null);
      assert.equal(session.waiting !== undefined, session.status.startsWith('waiting_'));
      assert.ok(!events.some((e) => e.type === 'session_failed' && (e.reason === 'engine' || e.reason === 'template')));
    }), runs);
  });

  it('resumed from JSON between all inputs it does the same as kept in memory', () => {
    fc.assert(fc.property(flow, inputs, (f, list) => {
      const sizes = list.map(() => 1);
      const kept = play({ flow: f, inputs: list, sizes, store: (s) => s });
      const stored = play({ flow: f, inputs: list, sizes, store: (s) => JSON.parse(JSON.stringify(s)) as BotSession });
      assert.deepEqual(stored, kept);
    }), runs);
  });

  it('however the inputs are split into turns, it ends the same and says the same', () => {
    fc.assert(fc.property(flow, inputs, fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 14 }), (f, list, cuts) => {
      const sizes = [...cuts, list.length];
      const whole = play({ flow: f, inputs: list, sizes: [list.length], store: (s) => s });
      const split = play({ flow: f, inputs: list, sizes, store: (s) => s });
      assert.deepEqual(split.session, whole.session);
      assert.deepEqual(says(split.events), says(whole.events));
      assert.equal(split.consumed, whole.consumed);
    }), runs);
  });
});
