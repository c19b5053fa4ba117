import { decodeId, newUuid } from '@centralita/kernel';
import type { Config } from '@centralita/platform/config';
import type { CompanyRef, Database, Tx } from '@centralita/platform/database';
import { secondPool, type TestDatabase } from '../../../../../../test/harness/database.ts';
import type { Scope } from '../../../../../../test/harness/defer.ts';
import { waitFor } from '../../../../../../test/harness/wait.ts';
import type { MessageClass, SendOutcome } from '../../../messaging/index.ts';
import type { Provider, SendRequest } from '../../../providers/contract.ts';
import { meta } from '../../../providers/meta/index.ts';
import type { Runtime } from '../../../runtime.ts';
import { companyWithAccount, startAlone, startProcess } from '../../../testing/runtime.ts';
import type { Route } from '../../accounts/index.ts';
import type { Company } from '../../companies/index.ts';
import { attemptHistory, deliveryStates, enqueueMessages, type DeliveryRow } from '../index.ts';
import { deliveryModule } from '../module.ts';

/** A carrier in the test's hand: it answers when told, and remembers what it was asked. */
export class Carrier {
  readonly asked: string[] = [];
  readonly #open = new Map<string, (outcome: SendOutcome) => void>();
  /** Answers everything at once while set. */
  ready = false;

  send(request: SendRequest): Promise<SendOutcome> {
    const id = decodeId('msg', request.correlation)!;
    this.asked.push(id);
    if (this.ready) return Promise.resolve({ outcome: 'accepted', remote_id: `wamid.${id}` });
    return new Promise((resolve) => {
      this.#open.set(id, resolve);
    });
  }

  got(id: string): Promise<unknown> {
    return waitFor(() => this.asked.includes(id), { what: 'the carrier to be asked' });
  }

  answer(id: string, outcome: SendOutcome = { outcome: 'accepted', remote_id: `wamid.${id}` }): void {
    const resolve = this.#open.get(id);
    if (!resolve) throw new Error('the carrier was not asked');
    resolve(outcome);
  }
}

/** A company with a number, on a database of its own, and its messages. */
export class Sender {
  readonly database: TestDatabase;
  readonly company: Company & CompanyRef;
  readonly route: Route;
  readonly contact = newUuid();
  readonly conversation = newUuid();
  readonly rt: Runtime;
  readonly #pumps: Runtime[] = [];

  constructor(database: TestDatabase, rt: Runtime, found: { company: Company; route: Route }) {
    this.database = database;
    this.rt = rt;
    this.company = found.company;
    this.route = found.route;
  }

  /** `rt`: whoever queues messages; it sends none. */
  static async open(t: Scope): Promise<Sender> {
    const { rt, database } = await startAlone(t, { config: { leaseHeartbeatSeconds: 0.1 } });
    const sender = new Sender(database, rt, await companyWithAccount(rt));
    await sender.inside(async (tx) => {
      await tx.query("insert into {c}.contacts (id, name) values ($1, 'Ana')", [sender.contact]);
      await tx.query('insert into {c}.conversations (id, account_id, contact_id, route_id) values ($1, $2, $3, $4)', [sender.conversation, sender.route.account_id, sender.contact, sender.route.id]);
    });
    return sender;
  }

  inside<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.db.withCompany(this.company, fn);
  }

  async queue(cls: MessageClass = 'reply', contact = this.contact): Promise<string> {
    const id = newUuid();
    await this.inside(async (tx) => {
      await tx.query("insert into {c}.messages (id, conversation_id, route_id, direction, author, content, at) values ($1, $2, $3, 'out', 'bot', '{}', now())", [id, this.conversation, this.route.id]);
      await enqueueMessages(this.rt, tx, [{ message_id: id, conversation_id: this.conversation, contact_id: contact, route_id: this.route.id, class: cls, to: { addresses: [{ kind: 'phone', value: '56911111111' }] }, content: { type: 'text', text: 'hola' } }]);
    });
    // They would hear it within a second.
    for (const rt of this.#pumps) rt.lanes.kick('delivery');
    return id;
  }

  async state(id: string): Promise<DeliveryRow> {
    return (await this.inside((tx) => deliveryStates(tx, [id])))[0]!;
  }

  becomes(id: string, status: string): Promise<unknown> {
    return waitFor(async () => (await this.state(id)).status === status, { what: `the message to be ${status}` });
  }

  outcomes(id: string): Promise<(string | null)[]> {
    return this.inside(async (tx) => (await attemptHistory(tx, id)).map((a) => a.outcome));
  }

  outbox(): Promise<{ message_id: string; state: number; attempts: number }[]> {
    return this.database.db.query('select message_id, state, attempts from {s}.outbox order by id');
  }

  async lane(): Promise<{ owner: string | null; pending: number }> {
    return (await this.database.db.query<{ owner: string | null; pending: number }>("select owner, pending from {s}.lanes where kind = 'delivery' and key = $1", [this.route.id]))[0]!;
  }

  /** Everything sent and given back. */
  quiet(): Promise<unknown> {
    return waitFor(async () => (await this.lane()).owner === null && (await this.lane()).pending === 0 && (await this.outbox()).length === 0, { what: 'the lane to be given back, empty' });
  }

  /** A process that sends, with a carrier of its own. `around`: what its database does differently. */
  async pump(t: Scope, { config = {}, around = (db) => db }: { config?: Partial<Config>; around?: (db: Database) => Database } = {}): Promise<{ rt: Runtime; carrier: Carrier }> {
    const pool = secondPool(t, this.database);
    const carrier = new Carrier();
    const rt = await startProcess(t, { database: { ...pool, db: around(pool.db) }, modules: [{ name: 'carrier', work: (of) => {
      (of.providers as Record<string, Provider>)['meta'] = { ...meta, send: (_context, request) => carrier.send(request) };
    } }, deliveryModule], config: { unknownWaitSeconds: 60, ...config } });
    this.#pumps.push(rt);
    return { rt, carrier };
  }
}

/** A place in a process where it stands still while the gate is closed. */
export class Gate {
  #shut: Promise<void> | undefined;
  #release: () => void = () => undefined;
  #reached: () => void = () => undefined;

  /** Resolves when somebody stands before it. */
  close(): Promise<void> {
    this.#shut = new Promise((resolve) => {
      this.#release = resolve;
    });
    return new Promise((resolve) => {
      this.#reached = resolve;
    });
  }

  open(): void {
    this.#shut = undefined;
    this.#release();
  }

  async pass(): Promise<void> {
    if (!this.#shut) return;
    this.#reached();
    await this.#shut;
  }
}
/** Gates at everything a process asks of its database, before a transaction of a company begins its work, and after its commit. */
export function gates(): { asleep: Gate; within: Gate; after: Gate; around: (db: Database) => Database } {
  const [asleep, within, after] = [new Gate(), new Gate(), new Gate()];
  return {
    asleep, within, after,
    around: (db) => ({
      ...atTheDoors(db, (open) => async (company, fn) => {
        await asleep.pass();
        const value = await open(company, async (tx) => {
          await within.pass();
          return fn(tx);
        });
        await after.pass();
        return value;
      }),
      query: async <R extends object>(...args: Parameters<Tx['query']>): Promise<R[]> => {
        await asleep.pass();
        return db.query<R>(...args);
      },
    }),
  };
}

/** A database with something of ours around every transaction of a company. */
export function atTheDoors(db: Database, around: (open: Database['withCompany']) => Database['withCompany']): Database {
  return { ...db, withCompany: around((company, fn) => db.withCompany(company, fn)), together: around((company, fn) => db.together(company, fn)) };
}

/** A database whose answer to a commit is lost on the way, as often as asked. */
export function forgetful(): { around: (db: Database) => Database; lose(times: number): void } {
  let left = 0;
  return {
    lose: (times) => {
      left = times;
    },
    around: (db) => atTheDoors(db, (open) => async (company, fn) => {
      const value = await open(company, fn);
      if (left-- > 0) throw new Error('Connection terminated unexpectedly');
      return value;
    }),
  };
}
