import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import tar from 'tar-fs';
import type { SessionContext } from '../../engine.ts';

/**
 * What of a browser's profile is the login of WhatsApp Web: its databases and storage, below the profile's `Default`. Caches,
 * histories and the service worker are left out; WhatsApp Web makes them anew.
 */
const PARTS = ['IndexedDB', 'Local Storage', 'Session Storage'];
const KIND = 'browser-profile';
/** Of a stored profile, packed: beyond it nothing is stored, and the session starts anew on another machine. */
const MOST_BYTES = 48 * 1024 * 1024;
/** Base64 in one key: some kilobytes are what the key store is made for, and fewer rows are quicker. */
const CHUNK = 96 * 1024;

interface Manifest {
  readonly stamp: string;
  readonly chunks: number;
}

/** The login of one session as files, kept on this machine and stored with the session's keys, for the host that has it next. */
export class Profile {
  readonly path: string;
  readonly #context: SessionContext;

  constructor(context: SessionContext, directory: string) {
    this.#context = context;
    this.path = join(directory, 'profile');
  }

  get #mark(): string {
    return join(dirname(this.path), 'profile-stamp');
  }

  /**
   * Before the browser starts. The files of this machine are the newest unless another host stored the login since; then those of
   * the store take their place. Answers when what the store gave was written, if it was used.
   */
  async prepare(): Promise<Date | undefined> {
    const manifest = await this.#manifest();
    const own = await readFile(this.#mark, 'utf8').catch(() => undefined);
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    if (!manifest || (own === manifest.stamp && existsSync(join(this.path, 'Default')))) return undefined;
    await rm(join(this.path, 'Default'), { recursive: true, force: true });
    await mkdir(join(this.path, 'Default'), { recursive: true, mode: 0o700 });
    const ids = Array.from({ length: manifest.chunks }, (_, i) => chunkId(i));
    const found = await this.#context.keys.get(KIND, ids);
    if (ids.some((id) => found[id] === undefined)) {
      this.#context.tell({ kind: 'note', code: 'profile_incomplete', text: 'The stored login is incomplete; it has to be linked anew.' });
      return undefined;
    }
    await pipeline(Readable.from(ids.map((id) => Buffer.from(found[id]!, 'base64'))), createGunzip(), tar.extract(join(this.path, 'Default'), { dmode: 0o700, fmode: 0o600 }));
    await writeFile(this.#mark, manifest.stamp);
    return new Date(manifest.stamp);
  }

  /** Stores the login as it is now; best with the browser closed, and good enough while it runs (its databases recover). */
  async store(now: Date): Promise<void> {
    const parts = PARTS.filter((part) => existsSync(join(this.path, 'Default', part)));
    if (parts.length === 0) return;
    const packed: Buffer[] = [];
    let bytes = 0;
    const pack = tar.pack(join(this.path, 'Default'), { entries: parts, ignore: (name) => name.endsWith('/LOCK') });
    await pipeline(pack, createGzip({ level: 6 }), async (source: AsyncIterable<Buffer>) => {
      for await (const piece of source) {
        bytes += piece.length;
        if (bytes <= MOST_BYTES) packed.push(piece);
      }
    });
    if (bytes > MOST_BYTES) {
      this.#context.tell({ kind: 'note', code: 'profile_large', text: `The login is ${Math.round(bytes / 1048576)} MB packed, too large to be stored: another machine would have to link anew.` });
      return;
    }
    const text = Buffer.concat(packed).toString('base64');
    const chunks = Math.ceil(text.length / CHUNK);
    const before = (await this.#manifest())?.chunks ?? 0;
    const stamp = now.toISOString();
    this.#context.keys.set([
      ...Array.from({ length: chunks }, (_, i) => ({ type: KIND, id: chunkId(i), value: text.slice(i * CHUNK, (i + 1) * CHUNK) })),
      ...Array.from({ length: Math.max(before - chunks, 0) }, (_, i) => ({ type: KIND, id: chunkId(chunks + i), value: null })),
      { type: KIND, id: 'manifest', value: JSON.stringify({ stamp, chunks } satisfies Manifest) },
    ]);
    await this.#context.settled();
    await writeFile(this.#mark, stamp);
    await this.#context.profileStored();
  }

  /** After a logout: nothing of it stays on this machine. The host wipes the keys. */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 5 });
    await rm(this.#mark, { force: true });
  }

  async #manifest(): Promise<Manifest | undefined> {
    const { manifest } = await this.#context.keys.get(KIND, ['manifest']);
    return manifest === undefined ? undefined : JSON.parse(manifest) as Manifest;
  }
}

const chunkId = (i: number): string => String(i).padStart(5, '0');
