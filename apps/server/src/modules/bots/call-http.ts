import { isDatabaseAway, type Tx } from '@centralita/platform/database';
import { HttpError, type HttpResponse } from '@centralita/platform/http';
import { LeaseLost, type Claim, type WorkerOptions } from '@centralita/platform/lanes';
import { resolveRequest, secretsOf, type CallCompletedInput, type ResolvedRequest } from '@centralita/flow-engine';
import type { Runtime } from '../../runtime.ts';
import { company, type Company } from '../companies/index.ts';
import { storableJson } from './storable-json.ts';
import { openSecrets } from './secrets.ts';
import { addInputs, callById, removeCall, type CallRow } from './store.ts';
import { TURN_LANE } from './wake-bots.ts';

/** The lane kind of calls to other systems; the key is the call. */
export const CALL_LANE = 'call';

const MAX_BYTES = 256 * 1024;
const TEXT_SHOWN = 500;

type Answer = Pick<CallCompletedInput, 'ok' | 'status' | 'body' | 'error'>;

/** One call per loop: a slow host holds up nobody but itself, up to this many. */
export function callWorker(rt: Runtime): WorkerOptions {
  return {
    kind: CALL_LANE, batch: 1, loops: 64,
    async handle(claims) {
      for (const claim of claims) await makeCall(rt, claim);
    },
    backoff: (attempts) => Math.min(rt.config.retryFirstSeconds * 2 ** attempts, rt.config.retryMaxSeconds) * 1000,
  };
}

/**
 * Makes the call outside of any transaction, once, and gives its answer, whatever it is, to the conversation. Killed in
 * between, it is made again with the same `Idempotency-Key`.
 */
async function makeCall(rt: Runtime, claim: Claim): Promise<void> {
  if (claim.companyId === undefined) throw new Error('a call was rung outside of any company');
  const whose = await company(rt, claim.companyId);
  const prepared = await rt.db.withCompany(whose, (tx) => prepare(rt, tx, claim.key));
  const answer = 'request' in prepared ? await exchange(rt, claim, prepared) : prepared.answer;
  await settle(rt, whose, { claim, call: prepared.call, answer });
}

type Prepared = { readonly call: CallRow; readonly request: ResolvedRequest } | { readonly call: CallRow | undefined; readonly answer: Answer };

async function prepare(rt: Runtime, tx: Tx, id: string): Promise<Prepared> {
  const call = await callById(tx, id);
  if (!call) return { call, answer: { ok: false } };
  try {
    const secrets = await openSecrets(rt, tx, secretsOf(call.request));
    return { call, request: resolveRequest(call.request, (name) => secrets.get(name)) };
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    // A secret that is not set, or was sealed with another key: the text names it, never its value.
    return { call, answer: { ok: false, error: error instanceof Error ? error.message : String(error) } };
  }
}

async function exchange(rt: Runtime, claim: Claim, { call, request }: { call: CallRow; request: ResolvedRequest }): Promise<Answer> {
  // Woke up late: the new owner makes it.
  if (!claim.fresh()) throw new LeaseLost(CALL_LANE, [claim]);
  // Shorter than a lease (docs/flows.md, Limits), so that nobody else makes it meanwhile and a stopping server waits for no more.
  const timeoutMs = Math.max(Math.min(request.timeout_ms, rt.config.leaseSeconds * 1000 - 1000), 100);
  try {
    return answerOf(await rt.http.customer.request({
      method: request.method, url: request.url, timeoutMs, maxBytes: MAX_BYTES,
      headers: { 'idempotency-key': call.id, accept: 'application/json, text/plain;q=0.8, */*;q=0.5', ...request.headers },
      ...(request.body !== undefined && { body: request.body }),
    }));
  } catch (error) {
    if (error instanceof HttpError) return { ok: false, error: `${error.kind}: ${error.message}` };
    // Headers that no request can carry and the like: the flow's business too.
    return { ok: false, error: `invalid_request: ${error instanceof Error ? error.message : String(error)}`.slice(0, TEXT_SHOWN) };
  }
}

/** JSON as JSON, anything else as text. */
function answerOf({ status, headers, body }: HttpResponse): Answer {
  const ok = status >= 200 && status < 300;
  const text = body.toString('utf8');
  if (text === '') return { ok, status };
  if (!/\bjson\b/i.test(headers['content-type'] ?? '')) return { ok, status, body: storableJson(text) };
  try {
    return { ok, status, body: storableJson(JSON.parse(text)) };
  } catch {
    return { ok: false, status, body: storableJson(text), error: 'the answer says that it is JSON, but is not' };
  }
}

async function settle(rt: Runtime, whose: Company, { claim, call, answer }: { claim: Claim; call: CallRow | undefined; answer: Answer }): Promise<void> {
  await rt.db.withCompany(whose, async (tx) => {
    // Asked for here, since two contacts may have become one meanwhile.
    const conversation = call && await removeCall(tx, call.id);
    if (call && conversation !== undefined) {
      await addInputs(tx, [{ conversation_id: conversation, input: { kind: 'call_completed', call_id: call.call_id, at: new Date(rt.clock.now()).toISOString(), ...answer } }]);
      await rt.lanes.ring(tx, TURN_LANE, [{ key: conversation }]);
    }
    await rt.lanes.finish(tx, CALL_LANE, [{ claim, done: claim.seen }]);
  });
}
