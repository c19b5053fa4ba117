import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { randomBytesHex } from '@centralita/kernel';

/** Files by key. A key is a relative path of our own making (`company/med_…`), never of a customer's. */
export interface Blobs {
  /** A path to write to before `adopt`; on the same file system as the store. */
  temporary(): Promise<string>;
  /** Takes over a finished temporary file under `key`; readers see all of it or nothing. */
  adopt(path: string, key: string): Promise<void>;
  put(key: string, data: Buffer): Promise<void>;
  read(key: string, range?: { start: number; end: number }): Readable;
  size(key: string): Promise<number | undefined>;
  remove(key: string): Promise<void>;
  path(key: string): string;
  /** Removes temporary files that a killed process left behind more than a day ago. */
  tidy(): Promise<void>;
}

const DAY_MS = 86_400_000;
const KEY = /^[a-z0-9_]+\/[a-z0-9_]+$/;

/** On local disk below `root`, two characters of fan-out by the end of the key (ids ascend, their ends are random). */
export function createBlobs(root: string): Blobs {
  const path = (key: string): string => {
    if (!KEY.test(key)) throw new Error('a blob key is "company/id"');
    const [company, id] = key.split('/') as [string, string];
    return join(root, company, id.slice(-2), id);
  };
  return {
    path,
    async temporary() {
      const dir = join(root, '.incoming');
      await mkdir(dir, { recursive: true, mode: 0o700 });
      return join(dir, randomBytesHex(16));
    },
    async adopt(from, key) {
      const to = path(key);
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      await rename(from, to);
    },
    async put(key, data) {
      const from = await this.temporary();
      await writeFile(from, data, { mode: 0o600, flush: true });
      await this.adopt(from, key);
    },
    read: (key, range) => createReadStream(path(key), range),
    size: (key) => stat(path(key)).then((s) => s.size, () => undefined),
    remove: (key) => rm(path(key), { force: true }),
    async tidy() {
      const dir = join(root, '.incoming');
      for (const name of await readdir(dir).catch(() => [])) {
        const file = join(dir, name);
        const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
        if (mtimeMs < Date.now() - DAY_MS) await rm(file, { force: true });
      }
    },
  };
}
