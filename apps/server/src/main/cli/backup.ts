import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backup, restore, type BackupReport } from '@centralita/platform/backup';
import { loadEncryptionKey } from '@centralita/platform/encryption-key';
import { StartError } from '../start-error.ts';
import { version } from '../version.ts';
import { withDatabase } from './open.ts';

export interface BackupChoices {
  readonly media: boolean;
  readonly withKey: boolean;
}

/** `centralita backup`: one consistent snapshot in a new folder, while the server goes on working. */
export async function makeBackup(folder: string, { media, withKey }: BackupChoices): Promise<void> {
  await withDatabase(async ({ config, databaseUrl }) => {
    const key = loadEncryptionKey(config);
    if (withKey && key.file === undefined) throw new StartError('--with-key: the key is given by CENTRALITA_ENCRYPTION_KEY, there is no file to copy. Keep the setting.');
    const report = await plainly(backup({
      databaseUrl, out: resolve(folder), program: version(), ...(media ? { media: join(config.data, 'media') } : {}),
      key: { id: key.id, ...(withKey && key.file ? { file: key.file } : {}) },
    }));
    print(`Backup    ${report.folder}`);
    print(`Holds     ${contents(report)}`);
    if (withKey) print('Key       is in it: whoever has this folder can read the secrets of the accounts');
    else print(`Key       is not in it: keep ${key.file ?? 'CENTRALITA_ENCRYPTION_KEY'} too, or the accounts' secrets cannot be read (--with-key puts it in)`);
  });
}

/** `centralita restore`: into an empty database, or into a new data folder. The next start migrates it if it is older. */
export async function restoreBackup(folder: string): Promise<void> {
  await withDatabase(async ({ config, databaseUrl, serverRuns }) => {
    if (serverRuns) throw new StartError(`A server runs with ${config.data}. Stop it, and restore into a new CENTRALITA_DATA.`);
    const report = await plainly(restore({
      databaseUrl, from: resolve(folder), media: join(config.data, 'media'),
      ...(config.encryptionKey ? {} : { keyFile: join(config.data, 'encryption.key') }),
    }));
    print(`Restored  ${contents(report)}, as of ${report.createdAt}`);
    const place = config.encryptionKey ? 'CENTRALITA_ENCRYPTION_KEY' : join(config.data, 'encryption.key');
    // Loading would make a new key where none is.
    const here = config.encryptionKey || existsSync(place) ? loadEncryptionKey(config).id : undefined;
    if (report.keyId !== undefined && report.keyId !== here) {
      print(`Key       ${here === undefined ? 'is missing' : 'here is another one'}: put the one of the old server (${report.keyId}) into ${place} before you start`);
    }
  });
}

function contents({ companies, tables, rows, media }: Pick<BackupReport, 'companies' | 'tables' | 'rows' | 'media'>): string {
  const files = media ? `, ${media.files} ${media.files === 1 ? 'file' : 'files'}` : '';
  return `${companies} ${companies === 1 ? 'company' : 'companies'}, ${rows} rows of ${tables} tables${files}`;
}

/** The messages of both are for people as they are. */
async function plainly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new StartError((error as Error).message);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
