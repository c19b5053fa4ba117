import type { AccountMetrics, MetricsQuery } from '@centralita/contracts/api';
import { encodeId, uuidFloor } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { routesOfAccount } from '../accounts/index.ts';
import type { Caller } from '../companies/index.ts';
import { conversationFigures, timelineFigures } from '../conversations/index.ts';
import { deliveryFigures } from '../delivery/index.ts';
import { errors } from './errors.ts';

const DAY_MS = 86_400_000;

/** Figures of an account in a period, counted from its rows. Throws `api.period`. */
export async function accountMetrics(rt: Runtime, caller: Caller, { account_id, query }: { account_id: string; query: (typeof MetricsQuery)['_zod']['output'] }): Promise<AccountMetrics> {
  const to = query.to === undefined ? rt.clock.now() : Date.parse(query.to);
  const from = query.from === undefined ? to - DAY_MS : Date.parse(query.from);
  if (from >= to) throw errors.period();
  const routes = (await routesOfAccount(rt, account_id)).map((r) => r.id);
  const ids = { from: uuidFloor(from), to: uuidFloor(to) };
  return rt.db.withCompany(caller.company, async (tx) => {
    const said = await timelineFigures(tx, account_id, ids);
    const conversations = await conversationFigures(tx, account_id, { from: new Date(from), to: new Date(to) });
    const { statuses, p50, p95 } = await deliveryFigures(tx, routes, ids);
    const n = (...names: Parameters<typeof statuses.get>[0][]): number => names.reduce((sum, name) => sum + (statuses.get(name) ?? 0), 0);
    return {
      account_id: encodeId('acc', account_id), from: new Date(from).toISOString(), to: new Date(to).toISOString(),
      messages: {
        received: said.received, sent: n('accepted', 'sent', 'delivered', 'read', 'played'), delivered: n('delivered', 'read', 'played'), read: n('read', 'played'),
        failed: n('failed'), queued: n('queued', 'sending'), unknown: n('unknown'), by_author: { bot: said.bot, agent: said.agent, api: said.api, echo: said.echo },
      },
      conversations: { total: conversations.total, open: conversations.open, active: said.active, started: conversations.started, waiting_for_a_person: conversations.waiting },
      acceptance_ms: { p50: p50 === null ? null : Math.round(p50), p95: p95 === null ? null : Math.round(p95) },
    };
  });
}
