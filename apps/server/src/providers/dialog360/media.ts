import { callApi, isError, segment } from '../carrier-api.ts';
import type { MediaCarrier } from '../contract.ts';
import { missingFile, queryGraph, uploadGraph } from '../whatsapp/graph-calls.ts';
import { apiOf, FIELDS } from './api.ts';

export const media = {
  takes: 'upload',

  /** GET /{MEDIA_ID}: names Meta's host, but the file is to be had from 360dialog's, under the same path and with the key. */
  async locate(context, remoteId) {
    const api = apiOf(context.credentials);
    if (isError(api)) return api;
    const id = segment(remoteId);
    if (id === undefined) return missingFile('the id of the file is none of 360dialog');
    const found = await queryGraph(context, FIELDS, () => callApi(context, api, { method: 'GET', path: `/${id}` }));
    if ('error' in found) return found.error;
    const { url, mime_type, file_size } = found.json;
    // It has come with escaped slashes (providers.md §2).
    const named = typeof url === 'string' ? URL.parse(url.replaceAll('\\', '')) : null;
    if (!named || !/^https?:$/.test(named.protocol)) return missingFile('360dialog names no address for it');
    const size = Number(file_size);
    return {
      url: api.base + withoutBase(named.pathname, api.base) + named.search, headers: { 'd360-api-key': api.headers['d360-api-key']! },
      ...(typeof mime_type === 'string' ? { mime_type } : {}), ...(Number.isSafeInteger(size) && size > 0 ? { size } : {}),
    };
  },

  async upload(context, file) {
    const api = apiOf(context.credentials);
    return isError(api) ? api : uploadGraph(context, file, { api, path: '/media', fields: FIELDS });
  },
} satisfies MediaCarrier;

/** A host in front, with a path of its own, may have replaced the address already. */
function withoutBase(path: string, base: string): string {
  const own = new URL(base).pathname.replace(/\/$/, '');
  return own !== '' && path.startsWith(`${own}/`) ? path.slice(own.length) : path;
}
