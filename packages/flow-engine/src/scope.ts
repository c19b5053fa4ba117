import type { EngineContext } from './context.ts';
import type { MessageInput } from './input.ts';
import type { Json, JsonObject } from './json.ts';
import { localTime, type LocalTime } from './local-time.ts';

/** What templates see. Variables stand at the top and under `vars`; the words of the context win over them. */
export function templateScope(context: EngineContext, variables: JsonObject, input: MessageInput | undefined): object {
  const { contact, company, account, conversation, now } = context;
  return {
    ...variables, contact, vars: variables, input, company, account, conversation, now,
    get local(): LocalTime { return localTime(now, company.timezone); },
  };
}

function known(object: { readonly [key: string]: Json | undefined }, defaults: JsonObject = {}): JsonObject {
  const out: JsonObject = { ...defaults };
  for (const key of Object.keys(object)) if (object[key] !== undefined) out[key] = object[key];
  return out;
}

/**
 * What expressions see: the same, with `now` as a timestamp. Names of the flow that have no value yet are null, at the
 * top and under `vars`, and so are the absent parts of `input`, the name and the phone: to compare with null is enough.
 */
export function expressionScope(
  context: EngineContext,
  state: { readonly variables: JsonObject; readonly input: MessageInput | undefined; readonly names: readonly string[] },
): JsonObject {
  const { contact, company, account, conversation, now } = context;
  const vars: JsonObject = {};
  for (const name of state.names) vars[name] = null;
  Object.assign(vars, state.variables);
  const input = state.input && { choice_id: null, media: null, location: null, ...state.input };
  const scope: Readonly<Record<string, unknown>> = {
    ...vars, vars, input: input ?? null, now: new Date(now),
    contact: known(contact, { name: null, phone: null }), company: known(company), account: known(account), conversation: known(conversation),
    get local(): LocalTime { return localTime(now, company.timezone); },
  };
  return scope as JsonObject;
}
