import { warnSeldom } from '@centralita/platform/log';
import type { AccountTold } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { forgetAccounts, routeById } from './directory.ts';
import { writePhone } from './store-chain.ts';

/** A phone that was linked tells its number: it becomes that of the route, and of its account where nobody gave one. */
export function learnPhones(rt: Runtime): void {
  const warn = warnSeldom(rt.log);
  rt.events.on('account.told', (tx, told) => {
    const linked = told.filter((t) => t.field === 'session').flatMap((t) => {
      const phone = phoneOf(t);
      return phone === undefined ? [] : [{ route_id: t.route_id, phone }];
    });
    if (linked.length === 0) return;
    tx.onCommit(() => {
      for (const one of linked) void learn(rt, one).catch((error: Error) => warn({ error: error.message }, 'the number of a phone could not be written down'));
    });
  });
}

function phoneOf({ payload }: AccountTold): string | undefined {
  const phone = (payload as { me?: { phone?: unknown } }).me?.phone;
  return typeof phone === 'string' && /^\d{5,20}$/.test(phone) ? phone : undefined;
}

async function learn(rt: Runtime, { route_id, phone }: { readonly route_id: string; readonly phone: string }): Promise<void> {
  const route = await routeById(rt, route_id);
  if (!route || route.phone === phone) return;
  await rt.db.shared((tx) => writePhone(tx, { route_id, account_id: route.account_id, phone }));
  forgetAccounts(rt);
}
