/** Files end to end encrypted, as a phone sends and receives them. */
import { createCipheriv, createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { getMediaKeys } from 'baileys';
import type { MediaType } from 'baileys';
import { WEBHOOK_LIFETIME } from '../store/media.ts';
import type { Media } from '../store/media.ts';
import type { Web } from './context.ts';

/** Of the authentication code only so much is sent. */
const MAC = 10;

export interface SealedMedia {
  readonly url: string;
  readonly directPath: string;
  readonly mediaKey: Buffer;
  readonly fileSha256: Buffer;
  readonly fileEncSha256: Buffer;
  readonly fileLength: number;
  readonly mediaKeyTimestamp: number;
}

async function keysOf(mediaKey: Uint8Array, type: MediaType): Promise<{ iv: Uint8Array; cipherKey: Uint8Array; macKey: Uint8Array }> {
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, type);
  if (macKey === undefined) throw new Error('no key for the authentication code');
  return { iv, cipherKey, macKey };
}

/** Encrypts a file of the sandbox and puts it on the media host. */
export async function sealMedia(web: Web, media: Media, type: MediaType): Promise<SealedMedia> {
  const plain = await web.sandbox.media.read(media);
  const mediaKey = web.sandbox.runtime.bytes(32);
  const { iv, cipherKey, macKey } = await keysOf(mediaKey, type);
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  const mac = createHmac('sha256', macKey).update(iv).update(sealed).digest().subarray(0, MAC);
  const body = Buffer.concat([sealed, mac]);
  const directPath = await web.media.keep(body);
  return {
    url: `https://${web.media.host}${directPath}`, directPath, mediaKey, fileSha256: createHash('sha256').update(plain).digest(), fileEncSha256: createHash('sha256').update(body).digest(),
    fileLength: plain.length, mediaKeyTimestamp: Math.floor(web.sandbox.runtime.now() / 1000),
  };
}

export interface MediaNote {
  readonly url?: string | null;
  readonly directPath?: string | null;
  readonly mediaKey?: Uint8Array | null;
  readonly mimetype?: string | null;
  readonly fileName?: string | null;
}

/** The file of a message a phone received; undefined when it is not there or not what was sent. */
export async function openMedia(web: Web, note: MediaNote, of: { type: MediaType; phoneNumberId: string }): Promise<Media | undefined> {
  const path = note.directPath ?? (note.url == null ? '' : new URL(note.url).pathname);
  const body = await web.media.read(path);
  if (body === undefined || note.mediaKey == null || body.length <= MAC) return undefined;
  const { iv, cipherKey, macKey } = await keysOf(note.mediaKey, of.type);
  const sealed = body.subarray(0, -MAC);
  const mac = createHmac('sha256', macKey).update(iv).update(sealed).digest().subarray(0, MAC);
  if (!timingSafeEqual(mac, body.subarray(-MAC))) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
  const bytes = Buffer.concat([decipher.update(sealed), decipher.final()]);
  return web.sandbox.media.keep({
    phoneNumberId: of.phoneNumberId.includes('@g.us') ? null : of.phoneNumberId, mimeType: note.mimetype ?? 'application/octet-stream', bytes, filename: note.fileName ?? null, lifetime: WEBHOOK_LIFETIME,
  });
}
