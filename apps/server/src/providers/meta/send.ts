import type { SendOutcome } from '../../messaging/index.ts';
import type { CarrierContext, SendRequest } from '../contract.ts';
import { redactOutcome } from '../redact.ts';
import { encodeMessage } from '../whatsapp/encode-message.ts';
import { classify, classifyFailure } from '../whatsapp/errors.ts';
import { FIELDS, callGraph, graphOf, isError, misconfigured, segment } from './graph.ts';

/** POST /{PHONE_ID}/messages, once. */
export async function send(context: CarrierContext, request: SendRequest): Promise<SendOutcome> {
  const graph = graphOf(context.credentials);
  if (isError(graph)) return { outcome: 'rejected', error: graph };
  const phone = segment(context.credentials['phone_number_id']);
  if (phone === undefined) return { outcome: 'rejected', error: misconfigured('phone_number_id', 'phone_number_id is empty or no id') };
  const encoded = encodeMessage(request);
  if ('error' in encoded) return { outcome: 'rejected', error: encoded.error };
  let outcome: SendOutcome;
  try {
    outcome = classify(await callGraph(context, graph, { method: 'POST', path: `/${phone}/messages`, json: encoded.body }), request.attempt);
  } catch (failure) {
    outcome = classifyFailure(failure, request.attempt);
  }
  return redactOutcome(outcome, FIELDS, context.credentials);
}
