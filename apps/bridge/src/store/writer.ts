import { defineSql, isDatabaseAway, type Database } from '@centralita/platform/database';
import { LeaseLost } from '@centralita/platform/lanes';
import { warnSeldom, type Logger } from '@centralita/platform/log';
import type { Sealer } from '@centralita/platform/crypto';
import type { StoredMessage } from '../engine.ts';

/** What of one session is written together: keys, and the facts that were learnt with them. */
export interface Batch {
  readonly session: SessionLease;
  readonly keys: readonly KeyRow[];
  readonly messages: readonly StoredMessage[];
  /** A receipt's body; undefined: nothing to tell. */
  readonly receipt: Buffer | undefined;
  readonly done: () => void;
  readonly fail: (error: Error) => void;
}
export interface KeyRow {
  readonly type: string;
  readonly id: string;
  readonly value: string | null;
}
/** The lease that a commit is fenced by. */
export interface SessionLease {
  readonly id: string;
  readonly epoch: number;
  readonly appId: string;
}

export interface WriterOptions {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly hostId: string;
  readonly log: Logger;
  /** Receipts were committed: whoever unpacks them may be woken. */
  onReceipts?(count: number): void;
  /** One commit, for figures: sessions in it, seconds it took. */
  onCommit?(sessions: number, seconds: number): void;
}

/** A transaction with more than so many sessions or bytes makes the first of them wait for the last. */
const MOST_BATCHES = 200;
const MOST_BYTES = 8 * 1024 * 1024;
const AGAIN_MS = 250;

// One statement without a transaction around it: a commit costs one trip to the database however much is in it, and a host that is
// stopped in the middle holds no lock that others would wait for. All of it or nothing: when a lease is gone, nothing is written, and the
// rest is tried again without that session. The lanes are rung last: their rows are what everybody shares.
const COMMIT = defineSql('bridge_commit', `
  with held as materialized (
    select s.id from {s}.web_sessions s join unnest($1::uuid[], $2::bigint[]) as u(id, epoch) on u.id = s.id and u.epoch = s.epoch
     where s.owner = $3 order by s.id for share of s
  ), mine as materialized (select count(*) = cardinality($1::uuid[]) as whole from held), puts as (
    insert into {s}.web_session_keys as k (session_id, type, id, value)
    select u.* from mine, unnest($4::uuid[], $5::text[], $6::text[], $7::text[]) as u where mine.whole
    on conflict (session_id, type, id) do update set value = excluded.value
  ), drops as (
    delete from {s}.web_session_keys k using mine, unnest($8::uuid[], $9::text[], $10::text[]) as u(session, type, id)
     where mine.whole and k.session_id = u.session and k.type = u.type and k.id = u.id
  ), messages as (
    insert into {s}.web_session_messages as m (session_id, id, chat, from_me, participant, content)
    select u.* from mine, unnest($11::uuid[], $12::text[], $13::text[], $14::boolean[], $15::text[], $16::text[]) as u where mine.whole
    on conflict (session_id, id) do update set content = coalesce(excluded.content, m.content)
  ), receipts as (
    select {s}.append_receipts($17::uuid[], $18::text[], $19::integer[], $20::bytea) from mine where mine.whole and cardinality($17::uuid[]) > 0
  ) select held.id, (select count(*) from receipts) as receipts from held`);

/**
 * Group commit over all sessions of a host, one transaction at a time: what comes while one is under way shares the next. Each batch
 * is fenced by its session's epoch; batches of a session whose lease is gone fail alone.
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #warn: (fields: Record<string, unknown>, text: string) => void;
  #waiting: Batch[] = [];
  #busy = false;
  #planned = false;
  #closed = false;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#warn = warnSeldom(options.log);
  }

  /** Batches of one session are committed in this order. */
  write(batch: Batch): void {
    if (this.#closed) {
      batch.fail(new Error('the host is stopping'));
      return;
    }
    this.#waiting.push(batch);
    this.#plan();
  }

  /** Whatever waits is refused from now on; what is under way ends. */
  close(): void {
    this.#closed = true;
    for (const batch of this.#waiting.splice(0)) batch.fail(new Error('the host is stopping'));
  }

  /** Forgets what waits of a session that this host gave up. */
  drop(sessionId: string): void {
    const mine = this.#waiting.filter((b) => b.session.id === sessionId);
    this.#waiting = this.#waiting.filter((b) => b.session.id !== sessionId);
    for (const batch of mine) batch.fail(new LeaseLost('web session'));
  }

  #plan(): void {
    if (this.#planned || this.#busy || this.#waiting.length === 0) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const batches = this.#next();
    try {
      await this.#commit(batches);
    } catch (error) {
      if ((isDatabaseAway(error) || isDeadlock(error)) && !this.#closed) {
        this.#warn({ error: (error as Error).message, batches: batches.length }, 'what sessions learnt could not be written now; it waits');
        this.#waiting = [...batches, ...this.#waiting];
        await new Promise((resolve) => {
          setTimeout(resolve, AGAIN_MS);
        });
      } else await this.#oneByOne(batches);
    } finally {
      this.#busy = false;
      this.#plan();
    }
  }

  /** One session must not take the others down with it. */
  async #oneByOne(batches: readonly Batch[]): Promise<void> {
    for (const batch of batches) {
      try {
        await this.#commit([batch]);
      } catch (error) {
        this.#options.log.error({ error, session: batch.session.id }, 'what a session learnt could not be written');
        batch.fail(error as Error);
      }
    }
  }

  #next(): Batch[] {
    let bytes = 0;
    let count = 0;
    for (const batch of this.#waiting) {
      bytes += (batch.receipt?.length ?? 0) + batch.keys.reduce((n, k) => n + (k.value?.length ?? 0), 0);
      if (count > 0 && (count >= MOST_BATCHES || bytes > MOST_BYTES)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(batches: readonly Batch[]): Promise<void> {
    if (batches.length === 0) return;
    const from = performance.now();
    const rows = prepare(batches, this.#options.sealer);
    const held = await this.#run(batches, rows);
    const lost = batches.filter((b) => !held.has(b.session.id));
    for (const batch of lost) batch.fail(new LeaseLost('web session'));
    if (lost.length > 0) {
      await this.#commit(batches.filter((b) => held.has(b.session.id)));
      return;
    }
    this.#options.onCommit?.(held.size, (performance.now() - from) / 1000);
    if (rows.receipts.length > 0) this.#options.onReceipts?.(rows.receipts.length);
    for (const batch of batches) batch.done();
  }

  async #run(batches: readonly Batch[], { puts, drops, messages, receipts }: Rows): Promise<Set<string>> {
    const leases = new Map(batches.map((b) => [b.session.id, b.session.epoch]));
    const held = await this.#options.db.query<{ id: string }>(COMMIT, [
      [...leases.keys()], [...leases.values()], this.#options.hostId,
      puts.map((r) => r.session), puts.map((r) => r.type), puts.map((r) => r.id), puts.map((r) => r.sealed),
      drops.map((r) => r.session), drops.map((r) => r.type), drops.map((r) => r.id),
      messages.map((r) => r.session), messages.map((r) => r.message.id), messages.map((r) => r.message.chat), messages.map((r) => r.message.fromMe),
      messages.map((r) => r.message.participant ?? null), messages.map((r) => r.sealed),
      receipts.map((r) => r.session.appId), receipts.map((r) => `bridge ${r.session.id}`), receipts.map((r) => r.body.length), Buffer.concat(receipts.map((r) => r.body)),
    ]);
    return new Set(held.map((r) => r.id));
  }
}

interface Rows {
  readonly puts: readonly { readonly session: string; readonly type: string; readonly id: string; readonly sealed: string }[];
  readonly drops: readonly { readonly session: string; readonly type: string; readonly id: string }[];
  readonly messages: readonly { readonly session: string; readonly message: StoredMessage; readonly sealed: string | null }[];
  readonly receipts: readonly { readonly session: SessionLease; readonly body: Buffer }[];
}

/** The last value of each key and message: a statement may touch a row only once. */
function prepare(batches: readonly Batch[], sealer: Sealer): Rows {
  const keys = new Map<string, { session: string; type: string; id: string; value: string | null }>();
  const messages = new Map<string, { session: string; message: StoredMessage }>();
  for (const { session, keys: own, messages: said } of batches) {
    for (const key of own) keys.set(`${session.id} ${key.type} ${key.id}`, { session: session.id, ...key });
    for (const message of said) {
      const name = `${session.id} ${message.id}`;
      messages.set(name, { session: session.id, message: { ...messages.get(name)?.message, ...message } });
    }
  }
  const all = [...keys.values()];
  return {
    puts: all.filter((k) => k.value !== null).map(({ session, type, id, value }) => ({ session, type, id, sealed: sealer.seal(value!) })),
    drops: all.filter((k) => k.value === null),
    messages: [...messages.values()].map(({ session, message }) => ({ session, message, sealed: message.content === undefined ? null : sealer.seal(message.content) })),
    receipts: batches.flatMap(({ session, receipt }) => (receipt ? [{ session, body: receipt }] : [])),
  };
}

const isDeadlock = (error: unknown): boolean => (error as { code?: string }).code === '40P01';
