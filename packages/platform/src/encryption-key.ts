import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface EncryptionKey {
  readonly bytes: Buffer;
  /** Names the key in every value encrypted with it; says nothing about the key. */
  readonly id: string;
  /** The file it is kept in, or undefined when it came from CENTRALITA_ENCRYPTION_KEY. */
  readonly file: string | undefined;
  /** True when this call made it: the first start with this data folder. */
  readonly created: boolean;
}

/**
 * The key of the secrets kept in the database: the configured one, else `encryption.key` of the data folder,
 * made there (mode 600) at the first start. Throws with a line for people when the file is not a key.
 */
export function loadEncryptionKey(config: { readonly data: string; readonly encryptionKey: Buffer | undefined }): EncryptionKey {
  if (config.encryptionKey) return { bytes: config.encryptionKey, id: keyId(config.encryptionKey), file: undefined, created: false };
  const file = join(config.data, 'encryption.key');
  const kept = readKey(file);
  if (kept) return { bytes: kept, id: keyId(kept), file, created: false };
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const created = writeKey(file, randomBytes(32));
  const bytes = readKey(file);
  if (!bytes) throw new Error(`${file} could not be written: check that the folder is writable`);
  return { bytes, id: keyId(bytes), file, created };
}

function keyId(bytes: Buffer): string {
  return createHash('sha256').update('centralita key id\n').update(bytes).digest('hex').slice(0, 8);
}

function readKey(file: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}): run as the user it belongs to`);
  }
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes: bring it back from a backup, the secrets in the database cannot be read without it`);
  chmodSync(file, 0o600);
  return bytes;
}

/** Whole or not at all, also on a crash; of two processes that start together one wins. True when it was this one. */
function writeKey(file: string, bytes: Buffer): boolean {
  const draft = `${file}.${process.pid}`;
  const fd = openSync(draft, 'w', 0o600);
  try {
    writeSync(fd, `${bytes.toString('base64')}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
