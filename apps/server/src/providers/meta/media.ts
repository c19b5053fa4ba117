import { randomToken } from '@centralita/kernel';
import type { CarrierError } from '../../messaging/index.ts';
import type { MediaCarrier, MediaFile } from '../contract.ts';
import { contentError } from '../whatsapp/limits.ts';
import { uploadProblem } from '../whatsapp/media-limits.ts';
import { graphOf, callGraph, isError, misconfigured, segment, type Graph } from './graph.ts';
import { query } from './query.ts';

/** Where Meta keeps files; besides the API's own host the only one that is given the token. */
const MEDIA_HOST = 'https://lookaside.fbsbx.com';

export const media = {
  takes: 'upload',

  /** GET /{MEDIA_ID}: the address lives 5 minutes and needs the token. Ids of webhooks live 7 days. */
  async locate(context, remoteId) {
    const graph = graphOf(context.credentials);
    if (isError(graph)) return graph;
    const id = segment(remoteId);
    if (id === undefined) return missing('the id of the file is none of Meta');
    const phone = segment(context.credentials['phone_number_id']);
    const found = await query(context, () => callGraph(context, graph, { method: 'GET', path: `/${id}${phone === undefined ? '' : `?phone_number_id=${phone}`}` }));
    if ('error' in found) return found.error;
    const { url, mime_type, file_size } = found.json;
    const target = typeof url === 'string' ? URL.parse(url) : null;
    if (!target || !isMediaHost(target, graph)) {
      return missing(`Meta names no address of its own for the file${target ? ` but ${target.origin}` : ''}`);
    }
    const size = Number(file_size);
    return {
      url: target.href,
      headers: { authorization: graph.headers['authorization']! },
      ...(typeof mime_type === 'string' ? { mime_type } : {}),
      ...(Number.isSafeInteger(size) && size > 0 ? { size } : {}),
    };
  },

  /** POST /{PHONE_ID}/media as multipart; the id lives 30 days. */
  async upload(context, file) {
    const graph = graphOf(context.credentials);
    if (isError(graph)) return graph;
    const phone = segment(context.credentials['phone_number_id']);
    if (phone === undefined) return misconfigured('phone_number_id', 'phone_number_id is empty or no id');
    const problem = uploadProblem(file.mime_type, file.data.length);
    if (problem !== undefined) return contentError(problem);
    const form = multipart(file);
    const done = await query(context, () => context.http.request({
      method: 'POST', url: `${graph.base}/${phone}/media`, timeoutMs: context.timeoutMs,
      headers: { ...graph.headers, 'content-type': form.type }, body: form.parts,
    }));
    if ('error' in done) return done.error;
    const { id } = done.json;
    return typeof id === 'string' && id !== '' ? { id } : { class: 'retry', code: 'answer', title: 'The carrier took the file but named no id.' };
  },
} satisfies MediaCarrier;

function isMediaHost(target: URL, graph: Graph): boolean {
  return (target.origin === graph.origin || target.origin === MEDIA_HOST) && target.username === '' && target.password === '';
}

function missing(title: string): CarrierError {
  return { class: 'permanent', code: 'media', title: `The file cannot be fetched: ${title}.` };
}

/** The file itself is not copied. */
function multipart({ data, mime_type, filename }: MediaFile): { type: string; parts: readonly Buffer[] } {
  const boundary = `centralita-${randomToken(18)}`;
  const field = (name: string, value: string) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const mime = mime_type.replaceAll(/[\r\n]/g, ' ');
  const head = field('messaging_product', 'whatsapp') + field('type', mime)
    + `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${quoted(filename)}"\r\ncontent-type: ${mime}\r\n\r\n`;
  return { type: `multipart/form-data; boundary=${boundary}`, parts: [Buffer.from(head), data, Buffer.from(`\r\n--${boundary}--\r\n`)] };
}

/** As browsers write it (HTML, multipart/form-data encoding algorithm). */
function quoted(filename: string): string {
  return filename.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A') || 'file';
}
