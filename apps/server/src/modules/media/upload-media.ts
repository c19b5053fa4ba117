import { readFile } from 'node:fs/promises';
import { decodeId } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';
import type { CarrierError } from '../../messaging/index.ts';
import type { MediaFile } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { carrierContext, type Route } from '../accounts/index.ts';
import { publicLink } from './public-link.ts';
import { mediaByIds, noteUpload, type MediaRow } from './store.ts';

/** Meta keeps an upload for 30 days (providers.md §1.4); ours are renewed before that. */
const UPLOAD_DAYS = 25;
/** A file of the largest size, 100 MB, at 1 MB/s. */
const SECONDS_PER_MB = 1;
const MB = 1024 * 1024;

/** One of our files as a carrier takes it: its id there, an address it may fetch it from, or the file itself. */
export type Handover = { readonly id: string } | { readonly link: string; readonly file: Omit<MediaFile, 'data'> } | { readonly file: MediaFile };
type Handed = Handover | CarrierError;

// Several messages with the same new file leave side by side: one upload serves them. One pump per route, so this process is enough.
const underWay = new WeakMap<Runtime['db'], Map<string, Promise<Handed>>>();

/**
 * One of our files (`med_…`) for a route, for the send that follows: as the carrier takes it. What was given to it before is
 * not given again. Never throws for what the network or the carrier does. Must not be called inside a transaction.
 */
export function uploadFor(rt: Runtime, company: CompanyRef, route: Route, mediaId: string): Promise<Handed> {
  let mine = underWay.get(rt.db);
  if (!mine) underWay.set(rt.db, mine = new Map());
  const key = `${route.id} ${mediaId}`;
  const running = mine.get(key);
  if (running) return running;
  const uploads = mine;
  const one = handOver(rt, company, route, mediaId).finally(() => uploads.delete(key));
  uploads.set(key, one);
  return one;
}

async function handOver(rt: Runtime, company: CompanyRef, route: Route, mediaId: string): Promise<Handed> {
  const id = decodeId('med', mediaId);
  const file = id === undefined ? undefined : (await rt.db.withCompany(company, (tx) => mediaByIds(tx, [id])))[0];
  if (!file) return refused('There is no such file.');
  const known = file.uploads[route.id];
  if (known && rt.clock.now() - Date.parse(known.at) < UPLOAD_DAYS * 86_400_000) return { id: known.id };
  const problem = notReady(file);
  if (problem) return problem;
  const carrier = rt.providers[route.provider]?.media;
  if (!carrier) return { class: 'fall_back', code: 'media', title: 'This carrier takes no files from us.' };
  const about = { mime_type: file.mime_type ?? 'application/octet-stream', filename: file.filename ?? mediaId };
  if (carrier.takes === 'link') return { link: publicLink(rt, company, file.id), file: about };
  let data: Buffer;
  try {
    data = await readFile(rt.blobs.path(file.blob!));
  } catch (error) {
    rt.log.error({ media: file.id, error }, 'a stored file cannot be read');
    return refused('The stored file cannot be read any more.');
  }
  if (carrier.takes === 'data' || !carrier.upload) return { file: { ...about, data } };
  const context = await carrierContext(rt, route);
  const done = await carrier.upload({ ...context, timeoutMs: context.timeoutMs + Math.ceil(data.length / MB) * SECONDS_PER_MB * 1000 }, { ...about, data });
  if ('id' in done) await rt.db.withCompany(company, (tx) => noteUpload(tx, file.id, route.id, done.id));
  return done;
}

function notReady(file: MediaRow): CarrierError | undefined {
  switch (file.state) {
    case 'ready': return undefined;
    case 'pending': return { class: 'retry', code: 'media', title: 'The file is still being fetched.' };
    case 'failed': return refused(file.reason ?? 'It could not be fetched.');
  }
}

const refused = (detail: string): CarrierError => ({ class: 'permanent', code: 'media', title: 'The file cannot be sent.', detail });
