import type { AddressInfo } from 'node:net';
import { systemClock } from '@centralita/kernel';
import type { Config } from '@centralita/platform/config';
import { createSealer } from '@centralita/platform/crypto';
import { createDatabase, refusePooler } from '@centralita/platform/database';
import { loadEncryptionKey } from '@centralita/platform/encryption-key';
import { createHttp } from '@centralita/platform/http';
import type { Logger } from '@centralita/platform/log';
import { findEmbedded } from '@centralita/platform/postgres/embedded';
import { loadEngine } from './engines/load.ts';
import { Files } from './files.ts';
import { Host } from './host.ts';
import { buildApi } from './http/server.ts';
import { settingsOf } from './settings.ts';

export interface RunningHost {
  readonly host: Host;
  readonly url: string;
  /** Gives every session back, then closes what it opened. */
  stop(): Promise<void>;
}

/** A commit waits for other sessions' commits, and for a database that is busy with others. */
const STATEMENT_MS = 8000;

/** Starts a host of web sessions. Throws with a line for people when a setting, the database or the port is not as it must be. */
export async function startHost(config: Config, log: Logger, version: string): Promise<RunningHost> {
  const settings = settingsOf(config);
  const databaseUrl = config.databaseUrl ?? (await findEmbedded(config.data))?.url;
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is missing, and no server with its own database runs in this data folder: start the server first, or name its database');
  await refusePooler(databaseUrl);
  const engine = await loadEngine({ settings, clock: systemClock });
  const db = createDatabase({ url: databaseUrl, max: config.databasePool, queryTimeoutMs: STATEMENT_MS, connectTimeoutMs: config.databaseTimeoutSeconds * 1000, applicationName: `centralita bridge ${engine.name}`, log });
  const http = createHttp({ trust: 'customer', allow: config.callHttpAllow });
  const host = new Host({ settings, engine, db, databaseUrl, sealer: createSealer(loadEncryptionKey(config).bytes), clock: systemClock, log, version });
  const files = new Files({ dataFolder: settings.dataFolder, hostId: host.id, http, clock: systemClock, maxBytes: settings.mediaMaxBytes });
  await files.open();
  const app = buildApi(host, files);
  await app.listen({ host: settings.listen.host, port: settings.listen.port });
  const { port } = app.server.address() as AddressInfo;
  const url = settings.url ?? `http://${settings.listen.host === '0.0.0.0' ? '127.0.0.1' : settings.listen.host}:${port}`;
  await host.start(url);
  return {
    host, url,
    async stop() {
      await host.stop();
      await app.close();
      await files.close();
      await http.close();
      await db.close();
    },
  };
}
