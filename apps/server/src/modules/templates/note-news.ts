import type { Tx } from '@centralita/platform/database';
import type { AccountTold } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { routeById } from '../accounts/index.ts';
import { applyNews, syncSooner } from './store.ts';

/** What webhooks say of templates: believed at once; what they do not say in full is read from the carrier soon. */
export async function noteNews(rt: Runtime, tx: Tx, told: readonly AccountTold[]): Promise<void> {
  const stale = new Set<string>();
  for (const { route_id, field, payload } of told) {
    const route = await routeById(rt, route_id);
    const news = rt.providers[route?.provider ?? '']?.templates?.told?.(field, payload);
    if (!news) continue;
    const routes = await applyNews(tx, news);
    if (news.status === 'gone') continue;
    // A template nobody here knows yet, and one whose words changed.
    if (routes.length === 0 || news.status === undefined) for (const id of [route_id, ...routes]) stale.add(id);
  }
  if (stale.size === 0) return;
  tx.onCommit(() => void syncSooner(rt.db, [...stale], new Date(rt.clock.now())).catch((error: unknown) => rt.log.warn({ error }, 'templates will be read at their usual time only')));
}
