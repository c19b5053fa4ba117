import type { RouteCheck, RouteDetails, RouteList } from '@centralita/contracts/api';
import type { CarrierError } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { chainOf, routesOfAccount } from '../accounts/index.ts';
import { e164OrNull } from '../contacts/index.ts';
import { dailyAllowance, viewRoutes, type ProbeNote, type RouteView } from '../delivery/index.ts';
import { showRoute } from './show-account.ts';

/** The chain of an account as the API shows it, without any secret. */
export async function showChain(rt: Runtime, accountId: string): Promise<RouteList> {
  const [views, chain] = [await viewRoutes(rt, await routesOfAccount(rt, accountId)), await chainOf(rt, accountId)];
  return {
    routes: await Promise.all(views.map((view, position) => showDetails(rt, view, position))),
    fallback_threshold_errors: chain.threshold, fallback_cooldown_seconds: chain.cooldownMs / 1000,
  };
}

export const words = (error: CarrierError | null | undefined): { code: string; title: string; detail: string | null; class: string } | null =>
  (error ? { code: error.code, title: error.title, detail: error.detail ?? null, class: error.class } : null);

export const showCheck = (probe: ProbeNote): Omit<RouteCheck, 'route'> => ({
  ok: probe.ok, number: probe.display ?? null, error: words(probe.error), webhook: probe.webhook ? { state: probe.webhook.state, detail: probe.webhook.detail ?? null } : null,
});

const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

async function showDetails(rt: Runtime, { route, state, problems, breaker, health, waiting, counts }: RouteView, position: number): Promise<RouteDetails> {
  const sum = (...kinds: (typeof counts)[number]['kind'][]): number => counts.filter((c) => kinds.includes(c.kind)).reduce((n, c) => n + c.n, 0);
  const errors = new Map<string, { code: string; title: string | null; n: number; last_at: string }>();
  for (const { code, title, n, last_at } of counts.filter((c) => c.code !== '')) {
    const known = errors.get(code);
    const last = last_at.toISOString();
    errors.set(code, known ? { ...known, n: known.n + n, last_at: known.last_at > last ? known.last_at : last } : { code, title, n, last_at: last });
  }
  const { human, perSecond } = route.limits;
  return {
    ...await showRoute(rt, route), phone_number: e164OrNull(route.phone), position, state, problems: problems.map(({ code, detail }) => ({ code, detail })),
    breaker: breaker ? { reason: breaker.reason, opened_at: new Date(breaker.opened_at).toISOString(), next_probe_at: new Date(breaker.probe_at).toISOString() } : null,
    waiting,
    health: {
      last_received_at: iso(health?.received_at), last_status_at: iso(health?.status_at), last_accepted_at: iso(health?.accepted_at), last_failed_at: iso(health?.failed_at),
      last_error: words(health?.last_error), failures_in_a_row: health?.failures ?? 0, unanswered_since: iso(health?.unanswered_since), checked_at: iso(health?.probed_at),
      check: health?.probe ? showCheck(health.probe) : null,
    },
    last_24_hours: {
      accepted: sum('accepted'), refused: sum('rejected', 'retry'), unknown: sum('unknown'), failed_later: sum('failed'),
      errors: [...errors.values()].sort((a, b) => b.n - a.n).slice(0, 20),
    },
    pace: {
      mode: human ? 'human' : 'plain', chosen: route.settings.pace ?? null, per_second: human ? null : perSecond,
      per_day: human ? dailyAllowance(route, rt.clock.now()) : null, begun_last_24_hours: human ? sum('begun') : null, number_since: route.settings.number_since ?? null,
    },
  };
}
