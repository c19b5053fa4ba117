import { readFile } from 'node:fs/promises';
import { decodeId } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';
import type { CarrierError } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import type { Route } from '../accounts/index.ts';
import { mediaByIds, noteUpload, type MediaRow } from './store.ts';

/** Meta keeps an upload for 30 days (providers.md §1.4); ours are renewed before that. */
const UPLOAD_DAYS = 25;
/** A file of the largest size, 100 MB, at 1 MB/s. */
const SECONDS_PER_MB = 1;
const MB = 1024 * 1024;

type Uploaded = { readonly id: string } | CarrierError;

// Several messages with the same new file leave side by side: one upload serves them. One pump per route, so this process is enough.
const underWay = new WeakMap<Runtime['db'], Map<string, Promise<Uploaded>>>();

/**
 * The carrier's id of one of our files (`med_…`) on a route, for the send that follows: an earlier upload, or a new one.
 * Never throws for what the network or the carrier does. Must not be called inside a transaction.
 */
export function uploadFor(rt: Runtime, company: CompanyRef, route: Route, mediaId: string): Promise<Uploaded> {
  let mine = underWay.get(rt.db);
  if (!mine) underWay.set(rt.db, mine = new Map());
  const key = `${route.id} ${mediaId}`;
  const running = mine.get(key);
  if (running) return running;
  const uploads = mine;
  const one = upload(rt, company, route, mediaId).finally(() => uploads.delete(key));
  uploads.set(key, one);
  return one;
}

async function upload(rt: Runtime, company: CompanyRef, route: Route, mediaId: string): Promise<Uploaded> {
  const id = decodeId('med', mediaId);
  const file = id === undefined ? undefined : (await rt.db.withCompany(company, (tx) => mediaByIds(tx, [id])))[0];
  if (!file) return refused('There is no such file.');
  const known = file.uploads[route.id];
  if (known && rt.clock.now() - Date.parse(known.at) < UPLOAD_DAYS * 86_400_000) return { id: known.id };
  const problem = notReady(file);
  if (problem) return problem;
  const carrier = rt.providers[route.provider]?.media;
  if (!carrier) return { class: 'fall_back', code: 'media', title: 'This carrier takes no files from us.' };
  let data: Buffer;
  try {
    data = await readFile(rt.blobs.path(file.blob!));
  } catch (error) {
    rt.log.error({ media: file.id, error }, 'a stored file cannot be read');
    return refused('The stored file cannot be read any more.');
  }
  const timeoutMs = rt.config.carrierTimeoutSeconds * 1000 + Math.ceil(data.length / MB) * SECONDS_PER_MB * 1000;
  const done = await carrier.upload({ http: rt.http.carrier, credentials: route.credentials, timeoutMs },
    { data, mime_type: file.mime_type ?? 'application/octet-stream', filename: file.filename ?? mediaId });
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
