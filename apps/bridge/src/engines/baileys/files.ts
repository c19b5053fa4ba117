import { Transform } from 'node:stream';
import { DEF_MEDIA_HOST, downloadContentFromMessage, getUrlFromDirectPath, type WASocket } from 'baileys';
import { EngineError, type EngineFile, type MessageStore } from '../../engine.ts';
import type { MediaReference } from './read-content.ts';
import { decodeMessage } from './socket.ts';

const DOWNLOAD_MS = 120_000;
/** How long the phone has to upload a file again that WhatsApp dropped. */
const AGAIN_MS = 15_000;

export interface DownloadOptions {
  readonly sock: WASocket;
  readonly messages: MessageStore;
  readonly maxBytes: number;
  /** The connection's own address is not WhatsApp's: files are where it says. */
  readonly sandbox: boolean;
}

/** The file of a message, decrypted as it is read; at most `maxBytes` of it. */
export async function download(reference: string, options: DownloadOptions): Promise<EngineFile> {
  const wanted = JSON.parse(reference) as MediaReference;
  if (wanted.size !== undefined && wanted.size > options.maxBytes) throw new EngineError('too_large', `It has ${wanted.size} bytes.`);
  const stream = await fetchFile(wanted, options).catch(async (error: unknown) => {
    if (!isGone(error)) throw new EngineError('not_connected', 'WhatsApp did not give the file; it may be tried again.');
    return fetchFile(await uploadedAgain(wanted, options), options).catch(() => {
      throw new EngineError('gone', 'The phone uploaded it again, and it still cannot be fetched.');
    });
  });
  let size = 0;
  const cap = new Transform({ transform(chunk: Buffer, _encoding, done) {
    size += chunk.length;
    if (size > options.maxBytes) done(new EngineError('too_large', 'It is larger than its message said.'));
    else done(null, chunk);
  } });
  stream.on('error', (error) => cap.destroy(error));
  return { stream: stream.pipe(cap), mime_type: wanted.mime, size: wanted.size };
}

/** The address comes from the other side: only its path is believed, never its host. */
async function fetchFile({ kind, directPath, url, mediaKey }: MediaReference, { sock, sandbox }: DownloadOptions): Promise<Transform> {
  const path = directPath ?? (url === undefined ? undefined : pathOf(url));
  if (path?.startsWith('/') !== true || path.startsWith('//')) throw new EngineError('gone', 'The message does not say where its file is.');
  if (sandbox) await sock.refreshMediaConn(false);
  const host = sandbox ? sock.getMediaHost() : DEF_MEDIA_HOST;
  return downloadContentFromMessage({ mediaKey: Buffer.from(mediaKey, 'base64'), directPath: path, url: getUrlFromDirectPath(path, host) }, kind,
    { host, options: { signal: AbortSignal.timeout(DOWNLOAD_MS) } });
}

async function uploadedAgain(wanted: MediaReference, { sock, messages }: DownloadOptions): Promise<MediaReference> {
  const kept = (await messages.get(wanted.key.id))?.content;
  if (kept === undefined) throw new EngineError('gone', 'WhatsApp does not keep files for ever, and its message is too old to ask the phone again.');
  const message = decodeMessage(kept);
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new EngineError('gone', 'WhatsApp does not have it any more, and the phone did not answer.')), AGAIN_MS).unref();
  });
  const again = await Promise.race([sock.updateMediaMessage({ key: wanted.key, message }), timeout]).catch(() => {
    throw new EngineError('gone', 'WhatsApp does not have it any more, and the phone did not upload it again.');
  });
  const part = again.message && Object.values(again.message).find((v): v is { directPath?: string } => typeof v === 'object' && v !== null && 'directPath' in v);
  return { ...wanted, directPath: part?.directPath };
}

const pathOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).pathname + new URL(url).search : undefined);
const isGone = (error: unknown): boolean => {
  const code = (error as { output?: { statusCode?: number } }).output?.statusCode;
  return code === 404 || code === 410 || code === 403;
};
