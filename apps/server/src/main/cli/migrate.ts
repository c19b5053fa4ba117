import { createDatabase, latestVersions, migrateDown, migrateUp } from '@centralita/platform/database';
import type { Database } from '@centralita/platform/database';
import { StartError } from '../start-error.ts';
import { withDatabase } from './open.ts';

/** `centralita migrate up`: what every start does too. */
export async function up(): Promise<void> {
  await open(async (db) => {
    const { from, to, companies } = await migrateUp(db);
    process.stdout.write(`The shared schema is at ${to}${from === to ? ', as before' : ` (was ${from})`}; ${companies} ${companies === 1 ? 'company' : 'companies'} at ${latestVersions().company}.\n`);
  });
}

/** `centralita migrate down`: takes the newest migration of one kind back, with its data. For going back to an older version; stop the server first. */
export async function down(scope: 'shared' | 'company'): Promise<void> {
  await open(async (db, serverRuns) => {
    if (serverRuns) throw new StartError('Stop the server first: it needs what would be taken back.');
    await migrateDown(db, scope);
    process.stdout.write(`The newest ${scope} migration was taken back. The next start of this version applies it again.\n`);
  });
}

function open(work: (db: Database, serverRuns: boolean) => Promise<void>): Promise<void> {
  return withDatabase(async ({ databaseUrl, serverRuns }) => {
    const db = createDatabase({ url: databaseUrl, max: 4, queryTimeoutMs: 600_000, applicationName: 'centralita migrate' });
    try {
      await work(db, serverRuns);
    } catch (error) {
      throw error instanceof StartError || !(error instanceof Error) ? error : new StartError(error.message || 'The database does not answer.');
    } finally {
      await db.close();
    }
  });
}
