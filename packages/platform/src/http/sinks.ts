import { createHash, type Hash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import type { Sink } from './exchange.ts';

export const discard: Sink = { data: () => undefined };

export class BufferSink implements Sink {
  readonly #chunks: Buffer[] = [];

  data(chunk: Buffer): undefined {
    this.#chunks.push(chunk);
  }

  body(): Buffer {
    return this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
  }
}

/** Writes `<path>.part`, hashed on the way; `finish` gives it its name. */
export class FileSink implements Sink {
  readonly #path: string;
  readonly #hash: Hash = createHash('sha256');
  #file: Promise<FileHandle> | undefined;
  #last: Promise<void> = Promise.resolve();
  #size = 0;

  constructor(path: string) {
    this.#path = path;
  }

  data(chunk: Buffer): Promise<void> {
    this.#size += chunk.length;
    this.#hash.update(chunk);
    this.#last = this.#last.then(async () => {
      await (await this.#open()).writeFile(chunk);
    });
    return this.#last;
  }

  async finish(): Promise<{ size: number; sha256: string }> {
    const file = await this.#open();
    await this.#last;
    await file.datasync();
    await file.close();
    await rename(this.#part, this.#path);
    return { size: this.#size, sha256: this.#hash.digest('hex') };
  }

  /** Leaves nothing behind. */
  async drop(): Promise<void> {
    if (!this.#file) return;
    await this.#last.catch(() => undefined);
    await this.#file.then((file) => file.close()).catch(() => undefined);
    await rm(this.#part, { force: true });
  }

  get #part(): string {
    return `${this.#path}.part`;
  }

  #open(): Promise<FileHandle> {
    this.#file ??= open(this.#part, 'w', 0o600);
    return this.#file;
  }
}
