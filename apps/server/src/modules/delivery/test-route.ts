import { encodeId, newUuid } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';
import type { CarrierError, OutboundContent, SendOutcome } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { carrierContext, type Route } from '../accounts/index.ts';
import { healthOf } from './health.ts';
import { explainer } from './apply-statuses.ts';
import { statusesByRemote } from './store-health.ts';

/** Sends one message by this route and no other, now and outside of every conversation, as an operator's test. Never throws. */
export async function testRoute(rt: Runtime, route: Route, { to, content }: { readonly to: string; readonly content: OutboundContent }): Promise<{ outcome: SendOutcome; ms: number }> {
  const provider = rt.providers[route.provider];
  const begun = performance.now();
  if (!provider) return { outcome: { outcome: 'rejected', error: { class: 'config', code: 'provider', title: `No provider is called ${route.provider}.` } }, ms: 0 };
  const refused = provider.check(content);
  if (refused) return { outcome: { outcome: 'rejected', error: refused }, ms: 0 };
  const outcome = await provider.send(await carrierContext(rt, route), { to: { addresses: [{ kind: 'phone', value: to }] }, content, correlation: encodeId('msg', newUuid()) })
    .catch((error: unknown): SendOutcome => {
      rt.log.error({ error, route: route.id, provider: route.provider }, 'a provider threw while it was tested');
      return { outcome: 'unknown', error: { class: 'unknown', code: 'internal', title: 'Sending was interrupted by an error of ours.' } };
    });
  healthOf(rt).sent(route.id, outcome);
  rt.metrics.sends.inc({ provider: route.provider, outcome: outcome.outcome });
  return { outcome, ms: Math.round(performance.now() - begun) };
}

/** What the carrier said of a test message since, oldest first. */
export async function testStatuses(rt: Runtime, company: CompanyRef, { route, remoteId }: { readonly route: Route; readonly remoteId: string }): Promise<{ status: string; at: Date; error: CarrierError | null }[]> {
  const rows = await rt.db.withCompany(company, (tx) => statusesByRemote(tx, route.id, remoteId));
  const explain = await explainer(rt, [route.id]);
  return rows.map((r) => ({ status: r.status, at: r.at, error: r.status === 'failed' ? explain(route.id)(r.errors) : null }));
}
