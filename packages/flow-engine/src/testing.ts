import type { CaseInput } from './node-case.ts';
import type { EngineContext } from './context.ts';
import type { Input } from './input.ts';
import type { JsonObject } from './json.ts';

/** A Friday, 12:00 in Santiago. */
export const NOW = '2026-11-20T15:00:00.000Z';

/** A context for tests. */
export function testContext(contact: JsonObject = {}, now: string = NOW): EngineContext {
  return {
    now, contact, account: { name: 'Línea principal' }, conversation: { id: 'conv_1' },
    company: { name: 'Municipalidad Demo', timezone: 'America/Santiago', locale: 'es-CL' },
  };
}

/** An input written short: a text alone is a text message. */
export function testInput(input: CaseInput, n = 1): Input {
  if (typeof input === 'string') return { kind: 'message', id: `msg_${n}`, type: 'text', text: input, at: NOW };
  return { id: `msg_${n}`, type: 'text', text: '', at: NOW, ...input } as Input;
}
