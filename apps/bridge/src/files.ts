import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { OutgoingMedia } from '@centralita/contracts/bridge';
import { randomToken, type Clock } from '@centralita/kernel';
import { typeOfFile } from '@centralita/platform/file-type';
import { HttpError, type Http } from '@centralita/platform/http';
import type { OutgoingFile } from './engine.ts';
import { errors } from './errors.ts';

/** Files given to this host wait for their message so long. */
const KEPT_MS = 3_600_000;
const DAY_MS = 86_400_000;
const FETCH_MS = 60_000;

interface Kept {
  readonly session: string;
  readonly path: string;
  readonly size: number;
  readonly until: number;
}

/** Files on their way out: on this host's disk, never whole in memory. */
export class Files {
  readonly #folder: string;
  readonly #root: string;
  readonly #kept = new Map<string, Kept>();
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #maxBytes: number;

  constructor({ dataFolder, hostId, http, clock, maxBytes }: { readonly dataFolder: string; readonly hostId: string; readonly http: Http; readonly clock: Clock; readonly maxBytes: number }) {
    this.#root = join(dataFolder, 'bridge-files');
    this.#folder = join(this.#root, hostId);
    this.#http = http;
    this.#clock = clock;
    this.#maxBytes = maxBytes;
  }

  async open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // What hosts left behind that were killed.
    for (const name of await readdir(this.#root)) {
      const path = join(this.#root, name);
      const seen = await stat(path).catch(() => undefined);
      if (seen && path !== this.#folder && seen.mtimeMs < this.#clock.now() - DAY_MS) await rm(path, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Keeps a file for a message of this session. */
  async keep(session: string, body: Readable): Promise<{ file: string; size: number; sha256: string }> {
    await this.#tidy();
    const path = join(this.#folder, randomToken(12));
    const hash = createHash('sha256');
    let size = 0;
    const most = this.#maxBytes;
    const count = new Transform({ transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      if (size > most) done(errors.too_large());
      else done(null, chunk);
    } });
    try {
      await pipeline(body, count, createWriteStream(path, { mode: 0o600 }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    const file = `file_${randomToken(18)}`;
    this.#kept.set(file, { session, path, size, until: this.#clock.now() + KEPT_MS });
    return { file, size, sha256: hash.digest('hex') };
  }

  /** The file of a message on this disk, fetched if need be; `drop` when it is done with. One that was given stays for another try. */
  async take(session: string, media: OutgoingMedia): Promise<{ readonly file: OutgoingFile; readonly drop: () => Promise<void> }> {
    const about = { mime_type: media.mime_type, filename: media.filename ?? nameIn(media.url), voice: media.voice, animated: media.animated };
    if (media.file !== undefined) {
      const kept = this.#kept.get(media.file);
      if (kept?.session !== session) throw errors.file_unknown();
      return { file: { ...about, path: kept.path, size: kept.size }, drop: async () => undefined };
    }
    const { path, size, type } = await this.#fetch(media.url ?? '');
    return { file: { ...about, mime_type: media.mime_type === '' ? await settled(type, path) : media.mime_type, path, size }, drop: () => rm(path, { force: true }) };
  }

  async #fetch(url: string): Promise<{ path: string; size: number; type: string }> {
    const path = join(this.#folder, randomToken(12));
    try {
      const answer = await this.#http.requestToFile({ method: 'GET', url, timeoutMs: FETCH_MS, maxBytes: this.#maxBytes }, path);
      if (answer.status < 200 || answer.status > 299) throw errors.file_unreachable(`Its address answered ${answer.status}.`);
      return { path, size: answer.size, type: (answer.headers['content-type'] ?? 'application/octet-stream').split(';')[0]!.trim() };
    } catch (error) {
      if (error instanceof HttpError) throw error.kind === 'too_large' ? errors.too_large() : errors.file_unreachable(error.message);
      throw error;
    }
  }

  async #tidy(): Promise<void> {
    const now = this.#clock.now();
    for (const [id, kept] of this.#kept) {
      if (kept.until > now) continue;
      this.#kept.delete(id);
      await rm(kept.path, { force: true });
    }
  }
}

/** Says nothing of a file; object stores tell it of all of theirs. */
const ANY = /^(application|binary)\/(x-)?octet-stream$/;
/** A file that is told to be anything is what its bytes are. */
const settled = async (told: string, path: string): Promise<string> => (ANY.test(told) ? await typeOfFile(path) ?? told : told);

/** What an address calls its file, such as `bases.pdf`; undefined where it calls it nothing with an ending. */
function nameIn(url: string | undefined): string | undefined {
  const last = url === undefined ? undefined : new URL(url).pathname.split('/').at(-1);
  if (last === undefined || !/.\.\w{1,8}$/.test(last)) return undefined;
  try {
    return decodeURIComponent(last).slice(0, 255);
  } catch {
    return last.slice(0, 255);
  }
}
