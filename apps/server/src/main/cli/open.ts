import { mkdirSync } from 'node:fs';
import type { Config } from '@centralita/platform/config';
import { migrateUp } from '@centralita/platform/database';
import { createLog } from '@centralita/platform/log';
import { findEmbedded, startEmbedded } from '@centralita/platform/postgres/embedded';
import { listCompanies, type Company } from '../../modules/companies/index.ts';
import type { Runtime } from '../../runtime.ts';
import { checkKey, createRuntime } from '../create-runtime.ts';
import { modules } from '../modules.ts';
import { StartError } from '../start-error.ts';
import { readConfig } from './settings.ts';

/** Runs `work` with the database: the configured one, the one of the running server, or else the embedded one for as long as this takes. */
export async function withDatabase<T>(work: (opened: { config: Config; databaseUrl: string; serverRuns: boolean }) => Promise<T>): Promise<T> {
  const config = readConfig();
  if (config.databaseUrl !== undefined) return work({ config, databaseUrl: config.databaseUrl, serverRuns: false });
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const running = await findEmbedded(config.data);
  if (running) return work({ config, databaseUrl: running.url, serverRuns: true });
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const embedded = await startEmbedded({ dataDir: config.data, log: quiet });
  try {
    return await work({ config, databaseUrl: embedded.url, serverRuns: false });
  } finally {
    await embedded.stop();
  }
}

/** Runs `work` with a migrated database and everything on it. Lanes that it rings are heard by the server within a second. */
export async function withRuntime<T>(work: (rt: Runtime) => Promise<T>): Promise<T> {
  return withDatabase(async ({ config, databaseUrl }) => {
    const realtime = { watched: () => false, emit: () => undefined };
    const { rt, close } = createRuntime({ config, databaseUrl, log: createLog('silent'), realtime });
    try {
      await migrateUp(rt.db).catch((error: Error) => {
        throw new StartError(error.message || 'The database does not answer.');
      });
      await checkKey(rt);
      // What commands write, the rooms above hear of as they do in the server.
      for (const module of modules) module.subscribe?.(rt);
      return await work(rt);
    } finally {
      await close();
    }
  });
}

/** The company with this short name; without one, the only company there is. Throws StartError with the names to choose from. */
export async function chooseCompany(rt: Runtime, slug: string | undefined): Promise<Company> {
  const companies = await listCompanies(rt.db);
  const names = companies.map((c) => c.slug).join(', ');
  if (slug !== undefined) {
    const found = companies.find((c) => c.slug === slug);
    if (!found) throw new StartError(`There is no company “${slug}”. ${names ? `There are: ${names}.` : 'Make one with: centralita company create <short-name>'}`);
    return found;
  }
  const [only, more] = companies;
  if (!only) throw new StartError('There is no company yet. Make one with: centralita company create <short-name>');
  if (more) throw new StartError(`Say which company: --company <short-name>. There are: ${names}.`);
  return only;
}
