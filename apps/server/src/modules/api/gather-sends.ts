import { AppError } from '@centralita/kernel';
import { isDatabaseAway, type CompanyRef, type Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { deliveryStates, type DeliveryRow } from '../delivery/index.ts';
import { deliveriesOf, type Expected } from './await-delivery.ts';
import { onceEach, onceName, type Once } from './idempotency.ts';
import { sendAll, type Order, type Sent } from './send-messages.ts';

/** Transactions of one company side by side. */
const ABREAST = 2;
/** Requests in one transaction. */
const MOST = 50;

/** A message that one request asks for. */
export interface Ask {
  readonly order: Order;
  readonly once: Once;
  /** The caller waits for the carrier. */
  readonly wait: boolean;
}
export interface Gathered {
  readonly sent: Sent;
  /** Who does not wait learns how it stands from before the commit: after it, it may be on its way already. */
  readonly queued: DeliveryRow | undefined;
  /** For who waits, from before anybody can send it. Both are undefined where the message was made by an earlier request. */
  readonly expected: Expected | undefined;
}
interface Waiting {
  readonly ask: Ask;
  readonly resolve: (made: Gathered) => void;
  readonly reject: (error: Error) => void;
}

const all = new WeakMap<Runtime['db'], Map<string, Gathering>>();

/**
 * Says one thing, together with what other requests of the company ask for at the same time: a single one goes at once, and those
 * that come while two transactions run go in the next (a request of its own is some 15 statements, as many as fifty together). Each is
 * said or refused on its own: throws why not.
 */
export function gatherSend(rt: Runtime, company: CompanyRef, ask: Ask): Promise<Gathered> {
  let known = all.get(rt.db);
  if (!known) all.set(rt.db, known = new Map());
  const companies = known;
  let gathering = companies.get(company.id);
  if (!gathering) companies.set(company.id, gathering = new Gathering(rt, company, () => companies.delete(company.id)));
  return gathering.add(ask);
}

class Gathering {
  readonly #rt: Runtime;
  readonly #company: CompanyRef;
  readonly #onIdle: () => void;
  #waiting: Waiting[] = [];
  #running = 0;

  constructor(rt: Runtime, company: CompanyRef, onIdle: () => void) {
    this.#rt = rt;
    this.#company = company;
    this.#onIdle = onIdle;
  }

  add(ask: Ask): Promise<Gathered> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, resolve, reject });
      if (this.#running < ABREAST) void this.#go();
    });
  }

  async #go(): Promise<void> {
    this.#running += 1;
    while (this.#waiting.length > 0) await this.#together(this.#next());
    this.#running -= 1;
    if (this.#running === 0) this.#onIdle();
  }

  /** In the order they came; the second under the same key waits for the first. */
  #next(): Waiting[] {
    const names = new Set<string>();
    const members: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const one of this.#waiting) {
      const name = onceName(one.ask.once);
      if (members.length === MOST || (name !== undefined && names.has(name))) {
        rest.push(one);
        continue;
      }
      if (name !== undefined) names.add(name);
      members.push(one);
    }
    this.#waiting = rest;
    return members;
  }

  async #together(members: readonly Waiting[]): Promise<void> {
    const progress = { committing: false };
    try {
      const results = await makeAll(this.#rt, this.#company, { asks: members.map((m) => m.ask), progress });
      members.forEach(({ resolve, reject }, n) => {
        const result = results[n]!;
        if (result instanceof AppError) reject(result);
        else resolve(result);
      });
    } catch (error) {
      // Of a commit that failed nobody knows whether it was one: said again, all of it might be there twice. Before it nothing was done, and
      // where the fault is not the database's it is one request's: the others shall not suffer for it.
      if (members.length === 1 || progress.committing || isDatabaseAway(error)) for (const { reject } of members) reject(error as Error);
      else for (const one of members) await this.#together([one]);
    }
  }
}

function makeAll(rt: Runtime, company: CompanyRef, { asks, progress }: { readonly asks: readonly Ask[]; readonly progress: { committing: boolean } }): Promise<(Gathered | AppError)[]> {
  return rt.db.withCompany(company, async (tx: Tx) => {
    progress.committing = false;
    tx.beforeCommit(async () => void (progress.committing = true));
    const done = await onceEach<Sent>(tx, asks.map((a) => a.once), (places) => sendAll(rt, tx, places.map((n) => asks[n]!.order)));
    const fresh = done.map((d) => (d instanceof AppError || d.repeated ? undefined : d.value.message_id));
    const unwatched = fresh.filter((id, n) => id !== undefined && !asks[n]!.wait) as string[];
    const queued = new Map(unwatched.length === 0 ? [] : (await deliveryStates(tx, unwatched)).map((d) => [d.message_id, d]));
    const expected = new Map<string, Expected>();
    tx.onCommit(() => {
      fresh.forEach((id, n) => {
        if (id !== undefined && asks[n]!.wait) expected.set(id, deliveriesOf(rt).expect(id));
      });
    });
    return done.map((d, n): AppError | Gathered => {
      if (d instanceof AppError) return d;
      const id = fresh[n];
      return { sent: d.value, queued: id === undefined ? undefined : queued.get(id), get expected() {
        return id === undefined ? undefined : expected.get(id);
      } };
    });
  });
}
