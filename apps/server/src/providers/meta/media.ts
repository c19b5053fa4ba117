import { callApi, isError, misconfigured, segment, type Api } from '../carrier-api.ts';
import type { MediaCarrier } from '../contract.ts';
import { missingFile, queryGraph, uploadGraph } from '../whatsapp/graph-calls.ts';
import { FIELDS, graphOf } from './graph.ts';

/** Where Meta keeps files; besides the API's own host the only one that is given the token. */
const MEDIA_HOST = 'https://lookaside.fbsbx.com';

export const media = {
  takes: 'upload',

  /** GET /{MEDIA_ID}: the address lives 5 minutes and needs the token. Ids of webhooks live 7 days. */
  async locate(context, remoteId) {
    const graph = graphOf(context.credentials);
    if (isError(graph)) return graph;
    const id = segment(remoteId);
    if (id === undefined) return missingFile('the id of the file is none of Meta');
    const phone = segment(context.credentials['phone_number_id']);
    const found = await queryGraph(context, FIELDS, () => callApi(context, graph, { method: 'GET', path: `/${id}${phone === undefined ? '' : `?phone_number_id=${phone}`}` }));
    if ('error' in found) return found.error;
    const { url, mime_type, file_size } = found.json;
    const target = typeof url === 'string' ? URL.parse(url) : null;
    if (!target || !isMediaHost(target, graph)) {
      return missingFile(`Meta names no address of its own for the file${target ? ` but ${target.origin}` : ''}`);
    }
    const size = Number(file_size);
    return {
      url: target.href,
      headers: { authorization: graph.headers['authorization']! },
      ...(typeof mime_type === 'string' ? { mime_type } : {}),
      ...(Number.isSafeInteger(size) && size > 0 ? { size } : {}),
    };
  },

  /** POST /{PHONE_ID}/media. */
  async upload(context, file) {
    const graph = graphOf(context.credentials);
    if (isError(graph)) return graph;
    const phone = segment(context.credentials['phone_number_id']);
    if (phone === undefined) return misconfigured('phone_number_id', 'phone_number_id is empty or no id');
    return uploadGraph(context, file, { api: graph, path: `/${phone}/media`, fields: FIELDS });
  },
} satisfies MediaCarrier;

function isMediaHost(target: URL, graph: Api): boolean {
  return (target.origin === graph.origin || target.origin === MEDIA_HOST) && target.username === '' && target.password === '';
}
