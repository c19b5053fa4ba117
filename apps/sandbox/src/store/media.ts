import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAnimatedWebp } from '../network/media-kinds.ts';
import type { Runtime } from '../runtime.ts';
import type { Journal, Row } from './journal.ts';
import { flag, number as integer, text, textOrNull } from './journal.ts';

/** A file WhatsApp holds. */
export interface Media {
  readonly id: string;
  /** The business number it was uploaded to or received by; null: from the page, for any. */
  readonly phoneNumberId: string | null;
  readonly mimeType: string;
  /** Hex. */
  readonly sha256: string;
  readonly size: number;
  readonly filename: string | null;
  readonly animated: boolean;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface NewMedia {
  readonly phoneNumberId: string | null;
  readonly mimeType: string;
  readonly bytes: Buffer;
  readonly filename: string | null;
  readonly lifetime: number;
}

const DAY = 24 * 3_600_000;
/** Uploaded files live 30 days, those that came with a webhook 7 (providers 1.4). */
export const UPLOAD_LIFETIME = 30 * DAY;
export const WEBHOOK_LIFETIME = 7 * DAY;

/** Files on disk beside their rows. */
export class MediaStore {
  readonly #journal: Journal;
  readonly #runtime: Runtime;
  readonly #folder: string;
  readonly #sql;

  constructor(journal: Journal, runtime: Runtime, dataDir: string) {
    this.#journal = journal;
    this.#runtime = runtime;
    this.#folder = join(dataDir, 'media');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    this.#sql = {
      get: journal.prepare('select * from media where id = ?'),
      insert: journal.prepare('insert into media values (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
      remove: journal.prepare('delete from media where id = ?'),
      expired: journal.prepare('select id from media where expires_at <= ? limit 200'),
    };
  }

  /** The file, unless it is unknown, deleted or expired. */
  find(id: string): Media | undefined {
    if (!/^\d{5,30}$/.test(id)) return undefined;
    const row = this.#sql.get.get(id);
    if (row === undefined) return undefined;
    const media = mediaOf(row);
    return media.expiresAt > this.#runtime.now() ? media : undefined;
  }

  /** On disk when this resolves, apart from the commit. */
  async keep(given: NewMedia): Promise<Media> {
    const now = this.#runtime.now();
    const animated = isAnimatedWebp(given.bytes.subarray(0, 32));
    const media: Media = {
      id: this.#runtime.digits(16), phoneNumberId: given.phoneNumberId, mimeType: given.mimeType,
      sha256: createHash('sha256').update(given.bytes).digest('hex'), size: given.bytes.length, filename: given.filename,
      animated, createdAt: now, expiresAt: now + given.lifetime,
    };
    const path = join(this.#folder, media.id);
    await writeFile(`${path}.part`, given.bytes, { mode: 0o600 });
    await rename(`${path}.part`, path);
    this.#journal.write();
    this.#sql.insert.run(media.id, media.phoneNumberId, media.mimeType, media.sha256, media.size, media.filename, Number(animated), now, media.expiresAt);
    return media;
  }

  read(media: Media): Promise<Buffer> {
    return readFile(join(this.#folder, media.id));
  }

  path(media: Media): string {
    return join(this.#folder, media.id);
  }

  remove(id: string): void {
    this.#journal.write();
    this.#sql.remove.run(id);
    rmSync(join(this.#folder, id), { force: true });
  }

  /** Removes what has expired, at most 200 files a call. */
  prune(): void {
    for (const row of this.#sql.expired.all(this.#runtime.now())) this.remove(text(row, 'id'));
  }

  removeAll(): void {
    for (const name of readdirSync(this.#folder)) rmSync(join(this.#folder, name), { force: true });
  }
}

function mediaOf(row: Row): Media {
  return {
    id: text(row, 'id'), phoneNumberId: textOrNull(row, 'phone_number_id'), mimeType: text(row, 'mime_type'),
    sha256: text(row, 'sha256'), size: integer(row, 'size'), filename: textOrNull(row, 'filename'), animated: flag(row, 'animated'),
    createdAt: integer(row, 'created_at'), expiresAt: integer(row, 'expires_at'),
  };
}
