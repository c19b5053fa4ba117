import type { WebhookSecrets } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { allApps, allRoutes } from './store.ts';

export interface WebhookWish {
  readonly companyId: string;
  readonly provider: string;
  readonly senderId: string;
  /** Undefined: it is yet to be made up. */
  readonly appSecret: string | undefined;
  /** A name to begin with, such as the company's. */
  readonly base: string;
}

/** The webhook name a sender should get: the one it has, else that of the company's app with this secret, else a free one. */
export async function suggestWebhook(rt: Runtime, { companyId, provider, senderId, appSecret, base }: WebhookWish): Promise<string> {
  const apps = (await allApps(rt.db)).filter((a) => a.provider === provider);
  const own = apps.filter((a) => a.company_id === companyId);
  const routes = await allRoutes(rt.db);
  const current = own.find((a) => routes.some((r) => r.app_id === a.id && r.sender_id === senderId && r.company_id === companyId));
  if (current) return current.slug;
  const same = own.find((a) => (JSON.parse(rt.sealer.open(a.secrets)) as WebhookSecrets).appSecret === appSecret);
  if (same) return same.slug;
  const taken = new Set(apps.map((a) => a.slug));
  for (let n = 1; ; n++) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(slug)) return slug;
  }
}
