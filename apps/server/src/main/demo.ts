import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isAppError } from '@centralita/kernel';
import { addAccount, type AddedAccount } from '../modules/accounts/index.ts';
import { assignBot, hasBot, publishFlow } from '../modules/bots/index.ts';
import { createCompany, listCompanies, type Company } from '../modules/companies/index.ts';
import type { Runtime } from '../runtime.ts';
import { root } from './version.ts';

const SLUG = 'demo';
const NAME = 'Municipalidad Demo';
const BOT = 'Asistente municipal';

/** What the sandbox says of its first number (`GET /sandbox/config`). */
const SandboxConfig = z.object({
  business_number: z.string(), phone_number_id: z.string(), waba_id: z.string(), app_secret: z.string(), verify_token: z.string(),
  access_token: z.string(), graph_url: z.string(), tier: z.string(),
});

export const demoCompany = { slug: SLUG, name: NAME };

/**
 * The demo company with the sandbox's number and the Spanish bot, so that the first minute shows something real. Runs at every start:
 * the sandbox's secrets and address may be new. A bot somebody chose instead is left alone.
 */
export async function prepareDemo(rt: Runtime, sandboxUrl: string): Promise<AddedAccount> {
  const answer = await rt.http.carrier.request({ method: 'GET', url: `${sandboxUrl}/sandbox/config`, timeoutMs: 5000 });
  const sandbox = SandboxConfig.parse(JSON.parse(answer.body.toString('utf8')));
  const company = await demo(rt);
  const added = await addAccount(rt, {
    companyId: company.id, name: NAME, phone: sandbox.business_number, provider: 'meta', senderId: sandbox.phone_number_id, wabaId: sandbox.waba_id,
    credentials: {
      phone_number_id: sandbox.phone_number_id, waba_id: sandbox.waba_id, access_token: sandbox.access_token, app_secret: sandbox.app_secret, graph_url: sandbox.graph_url,
    },
    appSecret: sandbox.app_secret, verifyToken: sandbox.verify_token, appSlug: SLUG,
    limits: rt.providers['meta']?.limitsFor?.({ throughput: { level: sandbox.tier === 'STANDARD' ? 'STANDARD' : 'HIGH' } }),
  });
  if (!await rt.db.withCompany(company, (tx) => hasBot(tx, added.accountId))) {
    const flow = JSON.parse(readFileSync(join(root, 'packages/flow-engine/examples/municipalidad.json'), 'utf8')) as unknown;
    await rt.db.withCompany(company, async (tx) => {
      const { bot_id } = await publishFlow(rt, tx, { bot: { name: BOT }, flow });
      await assignBot(rt, tx, added.accountId, bot_id);
    });
  }
  return added;
}

/** Points the sandbox's webhooks here; it checks our address with a handshake, so the server must be listening. */
export async function subscribeDemo(rt: Runtime, { account, sandboxUrl, serverUrl }: { account: AddedAccount; sandboxUrl: string; serverUrl: string }): Promise<void> {
  const answer = await rt.http.carrier.request({
    method: 'POST', url: `${sandboxUrl}/sandbox/webhook`, timeoutMs: 10_000,
    headers: { 'content-type': 'application/json' }, body: JSON.stringify({ callback_url: serverUrl + account.webhookPath, verify_token: account.verifyToken }),
  });
  if (answer.status >= 300) throw new Error(`the sandbox refuses the demo's webhook: ${answer.body.toString('utf8').slice(0, 500)}`);
}

async function demo(rt: Runtime): Promise<Company> {
  const find = async (): Promise<Company | undefined> => (await listCompanies(rt.db)).find((c) => c.slug === SLUG);
  try {
    return await find() ?? await createCompany(rt, demoCompany);
  } catch (error) {
    const other = isAppError(error) ? await find() : undefined;
    if (other) return other;
    throw error;
  }
}
