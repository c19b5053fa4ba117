import type { CompanyRef } from '@centralita/platform/database';
import type { SendOutcome } from '../../messaging/index.ts';
import type { FoundSent } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { carrierContext, routesInUse, type Route } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { ringPumps } from './doorbell.ts';
import { LANE } from './enqueue-messages.ts';
import { settleOutcomes } from './settle-outcomes.ts';
import { lockDeliveries, matchRemote } from './store.ts';
import { lastTry, unknownOnes, type UnknownRow } from './store-outcomes.ts';

/** Messages asked about in one round. */
const AT_ONCE = 100;
/** Parts of the wait for an outcome: the first question comes after one, the next ones after three each. */
const FIRST = 0.05;
const EVERY = 0.15;
/** From here on the carrier's "I do not have it" is believed: what it has not got after so long it will not get. */
const RIPE = 0.75;

/**
 * Asks carriers about messages whose send was not answered, while the wait for a status goes on (design §3.4). What the carrier has is
 * settled under its id, and nobody waits any longer. What it certainly has not is sent again, by this or another number.
 */
export class OutcomeQuestions {
  readonly #rt: Runtime;
  /** When each was asked about last, and whether its "no" counted. */
  readonly #asked = new Map<string, { readonly at: number; readonly ripe: boolean }>();

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  async round(): Promise<void> {
    const rt = this.#rt;
    const routes = new Map((await routesInUse(rt)).filter((r) => r.status === 'active' && rt.providers[r.provider]?.outcomes).map((r) => [r.id, r]));
    const open = routes.size === 0 ? [] : await unknownOnes(rt.db, [...routes.keys()], AT_ONCE);
    const there = new Set(open.map((o) => o.message_id));
    for (const id of this.#asked.keys()) if (!there.has(id)) this.#asked.delete(id);
    // One after the other: two that say the same must not both be taken for the one the carrier has.
    for (const one of open) {
      const ripe = this.#due(one);
      if (ripe !== undefined) await this.#ask(one, { route: routes.get(one.route_id)!, ripe });
    }
  }

  /** Undefined: not now. True: a "no" counts. */
  #due({ message_id, due_at }: UnknownRow): boolean | undefined {
    const wait = this.#rt.config.unknownWaitSeconds * 1000;
    const now = this.#rt.clock.now();
    const age = wait - (due_at.getTime() - now);
    const ripe = age >= wait * RIPE;
    const last = this.#asked.get(message_id);
    const due = last === undefined ? age >= wait * FIRST : now - last.at >= wait * EVERY || (ripe && !last.ripe);
    if (!due) return undefined;
    this.#asked.set(message_id, { at: now, ripe });
    return ripe;
  }

  async #ask(one: UnknownRow, { route, ripe }: { route: Route; ripe: boolean }): Promise<void> {
    const rt = this.#rt;
    const carrier = rt.providers[route.provider]!.outcomes!;
    const ref = await company(rt, route.company_id);
    const sent = await rt.db.withCompany(ref, (tx) => lastTry(tx, one.message_id));
    if (!sent) return;
    const { to, content } = sent.request;
    const found = await carrier.find(await carrierContext(rt, route), { to, content, since: sent.started_at.getTime() });
    if (found === undefined || 'class' in found) {
      if (found) rt.log.info({ message: one.message_id, route: route.id, error: found }, 'the carrier could not be asked what became of a message');
      return;
    }
    await this.#settle(ref, one, { route, number: sent.number, found, believed: ripe && carrier.complete });
  }

  async #settle(ref: CompanyRef, { message_id, attempts }: UnknownRow, { route, number, found, believed }: { route: Route; number: number; found: FoundSent; believed: boolean }): Promise<void> {
    const rt = this.#rt;
    const settled = await rt.db.withCompany(ref, async (tx) => {
      const [row] = await lockDeliveries(tx, [message_id]);
      if (row?.status !== 'sending' || row.route_id !== route.id) return undefined;
      // Another process asked as well, was told no, and the next try is under way: the answer was about the one before.
      if ((await lastTry(tx, message_id))?.number !== number) return undefined;
      const known = new Set((await matchRemote(tx, [...found.same, ...found.others].map((remote_id) => ({ route_id: route.id, remote_id })))).map((m) => m.remote_id));
      const remote_id = found.same.find((id) => !known.has(id));
      // One that nobody sent here says something else: perhaps the carrier only writes it in another way.
      if (remote_id === undefined && (!believed || found.others.some((id) => !known.has(id)))) return undefined;
      const outcome: SendOutcome = remote_id !== undefined ? { outcome: 'accepted', remote_id }
        : { outcome: 'retry', after_ms: 0, error: { class: 'retry', code: 'not_taken', title: 'The answer got lost, and the carrier does not have the message.' } };
      await settleOutcomes(rt, tx, [{ message_id, route_id: route.id, attempts, outcome }]);
      await rt.lanes.ring(tx, LANE, [{ key: route.id, count: 0 }]);
      tx.onCommit(() => ringPumps(rt, [route.id]));
      return outcome.outcome;
    });
    if (settled) rt.log.info({ message: message_id, route: route.id, has: settled === 'accepted' }, 'the carrier told what became of a message');
  }
}
