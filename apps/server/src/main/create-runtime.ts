import { join } from 'node:path';
import { newUuid, systemClock } from '@centralita/kernel';
import { createBlobs } from '@centralita/platform/blobs';
import type { Config } from '@centralita/platform/config';
import { createSealer } from '@centralita/platform/crypto';
import { createDatabase } from '@centralita/platform/database';
import { loadEncryptionKey } from '@centralita/platform/encryption-key';
import { createHttp } from '@centralita/platform/http';
import { createLanes } from '@centralita/platform/lanes';
import type { Logger } from '@centralita/platform/log';
import { createMetrics } from '@centralita/platform/metrics';
import type { Realtime } from '@centralita/platform/realtime';
import { createEvents } from '../messaging/events.ts';
import { routeById } from '../modules/accounts/index.ts';
import type { Runtime } from '../runtime.ts';
import { providers } from './providers.ts';
import { StartError } from './start-error.ts';

export interface RuntimeOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly log: Logger;
  readonly realtime: Realtime;
}

export interface OpenRuntime {
  readonly rt: Runtime;
  /** Names this process in the list of those that may hold leases. */
  readonly processId: string;
  /** Ends outgoing connections, then those to the database. Lanes are stopped before, by their owner. */
  close(): Promise<void>;
}

/** Connections for acknowledging webhooks: one insert at a time writes many receipts, the second one overlaps it. */
const INTAKE_CONNECTIONS = 4;
/** Searches and pages of history may take longer than an acknowledgement. */
const SLOWEST_QUERY_MS = 15_000;

/** Builds the one value that every use case gets. Connects to nothing yet. */
export function createRuntime({ config, databaseUrl, log, realtime }: RuntimeOptions): OpenRuntime {
  const metrics = createMetrics();
  const patience = config.databaseTimeoutSeconds * 1000;
  const db = createDatabase({
    url: databaseUrl, max: config.databasePool, queryTimeoutMs: Math.max(patience, SLOWEST_QUERY_MS), connectTimeoutMs: patience,
    applicationName: 'centralita', log,
  });
  // Waiting for a connection and for the commit together stay below what was promised.
  const intakeDb = createDatabase({
    url: databaseUrl, max: INTAKE_CONNECTIONS, queryTimeoutMs: patience / 2, connectTimeoutMs: patience / 2, applicationName: 'centralita intake', log,
  });
  const processId = newUuid();
  const lanes = createLanes({
    db, databaseUrl, processId, log, leaseMs: config.leaseSeconds * 1000, heartbeatMs: config.leaseHeartbeatSeconds * 1000,
    onLeaseLost: (kind) => metrics.leasesLost.inc({ kind }),
  });
  const http = { carrier: createHttp({ trust: 'carrier' }), customer: createHttp({ trust: 'customer', allow: config.callHttpAllow }), media: createHttp({ trust: 'media' }) };
  const rt: Runtime = {
    config, clock: systemClock, log, metrics, db, databaseUrl, intakeDb, lanes, realtime, http, providers,
    blobs: createBlobs(join(config.data, 'media')),
    sealer: createSealer(loadEncryptionKey(config).bytes),
    events: createEvents(),
  };
  return {
    rt, processId,
    async close() {
      await Promise.all([http.carrier.close(), http.customer.close(), http.media.close()]);
      await Promise.all([db.close(), intakeDb.close()]);
    },
  };
}

/** Secrets sealed with another key would fail one by one, later and less clearly. Throws StartError. */
export async function checkKey(rt: Runtime): Promise<void> {
  await routeById(rt, NOBODY).catch((error: Error) => {
    throw error.message.startsWith('sealed with key') ? new StartError(`CENTRALITA_ENCRYPTION_KEY: the secrets in the database were ${error.message}.`) : error;
  });
}
/** Any id: looking for it opens every account. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
