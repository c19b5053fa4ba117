import type { PresenceCarrier } from '../contract.ts';
import { encodeMarkRead } from '../whatsapp/encode-message.ts';
import { callGraph, graphOf, isError, segment } from './graph.ts';
import { query } from './query.ts';

export const presence: PresenceCarrier = {
  async markRead(context, { remote_id, typing }) {
    const graph = graphOf(context.credentials);
    const phone = segment(context.credentials['phone_number_id']);
    if (isError(graph) || phone === undefined) return false;
    const done = await query(context, () => callGraph(context, graph, { method: 'POST', path: `/${phone}/messages`, json: encodeMarkRead(remote_id, typing) }));
    return 'json' in done && done.json['success'] === true;
  },
};
