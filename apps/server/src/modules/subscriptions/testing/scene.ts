import type { FastifyInstance } from 'fastify';
import type { Subscription, SubscriptionLogEntry, SubscriptionWithSecret } from '@centralita/contracts';
import { decodeId } from '@centralita/kernel';
import type { Config } from '@centralita/platform/config';
import type { TestDatabase } from '../../../../../../test/harness/database.ts';
import type { Scope } from '../../../../../../test/harness/defer.ts';
import { startApi, signedIn, type Agent } from '../../../testing/api.ts';
import { companyWithAccount, inbound, startAlone } from '../../../testing/runtime.ts';
import type { Module, Runtime } from '../../../runtime.ts';
import type { Company } from '../../companies/index.ts';
import type { Route } from '../../accounts/index.ts';
import { companiesModule } from '../../companies/module.ts';
import { conversationsModule } from '../../conversations/module.ts';
import { receiveMessages } from '../../conversations/index.ts';
import { subscriptionsModule } from '../module.ts';

export const ROOMS: readonly Module[] = [companiesModule, conversationsModule, subscriptionsModule];

/** A company with a number and an administrator, and the room with its routes and lanes. */
export interface Scene {
  readonly rt: Runtime;
  readonly database: TestDatabase;
  readonly app: FastifyInstance;
  readonly company: Company;
  readonly route: Route;
  readonly admin: Agent;
  /** Somebody writes; each text is a message of its own, all in one transaction. */
  write(phone: string, ...texts: string[]): Promise<void>;
  subscribe(more: Record<string, unknown>): Promise<SubscriptionWithSecret>;
  patch(id: string, body: unknown): Promise<Subscription>;
  log(id: string): Promise<SubscriptionLogEntry[]>;
  /** What is left in the queues of the company. */
  queued(): Promise<number>;
}

export async function openScene(t: Scope, config: Partial<Config> = {}): Promise<Scene> {
  const { rt, database } = await startAlone(t, { modules: ROOMS, config: { callHttpAllow: ['127.0.0.1'], ...config } });
  return sceneOf(t, rt, database);
}

export async function sceneOf(t: Scope, rt: Runtime, database: TestDatabase): Promise<Scene> {
  const app = await startApi(t, rt, ROOMS);
  const { company, route } = await companyWithAccount(rt);
  const admin = await signedIn(rt, app, { company, name: 'Ada', role: 'administrator' });
  return {
    rt, database, app, company, route, admin,
    write: (phone, ...texts) => rt.db.withCompany(company, async (tx) => {
      await receiveMessages(rt, tx, texts.map((text) => ({ route, event: inbound(phone, text) })));
    }),
    subscribe: (more) => admin.post('/api/subscriptions', {
      kind: 'http', name: 'CRM', ...more, settings: { retry_first_seconds: 0.1, retry_max_seconds: 0.2, timeout_seconds: 2, ...more['settings'] as object },
    }),
    patch: async (id, body) => {
      const answer = await app.inject({ method: 'PATCH', url: `/api/subscriptions/${id}`, headers: admin.headers, payload: body as Record<string, unknown> });
      if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`);
      return answer.json<Subscription>();
    },
    log: async (id) => (await admin.get<{ entries: SubscriptionLogEntry[] }>(`/api/subscriptions/${id}/log`)).entries,
    queued: async () => (await rt.db.withCompany(company, (tx) => tx.query<{ n: number }>('select count(*)::integer as n from {c}.event_queue')))[0]!.n,
  };
}

export const uuid = (id: string): string => decodeId('sub', id)!;
export const texts = (got: readonly { readonly event: { readonly data: Record<string, unknown> } }[]): unknown[] => got.map((d) => d.event.data['content']);
