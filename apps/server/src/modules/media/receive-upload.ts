import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { encodeId, newUuid } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';
import { typeOfFile } from '@centralita/platform/file-type';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { blobKey } from './blob-key.ts';
import { settledName, settledType } from './media-type.ts';
import { insertReady } from './store.ts';

const MB = 1024 * 1024;

export interface Upload {
  readonly body: Readable;
  readonly filename: string | undefined;
  readonly declared: string | undefined;
  readonly user_id: string | undefined;
}
export interface Uploaded {
  readonly id: string;
  readonly mime_type: string;
  readonly size: number;
  readonly filename: string | null;
}

/** Stores a file that somebody of the company attaches, streamed. Throws `media.too_large` and `media.empty`; nothing is left behind then. */
export async function receiveUpload(rt: Runtime, owner: CompanyRef, { body, filename, declared, user_id }: Upload): Promise<Uploaded> {
  const id = newUuid();
  const path = await rt.blobs.temporary();
  try {
    const { size, sha256 } = await save(body, path, rt.config.mediaMaxMb * MB);
    if (size === 0) throw errors.empty();
    const file = { mime_type: settledType(await typeOfFile(path), declared ?? null), size, filename: settledName(filename) };
    const blob = blobKey(owner, id);
    await rt.blobs.adopt(path, blob);
    await rt.db.withCompany(owner, (tx) => insertReady(tx, { ...file, id, sha256, blob, created_by: user_id ?? null }));
    return { ...file, id: encodeId('med', id) };
  } finally {
    await rm(path, { force: true });
  }
}

async function save(body: Readable, path: string, cap: number): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'w', 0o600);
  try {
    // The stream is the connection: destroyed, it could not carry the answer why.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > cap) throw errors.too_large(`At most ${cap / MB} MB.`);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.datasync();
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ECONNRESET' ? errors.cut_off() : error;
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}
