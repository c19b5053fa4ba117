/** A second hand on a running server's database, to set things up and to look. */
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '@centralita/platform/config';
import type { CompanyRef } from '@centralita/platform/database';
import { createLog } from '@centralita/platform/log';
import { findEmbedded } from '@centralita/platform/postgres/embedded';
import { createRuntime, type OpenRuntime } from '../../apps/server/src/main/create-runtime.ts';
import { addAccount } from '../../apps/server/src/modules/accounts/index.ts';
import { assignBot, publishFlow } from '../../apps/server/src/modules/bots/index.ts';
import { createCompany } from '../../apps/server/src/modules/companies/index.ts';

export interface SandboxNumber {
  readonly business_number: string;
  readonly phone_number_id: string;
  readonly waba_id: string;
  readonly app_secret: string;
  readonly verify_token: string;
  readonly access_token: string;
  readonly graph_url: string;
}
export interface Numbers {
  readonly company: CompanyRef;
  readonly numbers: readonly SandboxNumber[];
}

/** With the settings and the key of the server's data folder; on its embedded PostgreSQL when no address is given. */
export async function openSecondHand(data: string, env: Readonly<Record<string, string>>): Promise<OpenRuntime> {
  const loaded = loadConfig({ env, cwd: data });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const databaseUrl = loaded.config.databaseUrl ?? (await findEmbedded(data))?.url;
  if (databaseUrl === undefined) throw new Error('the embedded PostgreSQL of the server was not found');
  return createRuntime({ config: loaded.config, databaseUrl, log: createLog('warn'), realtime: { watched: () => false, emit: () => undefined } });
}

/** A company with fresh numbers of the sandbox without limits, a flow on each of them, and the webhook set. */
export async function addNumbers({ rt }: OpenRuntime, wanted: { readonly url: string; readonly sandbox: string; readonly count: number; readonly bot?: unknown }): Promise<Numbers> {
  const company: CompanyRef = await createCompany(rt, { slug: 'bench', name: 'Bench' });
  await call('PATCH', `${wanted.sandbox}/sandbox/settings`, { window: 'off', webhook_concurrency: 64, status_delays: { sent: 20, delivered: 60, read: 200 } });
  const numbers: SandboxNumber[] = [];
  for (let n = 0; n < wanted.count; n++) {
    const number = await call('POST', `${wanted.sandbox}/sandbox/numbers`, { name: `Bench ${n}`, tier: 'UNLIMITED' }) as unknown as SandboxNumber;
    const account = await addAccount(rt, {
      companyId: company.id, name: `Bench ${n}`, phone: number.business_number, provider: 'meta', senderId: number.phone_number_id, wabaId: number.waba_id, appSlug: 'bench',
      credentials: { phone_number_id: number.phone_number_id, waba_id: number.waba_id, access_token: number.access_token, app_secret: number.app_secret, graph_url: number.graph_url },
      // Meta's highest tier; the pair limit is the sandbox's to keep, and off there.
      appSecret: number.app_secret, verifyToken: number.verify_token, limits: { perSecond: 1000, inFlight: 250, pair: { burst: 1000, everyMs: 0 } },
    });
    numbers.push(number);
    if (wanted.bot === undefined) continue;
    await rt.db.withCompany(company, async (tx) => {
      const published = await publishFlow(rt, tx, { bot: { name: 'Bench' }, flow: wanted.bot });
      await assignBot(rt, tx, account.accountId, published.bot_id);
    });
  }
  // The server reads its directory anew within half a second of an unknown name.
  for (let tries = 0; ; tries++) {
    const taken = await call('POST', `${wanted.sandbox}/sandbox/webhook`, { callback_url: `${wanted.url}/webhook/meta/bench` }).then(() => true, (error: unknown) => {
      if (tries === 20) throw error;
      return false;
    });
    if (taken) return { company, numbers };
    await sleep(100);
  }
}

/** A call of a JSON API; throws when it is refused. */
export async function call(method: string, url: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text === '' ? {} : JSON.parse(text) as Record<string, unknown>;
}
