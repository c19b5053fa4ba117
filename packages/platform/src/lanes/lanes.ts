import pg from 'pg';
import { groupBy } from '@centralita/kernel';
import { defineSql, type Database, type Tx } from '../database.ts';
import { warnSeldom, type Logger } from '../log.ts';
import { HeldClaim, LeaseLost, type Claim } from './claim.ts';
import { Pauses } from './pauses.ts';
import { runWorker, type LaneWorker, type WorkerOptions } from './worker.ts';

export interface RingItem {
  readonly key: string;
  /** Items of work added. Default 1. */
  readonly count?: number;
  /** When it is due; default now. */
  readonly due?: Date;
}
export interface Finish {
  readonly claim: Claim;
  /** Items of work taken off. */
  readonly done: number;
  /** When what is left is due; undefined: as it was (at once, unless it was later). */
  readonly due?: Date;
}
export interface LanesOptions {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly processId: string;
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  readonly log: Logger;
  onLeaseLost?(kind: string): void;
}
export interface LaneStatistics {
  readonly kind: string;
  readonly pending: number;
  readonly due: number;
  readonly active: number;
}

export interface Lanes {
  /** Rings lanes with the transaction that made the fact, at its end; owners hear it after the commit. */
  ring(tx: Tx, kind: string, items: readonly RingItem[]): Promise<void>;
  /** At the end of the transaction: takes finished work off and frees the lanes (or keeps them). The commit fails with LeaseLost, and nothing is written. */
  finish(tx: Tx, kind: string, items: readonly Finish[], keep?: boolean): Promise<void>;
  /** For a transaction that does not finish its lanes: its commit fails with LeaseLost, which names those that are gone. */
  fence(tx: Tx, claims: Claim | readonly Claim[]): Promise<void>;
  worker(options: WorkerOptions): LaneWorker;
  /** Wakes the workers of a kind, here and in other processes, without any transaction: for those who rang by a statement of their own. */
  kick(kind: string): void;
  /**
   * Nobody takes up lanes of this kind any more, or only those of these owners (companies, or keys of lanes). Whoever has one gives it
   * back when its batch is done; other processes hear of it with their next heartbeat.
   */
  pause(kind: string, paused: boolean, owners?: readonly string[]): Promise<void>;
  /** Whether lanes of this kind are paused: all of them, or those of one of these owners. As of the last heartbeat. */
  paused(kind: string, owners: readonly string[]): boolean;
  /** Lanes of a kind that somebody is working on; of these keys only, or all. */
  active(kind: string, keys?: readonly string[]): Promise<number>;
  statistics(): Promise<LaneStatistics[]>;
  /** Other processes that live on this database now. */
  peers(): Promise<number>;
  start(): Promise<void>;
  /** Waits for running work, frees every lease of this process. */
  stop(): Promise<void>;
}

interface Ring extends RingItem {
  readonly companyId: string | null;
}
interface Finishing extends Finish {
  readonly keep: boolean;
}
/** What a transaction does to lanes of one kind at its end. */
interface End {
  readonly rings: Ring[];
  readonly fences: HeldClaim[];
  readonly finishes: Finishing[];
}

const CHANNEL = 'centralita_lanes';
const POLL_MS = 1000;

const CLAIM = defineSql('lane_claim', `
  update {s}.lanes l set owner = $1, epoch = l.epoch + 1, rung = false, lease_until = now() + $2 * interval '1 millisecond'
    from (select kind, key from {s}.lanes
           where kind = $3 and pending > 0 and due_at <= now() and (owner is null or lease_until < now())
             and not exists (select 1 from {s}.lane_pauses p where p.kind = $3 and p.owner in (lanes.company_id, lanes.key))
             and not exists (select 1 from {s}.lane_kinds k where k.kind = $3 and k.paused_at is not null)
           order by due_at limit $4 for update skip locked) c
   where l.kind = c.kind and l.key = c.key
  returning l.kind, l.key, l.company_id, l.epoch, l.pending, l.attempts`);
const NEXT = defineSql('lane_next', `
  select k as kind, extract(epoch from (select greatest(due_at, coalesce(lease_until, due_at)) - now() from {s}.lanes
     where kind = k and pending > 0 and (owner is null or lease_until < now()) order by due_at limit 1))::float8 * 1000 as ms
    from unnest($1::text[]) as k`);
// Only what this process knows that it holds: a lane whose giving back was lost with the database's last moments is nobody's
// after its lease. All at once, rows that a transaction is just now working on are passed over, since waiting for several could
// wait in a circle; those are renewed one by one.
const BEAT = defineSql('lane_beat', `
  update {s}.lanes l set lease_until = now() + $2 * interval '1 millisecond'
    from (select l.kind, l.key from unnest($3::text[], $4::uuid[]) as h(kind, key) join {s}.lanes l on l.kind = h.kind and l.key = h.key
           where l.owner = $1 for update of l skip locked) mine
   where l.kind = mine.kind and l.key = mine.key returning l.kind, l.key, l.epoch`);
const BEAT_ONE = defineSql('lane_beat_one', `
  update {s}.lanes set lease_until = clock_timestamp() + $2 * interval '1 millisecond' where kind = $3 and key = $4 and owner = $1 and epoch = $5 returning key`);
const SEEN = defineSql('process_seen', `
  with me as (update {s}.processes set seen_at = now() where id = $1)
  select count(*)::integer as peers from {s}.processes where id <> $1 and seen_at > now() - interval '15 seconds'`);
const FAIL = defineSql('lane_fail', `
  update {s}.lanes l set owner = null, lease_until = null, attempts = l.attempts + u.failed, last_error = coalesce(u.error, l.last_error),
      due_at = case when u.failed = 1 then now() + u.delay * interval '1 millisecond' else l.due_at end
    from unnest($2::uuid[], $3::bigint[], $4::integer[], $5::float8[], $6::text[]) as u(key, epoch, failed, delay, error)
   where l.kind = $1 and l.key = u.key and l.epoch = u.epoch and l.owner is not null`);
const FREE = 'update {s}.lanes set owner = null, lease_until = null where owner = $1';
const STATISTICS = `
  select kind, sum(pending)::integer as pending, count(*) filter (where due_at <= now() and owner is null)::integer as due,
         count(*) filter (where owner is not null and lease_until >= now())::integer as active
    from {s}.lanes where pending > 0 group by kind`;

const ACTIVE = 'select count(*)::integer as n from {s}.lanes where kind = $1 and owner is not null and lease_until >= now() and ($2::uuid[] is null or key = any($2))';

const defaultBackoff = (attempts: number): number => Math.min(1000 * 2 ** attempts, 60_000);

export function createLanes(options: LanesOptions): Lanes {
  const { db, processId, log } = options;
  const warn = warnSeldom(log);
  const held = new Map<string, HeldClaim>();
  const rungWhileHeld = new Set<string>();
  const workers = new Map<string, LaneWorker>();
  const pauses = new Pauses(db);
  const timers = new Set<NodeJS.Timeout>();
  let peers = 0;
  let stopped = false;
  let listener: pg.Client | undefined;
  let notifyTimer: NodeJS.Timeout | undefined;
  const toNotify = new Set<string>();
  const idOf = (c: { kind: string; key: string }): string => `${c.kind} ${c.key}`;

  function kick(kind: string): void {
    workers.get(kind)?.kick();
  }

  /** After commit: the local worker now, other processes (if there are any) within 5 ms, one NOTIFY for all kinds. */
  function signal(kind: string): void {
    kick(kind);
    if (peers === 0 || stopped) return;
    toNotify.add(kind);
    notifyTimer ??= setTimeout(() => {
      notifyTimer = undefined;
      const kinds = [...toNotify].join(' ');
      toNotify.clear();
      db.query('select pg_notify($1, $2)', [CHANNEL, kinds]).catch((error: Error) => log.debug({ error: error.message }, 'doorbell not rung; others poll'));
    }, 5);
  }

  async function claim(kind: string, limit: number): Promise<Claim[]> {
    const until = performance.now() + options.leaseMs;
    const rows = await db.query<{ kind: string; key: string; company_id: string | null; epoch: number; pending: number; attempts: number }>(
      CLAIM, [processId, options.leaseMs, kind, limit]);
    return rows.map((row) => {
      const one = new HeldClaim(row, until);
      held.set(idOf(one), one);
      return one;
    });
  }

  /** What a handler did not finish goes back: with a failure and a delay when it threw, at once otherwise. */
  async function settle(claims: Claim[], error: unknown, worker: WorkerOptions): Promise<void> {
    const left = claims.filter((c) => held.get(idOf(c)) === c);
    for (const c of left) {
      held.delete(idOf(c));
      rungWhileHeld.delete(idOf(c));
    }
    const mine = left.filter((c) => !(c as HeldClaim).lost);
    if (error && !(error instanceof LeaseLost)) log.error({ kind: worker.kind, error, lanes: mine.length }, 'work of a lane failed; it will be tried again');
    if (mine.length === 0) return;
    const backoff = worker.backoff ?? defaultBackoff;
    const failed = error && !(error instanceof LeaseLost) ? 1 : 0;
    await db.query(FAIL, [worker.kind, mine.map((c) => c.key), mine.map((c) => c.epoch), mine.map(() => failed),
      mine.map((c) => backoff(c.attempts)), mine.map(() => (error ? String((error as Error).message).slice(0, 500) : null))]);
  }

  async function beat(): Promise<void> {
    const until = performance.now() + options.leaseMs;
    peers = (await db.query<{ peers: number }>(SEEN, [processId]))[0]?.peers ?? 0;
    await pauses.look();
    if (held.size === 0) return;
    const waiting = new Map(held);
    const rows = await db.query<{ kind: string; key: string; epoch: number }>(
      BEAT, [processId, options.leaseMs, [...waiting.values()].map((c) => c.kind), [...waiting.values()].map((c) => c.key)]);
    for (const row of rows) {
      if (waiting.get(idOf(row))?.epoch === row.epoch) renewed(waiting, idOf(row), until);
    }
    // A busy lane's row is locked at every moment by those who ring it. One lock alone waits for no circle.
    for (const [id, one] of waiting) {
      if (held.get(id) !== one) continue;
      const next = performance.now() + options.leaseMs;
      const kept = await db.query(BEAT_ONE, [processId, options.leaseMs, one.kind, one.key, one.epoch]);
      if (kept.length > 0) renewed(waiting, id, next);
    }
  }

  function renewed(waiting: Map<string, HeldClaim>, id: string, until: number): void {
    waiting.get(id)?.extend(until);
    waiting.delete(id);
  }

  async function poll(): Promise<void> {
    if (workers.size === 0) return;
    const rows = await db.query<{ kind: string; ms: number | null }>(NEXT, [[...workers.keys()]]);
    for (const { kind, ms } of rows) {
      if (ms === null || ms > POLL_MS) continue;
      if (ms <= 0) kick(kind);
      else {
        const timer = setTimeout(() => {
          timers.delete(timer);
          kick(kind);
        }, ms);
        timers.add(timer);
      }
    }
  }

  /** Repeats `fn`; a failing database is no reason to stop. */
  function every(ms: number, fn: () => Promise<void>): void {
    const run = (): void => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        fn().catch((error: Error) => log.debug({ error: error.message }, 'lanes: the database did not answer')).finally(() => {
          if (!stopped) run();
        });
      }, ms);
      timers.add(timer);
    };
    run();
  }

  async function listen(): Promise<void> {
    if (stopped) return;
    const client = new pg.Client({ connectionString: options.databaseUrl, connectionTimeoutMillis: 3000, application_name: 'centralita doorbell' });
    client.on('error', () => undefined);
    client.on('end', () => {
      if (stopped) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        void listen();
      }, POLL_MS);
      timers.add(timer);
    });
    client.on('notification', (n) => {
      for (const kind of (n.payload ?? '').split(' ')) kick(kind);
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      listener = client;
    } catch {
      // The 'end' event of a failed connection starts the next try; polling goes on meanwhile.
      await client.end().catch(() => undefined);
    }
  }

  // Rows of lanes are what every transaction shares: they are locked last, for a moment, kind by kind and key by key.
  // Of a transaction that several companies share, all at once.
  const ends = new WeakMap<Tx, Map<string, End>>();
  function endOf({ whole: tx }: Tx, kind: string): End {
    let kinds = ends.get(tx);
    if (!kinds) {
      const fresh = new Map<string, End>();
      ends.set(tx, kinds = fresh);
      tx.beforeCommit(async () => {
        for (const [name, end] of [...fresh].sort(([a], [b]) => (a < b ? -1 : 1))) {
          await ringAll(tx, name, end.rings);
          await holdAll(tx, name, end.fences);
          await finishAll(tx, name, end.finishes);
        }
      });
    }
    let end = kinds.get(kind);
    if (!end) kinds.set(kind, end = { rings: [], fences: [], finishes: [] });
    return end;
  }

  async function ringAll(tx: Tx, kind: string, items: readonly Ring[]): Promise<void> {
    if (items.length === 0) return;
    // One row per lane in key order: the lock order of every transaction that rings.
    const merged = [...groupBy(items, (i) => i.key)].map(([key, all]) => ({
      key, companyId: all[0]!.companyId, count: all.reduce((n, i) => n + (i.count ?? 1), 0),
      due: all.some((i) => !i.due) ? null : new Date(Math.min(...all.map((i) => i.due!.getTime()))),
    })).sort((a, b) => (a.key < b.key ? -1 : 1));
    const values = [kind, merged.map((m) => m.key), merged.map((m) => m.count), merged.map((m) => m.due)];
    // Who runs under a company's role rings for it; a transaction of several says for which.
    if (tx.company) await tx.query(RING, values);
    else await tx.query(RING_OF, [...values, merged.map((m) => m.companyId)]);
    tx.onCommit(() => {
      // Those that are worked on here cannot be claimed before they are given back.
      const mine = merged.filter((m) => held.get(`${kind} ${m.key}`)?.fresh());
      for (const m of mine) rungWhileHeld.add(`${kind} ${m.key}`);
      if (mine.length < merged.length) signal(kind);
    });
  }

  async function holdAll(tx: Tx, kind: string, claims: readonly HeldClaim[]): Promise<void> {
    if (claims.length === 0) return;
    const rows = await tx.query<{ key: string }>(LOST, [kind, claims.map((c) => c.key), claims.map((c) => c.epoch)]);
    if (rows.length === 0) return;
    const lost = new Set(rows.map((r) => r.key));
    const gone = claims.filter((c) => lost.has(c.key));
    for (const one of gone) one.lost = true;
    options.onLeaseLost?.(kind);
    throw new LeaseLost(kind, gone);
  }

  async function finishAll(tx: Tx, kind: string, items: readonly Finishing[]): Promise<void> {
    if (items.length === 0) return;
    const claims = items.map((i) => i.claim as HeldClaim);
    const rows = await tx.query<{ n: number }>(FINISH, [kind, claims.map((c) => c.key), claims.map((c) => c.epoch), claims.map((c) => c.seen),
      items.map((i) => i.done), items.map((i) => i.due ?? null), items.map((i) => !i.keep)]);
    if (rows[0]?.n !== items.length) {
      options.onLeaseLost?.(kind);
      if (claims.length === 1) claims[0]!.lost = true;
      throw new LeaseLost(kind);
    }
    tx.onCommit(() => {
      items.forEach((item, i) => {
        const one = claims[i]!;
        one.seen = Math.max(one.seen - item.done, 0);
        // It may have been claimed again already, by another loop of this process.
        if (!item.keep && held.get(idOf(one)) === one) held.delete(idOf(one));
      });
      if (items.filter((item, i) => !item.keep && rungWhileHeld.delete(idOf(claims[i]!))).length > 0) signal(kind);
    });
  }

  return {
    async ring(tx, kind, items) {
      if (items.length > 0) endOf(tx, kind).rings.push(...items.map((i) => ({ ...i, companyId: tx.company?.id ?? null })));
    },
    async finish(tx, kind, items, keep = false) {
      if (items.length > 0) endOf(tx, kind).finishes.push(...items.map((i) => ({ ...i, keep })));
    },
    async fence(tx, claims) {
      for (const claim of Array.isArray(claims) ? claims as readonly Claim[] : [claims as Claim]) endOf(tx, claim.kind).fences.push(claim as HeldClaim);
    },
    worker(workerOptions) {
      const worker = runWorker(workerOptions, { claim, settle, onError: (error) => warn({ error: (error as Error).message, kind: workerOptions.kind }, 'lanes: the database did not answer') });
      workers.set(workerOptions.kind, worker);
      return worker;
    },
    kick: signal,
    async pause(kind, paused, owners) {
      await pauses.set(kind, paused, owners);
      if (!paused) signal(kind);
    },
    paused: (kind, owners) => pauses.has(kind, owners),
    active: async (kind, keys) => (await db.query<{ n: number }>(ACTIVE, [kind, keys ?? null]))[0]!.n,
    statistics: () => db.query<LaneStatistics>(STATISTICS),
    peers: async () => (await db.query<{ peers: number }>(SEEN, [processId]))[0]?.peers ?? 0,
    async start() {
      await beat();
      await listen();
      every(options.heartbeatMs, beat);
      every(POLL_MS, poll);
      await poll();
    },
    async stop() {
      await Promise.all([...workers.values()].map((w) => w.stop()));
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      clearTimeout(notifyTimer);
      await listener?.end().catch(() => undefined);
      await db.query(FREE, [processId]).catch((error: Error) => log.warn({ error: error.message }, 'leases not freed; they expire by themselves'));
      await db.query('delete from {s}.processes where id = $1', [processId]).catch(() => undefined);
    },
  };
}

const RING = defineSql('lane_ring', 'select {s}.ring_lanes($1, $2::uuid[], $3::integer[], $4::timestamptz[])');
const RING_OF = defineSql('lane_ring_of', 'select {s}.ring_lanes_of($1, $2::uuid[], $3::integer[], $4::timestamptz[], $5::uuid[])');
const FINISH = defineSql('lane_finish', 'select {s}.finish_lanes($1, $2::uuid[], $3::bigint[], $4::integer[], $5::integer[], $6::timestamptz[], $7::boolean[]) as n');
const LOST = defineSql('lanes_lost', 'select key from {s}.lanes_lost($1, $2::uuid[], $3::bigint[]) as key');
