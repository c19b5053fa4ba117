import { callApi, isError, segment } from '../carrier-api.ts';
import type { PresenceCarrier } from '../contract.ts';
import { encodeMarkRead } from '../whatsapp/encode-message.ts';
import { queryGraph } from '../whatsapp/graph-calls.ts';
import { FIELDS, graphOf } from './graph.ts';

export const presence: PresenceCarrier = {
  async markRead(context, { remote_id, typing }) {
    const graph = graphOf(context.credentials);
    const phone = segment(context.credentials['phone_number_id']);
    if (isError(graph) || phone === undefined) return false;
    const done = await queryGraph(context, FIELDS, () => callApi(context, graph, { method: 'POST', path: `/${phone}/messages`, json: encodeMarkRead(remote_id, typing) }));
    return 'json' in done && done.json['success'] === true;
  },
};
