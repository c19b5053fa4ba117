/** Files a message only links to: WhatsApp fetches them itself, and keeps them for ten minutes. */
import { request } from 'undici';
import { Lru } from '../lru.ts';
import type { Runtime } from '../runtime.ts';
import type { Journal } from '../store/journal.ts';
import { UPLOAD_LIFETIME } from '../store/media.ts';
import type { Media, MediaStore } from '../store/media.ts';
import { isAnimatedWebp, isMediaKind, LIMITS, plainMime, unfit } from './media-kinds.ts';
import { reason } from '../webhooks/post.ts';

const CACHE_MS = 10 * 60_000;
const TIMEOUT = 15_000;

export interface FetchedMedia {
  readonly id: string;
  readonly mime_type: string;
  readonly size: number;
}

export class Links {
  readonly #cache = new Lru<string, { media: FetchedMedia; at: number }>(500);
  readonly #parts: { runtime: Runtime; journal: Journal; media: MediaStore };

  constructor(parts: { runtime: Runtime; journal: Journal; media: MediaStore }) {
    this.#parts = parts;
  }

  /** Throws with a sentence that says why it could not be had. */
  async fetch(wanted: { kind: string; url: string; phoneNumberId: string }): Promise<FetchedMedia> {
    const { runtime, media } = this.#parts;
    if (!isMediaKind(wanted.kind)) throw new Error(`${wanted.kind} is no media`);
    const key = `${wanted.kind}:${wanted.url}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined && runtime.now() - cached.at < CACHE_MS && media.find(cached.media.id) !== undefined) return cached.media;
    const { bytes, mime } = await download(wanted.url, LIMITS[wanted.kind]);
    const why = unfit(wanted.kind, { mime, size: bytes.length, animated: isAnimatedWebp(bytes.subarray(0, 32)) });
    if (why !== undefined) throw new Error(why);
    const kept: Media = await media.keep({
      phoneNumberId: wanted.phoneNumberId, mimeType: mime, bytes, filename: null, lifetime: UPLOAD_LIFETIME,
    });
    const fetched = { id: kept.id, mime_type: kept.mimeType, size: kept.size };
    this.#cache.set(key, { media: fetched, at: runtime.now() });
    return fetched;
  }

  /** What a link says it holds. Throws with a sentence that says why it could not be asked. */
  async typeOf(url: string): Promise<string> {
    const answer = await open(url);
    await discard(answer);
    const type = answer.headers['content-type'];
    if (answer.statusCode !== 200) throw new Error(`the link answered ${answer.statusCode}`);
    return plainMime((Array.isArray(type) ? type[0] : type) ?? '');
  }

  forget(): void {
    this.#cache.clear();
  }
}

/** Follows up to five redirects. */
async function open(url: string): Promise<Awaited<ReturnType<typeof request>>> {
  let target = url;
  for (let hop = 0; ; hop += 1) {
    const answer = await request(target, { method: 'GET', headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT });
    const location = answer.headers['location'];
    if (answer.statusCode < 300 || answer.statusCode > 399 || typeof location !== 'string' || hop === 5) return answer;
    await discard(answer);
    target = new URL(location, target).href;
  }
}

/** Reads a little of what nobody wants, so that the connection can be used again; breaking it off emits an error. */
async function discard(answer: Awaited<ReturnType<typeof request>>): Promise<void> {
  await answer.body.dump({ limit: 65_536 }).catch(() => undefined);
}

async function download(url: string, limit: number): Promise<{ bytes: Buffer; mime: string }> {
  let answer;
  try {
    answer = await open(url);
  } catch (error) {
    throw new Error(`Downloading the media failed: ${reason(error)}.`);
  }
  if (answer.statusCode !== 200) {
    await discard(answer);
    throw new Error(`Downloading media from weblink failed with http code ${answer.statusCode}, status message ${answer.statusText ?? ''}`.trim());
  }
  const type = answer.headers['content-type'];
  const mime = plainMime((Array.isArray(type) ? type[0] : type) ?? 'application/octet-stream');
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body) {
      const part = Buffer.from(chunk as Uint8Array);
      size += part.length;
      if (size > limit) break;
      parts.push(part);
    }
  } catch (error) {
    throw new Error(`Downloading the media failed: ${reason(error)}.`);
  }
  if (size > limit) throw new Error(`The media behind the link is over the limit of ${limit} bytes.`);
  return { bytes: Buffer.concat(parts), mime };
}
