import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import type { CompanyRef } from '@centralita/platform/database';
import { typeOfFile } from '@centralita/platform/file-type';
import { HttpError } from '@centralita/platform/http';
import type { Claim, WorkerOptions } from '@centralita/platform/lanes';
import type { CarrierError } from '../../messaging/index.ts';
import type { CarrierContext, MediaCarrier } from '../../providers/contract.ts';
import { carrierContext, routeById } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import type { Runtime } from '../../runtime.ts';
import { blobKey } from './blob-key.ts';
import { settledType } from './media-type.ts';
import { LANE } from './note-inbound-media.ts';
import { markFailed, markReady, mediaByIds, type MediaRow } from './store.ts';

/** Files fetched side by side in this process. */
const AT_ONCE = 4;
const MB = 1024 * 1024;
/** Of the slowest carrier we wait for: 100 MB take 6 minutes. */
const SECONDS_PER_MB = 4;

/** Fetches inbound files, each in a lane of its own. What fails for now is tried again with growing pauses, in the end given up. */
export function mediaWorker(rt: Runtime): WorkerOptions {
  return {
    kind: LANE, batch: 1, loops: AT_ONCE,
    async handle([claim]) {
      if (claim) await fetchMedia(rt, claim);
    },
    backoff: (attempts) => Math.min(rt.config.retryFirstSeconds * 2 ** attempts, rt.config.retryMaxSeconds) * 1000,
  };
}

/** It will never be there: no try changes that. */
class GivenUp extends Error {}
/** Not now. */
class NotYet extends Error {}

interface Fetched {
  readonly mime_type: string;
  readonly size: number;
  readonly sha256: string;
  readonly blob: string;
}

async function fetchMedia(rt: Runtime, claim: Claim): Promise<void> {
  if (claim.companyId === undefined) throw new Error('a file was noted outside of any company');
  const owner = await company(rt, claim.companyId);
  const [file] = await rt.db.withCompany(owner, (tx) => mediaByIds(tx, [claim.key]));
  let result: Fetched | string | undefined;
  if (file?.state === 'pending') {
    try {
      result = await fetched(rt, owner, file);
    } catch (error) {
      const last = claim.attempts + 1 >= rt.config.retryAttempts;
      rt.metrics.mediaFetches.inc({ result: error instanceof GivenUp || last ? 'failed' : 'retry' });
      if (!(error instanceof GivenUp) && !last) throw error;
      result = error instanceof GivenUp || error instanceof NotYet || error instanceof HttpError ? error.message : 'It could not be stored.';
      rt.log.warn({ error, media: claim.key, company: owner.id, attempts: claim.attempts + 1 }, 'an inbound file was given up');
    }
  }
  let kept = false;
  try {
    kept = await rt.db.withCompany(owner, async (tx) => {
      const changed = result === undefined ? false : typeof result === 'string' ? await markFailed(tx, claim.key, result.slice(0, 500)) : await markReady(tx, claim.key, result);
      if (changed && file?.message_id) await rt.events.emit(tx, 'media.changed', { media_id: claim.key, message_id: file.message_id });
      await rt.lanes.finish(tx, LANE, [{ claim, done: claim.seen }]);
      return changed;
    });
  } finally {
    if (!kept) await dropErased(rt, owner, claim.key);
  }
  if (typeof result === 'object') rt.metrics.mediaFetches.inc({ result: 'stored' });
}

/** Bytes that came after their file was erased, also where it was this process that slept meanwhile, or died before it could say so. */
async function dropErased(rt: Runtime, owner: CompanyRef, id: string): Promise<void> {
  const [file] = await rt.db.withCompany(owner, (tx) => mediaByIds(tx, [id]));
  if (file?.state === 'failed') await rt.blobs.remove(blobKey(owner, id));
}

async function fetched(rt: Runtime, owner: CompanyRef, file: MediaRow): Promise<Fetched> {
  const route = file.route_id === null ? undefined : await routeById(rt, file.route_id);
  const carrier = route && rt.providers[route.provider]?.media;
  if (!route || !carrier || file.remote_id === null) throw new GivenUp('The number it was sent to is not connected any more.');
  const context = await carrierContext(rt, route);
  const path = await rt.blobs.temporary();
  try {
    const answer = await (carrier.fetch ? handed(rt, context, { carrier, remoteId: file.remote_id, path }) : streamed(rt, context, { carrier, remoteId: file.remote_id, path }));
    if (answer.size === 0) throw new NotYet('The carrier answered with an empty file.');
    const mime_type = settledType(await typeOfFile(path), file.declared_type ?? answer.mime_type ?? null);
    const blob = blobKey(owner, file.id);
    await rt.blobs.adopt(path, blob);
    return { mime_type, size: answer.size, sha256: answer.sha256, blob };
  } finally {
    await rm(path, { force: true });
  }
}

interface Wanted {
  readonly carrier: MediaCarrier;
  readonly remoteId: string;
  readonly path: string;
}
type Answer = { readonly size: number; readonly sha256: string; readonly mime_type?: string | undefined };
const largest = (rt: Runtime): number => rt.config.mediaMaxMb * MB;

/** From the address that the carrier names, straight to disk. */
async function streamed(rt: Runtime, context: CarrierContext, { carrier, remoteId, path }: Wanted): Promise<Answer> {
  // Its address lives for minutes only: every try asks anew.
  const found = await carrier.locate?.(context, remoteId);
  if (!found) throw new GivenUp('This carrier hands out no files.');
  if ('class' in found) throw refusal(found);
  if (found.size !== undefined && found.size > largest(rt)) throw tooLarge(rt);
  const answer = await rt.http.media.requestToFile({
    method: 'GET', url: found.url, headers: found.headers, maxBytes: largest(rt), timeoutMs: context.timeoutMs + Math.ceil((found.size ?? largest(rt)) / MB) * SECONDS_PER_MB * 1000,
  }, path).catch((error: unknown) => {
    throw error instanceof HttpError && error.kind === 'too_large' ? tooLarge(rt) : error;
  });
  if (answer.status < 200 || answer.status > 299) throw new NotYet(`The carrier answered ${answer.status} for the file.`);
  return { size: answer.size, sha256: answer.sha256, mime_type: found.mime_type };
}

/** From a carrier that has no address for it: all of it in one answer, in memory for a moment. */
async function handed(rt: Runtime, context: CarrierContext, { carrier, remoteId, path }: Wanted): Promise<Answer> {
  const found = await carrier.fetch?.({ ...context, timeoutMs: context.timeoutMs + rt.config.mediaMaxMb * SECONDS_PER_MB * 1000 }, remoteId, largest(rt));
  if (!found) throw new GivenUp('This carrier hands out no files.');
  if ('class' in found) throw refusal(found);
  if (found.data.length > largest(rt)) throw tooLarge(rt);
  await writeFile(path, found.data, { mode: 0o600, flush: true });
  return { size: found.data.length, sha256: createHash('sha256').update(found.data).digest('hex'), mime_type: found.mime_type };
}

function tooLarge(rt: Runtime): GivenUp {
  return new GivenUp(`It is larger than ${rt.config.mediaMaxMb} MB, the most that is fetched (MEDIA_MAX_MB).`);
}

function refusal(error: CarrierError): Error {
  const text = [error.title, error.detail].filter(Boolean).join(' ');
  switch (error.class) {
    case 'permanent': case 'policy': case 'fall_back': case 'needs_template': return new GivenUp(text);
    case 'retry': case 'slow_down': case 'pair_limit': case 'credentials': case 'config': case 'unknown': return new NotYet(text);
  }
}
