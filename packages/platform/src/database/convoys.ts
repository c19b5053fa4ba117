import type pg from 'pg';
import { groupOf, makePool, type DatabaseOptions } from './connections.ts';
import { DOUBTFUL } from './errors.ts';
import { Abandoned, Trip } from './trip.ts';
import type { CompanyRef, Tx } from './tx.ts';

/** Companies in one transaction. Beyond it the first waits longer for the last than a shared commit saves. */
const MOST = 64;
/** Those that must go on their own at once, side by side: more would take the connections of everybody else. */
const ALONE_ABREAST = 3;
// Plans are kept per company and would be made five times each before PostgreSQL settles for a general one; and made for tables
// that were empty then, they must not read whole tables later.
const SETTINGS = ['set plan_cache_mode to force_generic_plan', 'set enable_seqscan to off'];

interface Member {
  readonly company: CompanyRef;
  readonly fn: (tx: Tx) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  /** It was given up because of somebody else. */
  tries: number;
}
type Alone = <T>(company: CompanyRef, fn: (tx: Tx) => Promise<T>) => Promise<T>;

/** Work of many companies in few transactions. A company always goes by the same convoy, and once in each transaction. */
export class Convoys {
  readonly #all: readonly Convoy[];

  constructor(options: DatabaseOptions, count: number, alone: Alone) {
    this.#all = Array.from({ length: count }, () => new Convoy(options, alone));
  }

  join<T>(company: CompanyRef, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#all[groupOf(company.id, this.#all.length)]!.join(company, fn);
  }

  async end(): Promise<void> {
    await Promise.all(this.#all.map((c) => c.end()));
  }
}

class Convoy {
  readonly #pool: pg.Pool;
  readonly #alone: Alone;
  #waiting: Member[] = [];
  #underWay: readonly CompanyRef[] = [];
  #planned = false;
  #lonely: Member[] = [];
  #lonelyRunning = 0;

  constructor(options: DatabaseOptions, alone: Alone) {
    this.#pool = makePool(options, 1, SETTINGS);
    this.#alone = alone;
  }

  join<T>(company: CompanyRef, fn: (tx: Tx) => Promise<T>): Promise<T> {
    // Where one company has all the work, its transactions run side by side as they always do.
    const busy = this.#underWay.length > 0;
    if (busy && this.#underWay.every((c) => c.id === company.id) && this.#waiting.every((m) => m.company.id === company.id)) return this.#alone(company, fn);
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ company, fn, resolve: resolve as Member['resolve'], reject, tries: 0 });
      this.#plan();
    });
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  #plan(): void {
    if (this.#planned || this.#underWay.length > 0 || this.#waiting.length === 0) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      void this.#leave();
    });
  }

  async #leave(): Promise<void> {
    const members = this.#next();
    this.#underWay = members.map((m) => m.company);
    try {
      await this.#travel(members);
    } catch (error) {
      for (const m of members) m.reject(error as Error);
    } finally {
      this.#underWay = [];
      this.#plan();
    }
  }

  /** Who waits longest, each company once. */
  #next(): Member[] {
    const companies = new Set<string>();
    const members: Member[] = [];
    const rest: Member[] = [];
    for (const m of this.#waiting) {
      if (members.length === MOST || companies.has(m.company.id)) rest.push(m);
      else {
        companies.add(m.company.id);
        members.push(m);
      }
    }
    this.#waiting = rest;
    return members;
  }

  async #travel(members: readonly Member[]): Promise<void> {
    const client = await this.#pool.connect();
    let broken = true;
    try {
      const trip = new Trip(client);
      const here = new Set(await trip.begin(members.map((m) => m.company)));
      for (const m of members) if (!here.has(m.company)) this.#goAlone(m);
      const going = members.filter((m) => here.has(m.company));
      const values = new Map<Member, unknown>();
      await Promise.all(going.map(async (m) => {
        const tx = trip.member(m.company);
        try {
          values.set(m, await m.fn(tx));
          trip.relaxed &&= tx.relaxed;
        } catch (error) {
          trip.fail(error as Error, error instanceof Abandoned ? undefined : tx);
          if (trip.failure?.member === tx) m.tries = Infinity;
        }
      }));
      if (!trip.failure) await trip.commit().catch((error: Error) => trip.fail(error, undefined));
      if (!trip.failure) {
        broken = false;
        for (const hook of trip.hooks) hook();
        for (const m of going) m.resolve(values.get(m));
        return;
      }
      const { error } = trip.failure;
      if (DOUBTFUL.test(error.message)) throw error;
      broken = await trip.rollback().then(() => false, () => true);
      if (broken) throw error;
      this.#again(going, trip.failure.member !== undefined && trip.failure.member !== trip.whole);
    } finally {
      client.release(broken);
    }
  }

  /** Nothing of it was done. Who spoilt it goes on its own, the others once more together; where nobody knows who it was, all on their own. */
  #again(members: readonly Member[], known: boolean): void {
    const back: Member[] = [];
    for (const m of members) {
      m.tries += 1;
      if (known && m.tries < 3) back.push(m);
      else this.#goAlone(m);
    }
    this.#waiting = [...back, ...this.#waiting];
  }

  #goAlone(member: Member): void {
    this.#lonely.push(member);
    if (this.#lonelyRunning >= ALONE_ABREAST) return;
    this.#lonelyRunning += 1;
    void this.#oneByOne();
  }

  async #oneByOne(): Promise<void> {
    for (let m = this.#lonely.shift(); m; m = this.#lonely.shift()) await this.#alone(m.company, m.fn).then(m.resolve, m.reject);
    this.#lonelyRunning -= 1;
  }
}
