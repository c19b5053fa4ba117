import { join } from 'node:path';
import { newUuid, systemClock, type Clock } from '@centralita/kernel';
import { createBlobs } from '@centralita/platform/blobs';
import { loadConfig, type Config } from '@centralita/platform/config';
import { createSealer } from '@centralita/platform/crypto';
import type { CompanyRef } from '@centralita/platform/database';
import { createHttp } from '@centralita/platform/http';
import { createLanes, registerProcess } from '@centralita/platform/lanes';
import { createLog } from '@centralita/platform/log';
import { createMetrics } from '@centralita/platform/metrics';
import { withDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { defer, type Scope } from '../../../../test/harness/defer.ts';
import { tempFolder } from '../../../../test/harness/folders.ts';
import { createEvents, type Content, type InboundMessage } from '../messaging/index.ts';
import { addAccount, routeById, type AddedAccount, type Route } from '../modules/accounts/index.ts';
import { createCompany, type Company } from '../modules/companies/index.ts';
import { baileys, venom, wwebjs } from '../providers/bridge/index.ts';
import { dialog360 } from '../providers/dialog360/index.ts';
import { evolution } from '../providers/evolution/index.ts';
import { meta } from '../providers/meta/index.ts';
import { twilio } from '../providers/twilio/index.ts';
import type { Module, Runtime } from '../runtime.ts';

export interface RuntimeChoice {
  readonly database: TestDatabase;
  /** Settings other than the tests' own: three tries, ten milliseconds apart. */
  readonly config?: Partial<Config>;
  readonly clock?: Clock;
  /** Rooms of this process: subscriptions and lanes. Lanes run from the start. */
  readonly modules?: readonly Module[];
}

/** A process of its own on a test's database, with everything real; stopped with the test. Several share one database. */
export async function startProcess(t: Scope, { database, config = {}, clock = systemClock, modules = [] }: RuntimeChoice): Promise<Runtime> {
  const folder = tempFolder(t);
  const loaded = loadConfig({ env: {}, cwd: folder });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const settings: Config = { ...loaded.config, data: folder, retryFirstSeconds: 0.01, retryMaxSeconds: 0.05, retryAttempts: 3, ...config };
  const log = createLog(process.env['TEST_LOG'] ?? 'silent');
  const processId = newUuid();
  const lanes = createLanes({ db: database.db, databaseUrl: database.url, processId, log, leaseMs: settings.leaseSeconds * 1000, heartbeatMs: settings.leaseHeartbeatSeconds * 1000 });
  const http = { carrier: createHttp({ trust: 'carrier' }), customer: createHttp({ trust: 'customer', allow: settings.callHttpAllow }), media: createHttp({ trust: 'media' }) };
  const rt: Runtime = {
    config: settings, clock, log, lanes, http, metrics: createMetrics(), db: database.db, databaseUrl: database.url, intakeDb: database.db, blobs: createBlobs(join(settings.data, 'media')),
    sealer: createSealer(Buffer.alloc(32, 7)), realtime: { watched: () => false, emit: () => undefined }, events: createEvents(), providers: { meta, official: dialog360, twilio, evolution, baileys, wwebjs, venom },
  };
  for (const module of modules) module.subscribe?.(rt);
  for (const module of modules) module.work?.(rt);
  defer(t, async () => {
    await lanes.stop();
    await Promise.all([http.carrier.close(), http.customer.close(), http.media.close()]);
  });
  await registerProcess(database.db, { id: processId, role: 'all', version: 'test' });
  await lanes.start();
  return rt;
}

/** A migrated database and one process on it. */
export async function startAlone(t: Scope, choice: Omit<RuntimeChoice, 'database'> = {}): Promise<{ readonly rt: Runtime; readonly database: TestDatabase }> {
  const database = await withDatabase(t);
  return { rt: await startProcess(t, { ...choice, database }), database };
}

/** A company with one account on Meta's carrier. */
export async function companyWithAccount(rt: Runtime, name = 'Municipalidad Demo'): Promise<{ company: Company & CompanyRef; account: AddedAccount; route: Route }> {
  const company = await createCompany(rt, { slug: `c${newUuid().slice(-8)}`, name, locale: 'es-CL' });
  const account = await addAccount(rt, {
    companyId: company.id, name: 'Línea principal', phone: '56220000000', provider: 'meta', senderId: newUuid(), wabaId: '1',
    credentials: { access_token: 'none', phone_number_id: '1' }, appSecret: 'none', appSlug: company.slug,
  });
  const route = await routeById(rt, account.routeId);
  return { company, account, route: route! };
}

let written = 0;

/** A message of a contact as a provider hands it over: a text alone is a text message. */
export function inbound(phone: string, content: Content | string, more: Partial<InboundMessage> = {}): InboundMessage {
  written += 1;
  return {
    kind: 'message', key: `m:${written}`, line: { kind: 'number', id: '1' }, at: new Date().toISOString(), remote_id: `wamid.${written}.${newUuid()}`, direction: 'in',
    peer: { addresses: [{ kind: 'phone', value: phone }], name: 'Ana Soto' },
    content: typeof content === 'string' ? { type: 'text', text: content } : content, ...more,
  };
}
