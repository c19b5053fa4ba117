import type { SendOutcome } from '../../messaging/index.ts';
import { isError, misconfigured, segment } from '../carrier-api.ts';
import type { CarrierContext, SendRequest } from '../contract.ts';
import { sendGraph } from '../whatsapp/graph-calls.ts';
import { FIELDS, graphOf } from './graph.ts';

/** POST /{PHONE_ID}/messages, once. */
export async function send(context: CarrierContext, request: SendRequest): Promise<SendOutcome> {
  const graph = graphOf(context.credentials);
  if (isError(graph)) return { outcome: 'rejected', error: graph };
  const phone = segment(context.credentials['phone_number_id']);
  if (phone === undefined) return { outcome: 'rejected', error: misconfigured('phone_number_id', 'phone_number_id is empty or no id') };
  return sendGraph(context, request, { api: graph, path: `/${phone}/messages`, fields: FIELDS });
}
