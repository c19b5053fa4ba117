import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Clock } from '@centralita/kernel';
import type { CompanyRef, Tx } from '@centralita/platform/database';
import type { Config } from '@centralita/platform/config';
import { startSandbox, type DeepJson, type Running } from '../../apps/sandbox/src/testing/harness.ts';
import { buildHttp } from '../../apps/server/src/main/http.ts';
import { modules } from '../../apps/server/src/main/modules.ts';
import { addAccount, routeById, type AddedAccount, type Route } from '../../apps/server/src/modules/accounts/index.ts';
import { assignBot, publishFlow } from '../../apps/server/src/modules/bots/index.ts';
import { createCompany, type Company } from '../../apps/server/src/modules/companies/index.ts';
import type { RouteLimits } from '../../apps/server/src/providers/contract.ts';
import type { Runtime } from '../../apps/server/src/runtime.ts';
import { startProcess } from '../../apps/server/src/testing/runtime.ts';
import { withDatabase, type TestDatabase } from '../harness/database.ts';
import { defer, type Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';

/** The whole of it on one desk: a database, a server of every room, a sandbox as the carrier, one company with a number. */
export interface Desk {
  readonly rt: Runtime;
  readonly database: TestDatabase;
  readonly url: string;
  readonly sandbox: Running;
  readonly company: Company & CompanyRef;
  readonly account: AddedAccount;
  readonly route: Route;
  inCompany<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** Texts the phone got, oldest first. */
  heard(phone: string): Promise<string[]>;
  /** Waits until the phone got so many messages; answers all of them. */
  hears(phone: string, count: number): Promise<DeepJson[]>;
  write(phone: string, text: string): Promise<void>;
  /** Posts a body to the webhook as the carrier would; answers the status. */
  post(body: unknown, more?: { path?: string; signature?: string | null }): Promise<number>;
  /** Waits until nothing is left to unpack, to answer or to send (files may still be fetched). */
  settled(): Promise<void>;
}
export interface DeskOptions {
  readonly config?: Partial<Config>;
  /** A flow, or the name of an example of the flow engine. */
  readonly bot?: unknown;
  readonly limits?: Partial<RouteLimits>;
  readonly sandboxEnv?: Record<string, string>;
  /** Any free one when left out. */
  readonly port?: number;
  readonly clock?: Clock;
  /** A PostgreSQL other than the tests' own: the address of a superuser. */
  readonly server?: string;
}

export const MUNICIPALITY: unknown = JSON.parse(readFileSync(new URL('../../packages/flow-engine/examples/municipalidad.json', import.meta.url), 'utf8'));

export async function openDesk(t: Scope, { config = {}, bot, limits, sandboxEnv = {}, clock, server, port = 0 }: DeskOptions = {}): Promise<Desk> {
  const database = await withDatabase(t, server === undefined ? {} : { server });
  const sandbox = await startSandbox({ env: sandboxEnv });
  defer(t, () => sandbox.stop());
  const rt = await startProcess(t, { database, modules, config, ...(clock && { clock }) });
  const http = await buildHttp(rt, { modules, health: { version: 'test', role: 'all', startedAt: Date.now(), ready: () => true } });
  const url = await http.listen({ port, host: '127.0.0.1' });
  defer(t, () => http.close());

  const { config: carrier } = sandbox;
  const company = await createCompany(rt, { slug: 'demo', name: 'Municipalidad Demo', locale: 'es-CL' });
  const account = await addAccount(rt, {
    companyId: company.id, name: 'Línea principal', phone: carrier.business_number, provider: 'meta', senderId: carrier.phone_number_id, wabaId: carrier.waba_id,
    credentials: { phone_number_id: carrier.phone_number_id, waba_id: carrier.waba_id, access_token: carrier.access_token, app_secret: carrier.app_secret, graph_url: carrier.graph_url },
    appSecret: carrier.app_secret, appSlug: 'demo', verifyToken: carrier.verify_token, ...(limits && { limits }),
  });
  const answer = await sandbox.call('POST', '/sandbox/webhook', { callback_url: `${url}/webhook/meta/demo` });
  if (answer.status !== 200) throw new Error(`the sandbox does not take the webhook: ${JSON.stringify(answer.body)}`);
  const inCompany = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> => rt.db.withCompany(company, fn);
  if (bot !== undefined) {
    await inCompany(async (tx) => {
      const published = await publishFlow(rt, tx, { bot: { name: 'Asistente' }, flow: bot });
      await assignBot(rt, tx, account.accountId, published.bot_id);
    });
  }
  const received = async (phone: string): Promise<DeepJson[]> => (await sandbox.messages(phone)).filter((m) => m['direction'] === 'in');
  return {
    rt, database, url, sandbox, company, account, inCompany, route: (await routeById(rt, account.routeId))!,
    heard: async (phone) => (await received(phone)).map((m) => m['text'] as unknown as string),
    hears: (phone, count) => waitFor(async () => {
      const all = await received(phone);
      return all.length >= count ? all : undefined;
    }, { what: `${count} messages on the phone ${phone}` }),
    write: async (phone, text) => {
      const sent = await sandbox.write(phone, { to: carrier.business_number, type: 'text', text });
      if (sent.status !== 201) throw new Error(`the phone could not send: ${JSON.stringify(sent.body)}`);
    },
    post: async (body, { path = '/webhook/meta/demo', signature } = {}) => {
      const raw = typeof body === 'string' ? body : JSON.stringify(body);
      const signed = signature === undefined ? sign(raw, carrier.app_secret) : signature;
      return (await fetch(url + path, { method: 'POST', body: raw, headers: { 'content-type': 'application/json', ...(signed !== null && { 'x-hub-signature-256': signed }) } })).status;
    },
    settled: async () => {
      await waitFor(async () => {
        const rows = await database.db.query<{ n: number }>('select (select count(*) from {s}.receipts_pending) + (select count(*) from {s}.lanes where kind <> \'media\' and pending > 0 and due_at <= now()) + (select count(*) from {s}.outbox where state < 2) as n');
        return rows[0]!.n === 0;
      }, { what: 'all work to be done' });
    },
  };
}

export const sign = (raw: string, secret: string): string => `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;

let written = 0;
/** A webhook body of the Cloud API with these messages, each in an entry of its own unless told otherwise. */
export function bodyOf(phoneNumberId: string, messages: readonly { from: string; text: string; id?: string }[]): unknown {
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value: {
      messaging_product: 'whatsapp', metadata: { display_phone_number: '1', phone_number_id: phoneNumberId },
      contacts: messages.map((m) => ({ wa_id: m.from, profile: { name: `Persona ${m.from}` } })),
      messages: messages.map((m) => ({ from: m.from, id: m.id ?? `wamid.t${++written}`, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: m.text } })),
    } }] }],
  };
}
