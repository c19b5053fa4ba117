import { hostname } from 'node:os';
import { BRIDGE_CHANNELS } from '@centralita/contracts/bridge';
import { newUuid, type Clock } from '@centralita/kernel';
import type { Sealer } from '@centralita/platform/crypto';
import type { Database } from '@centralita/platform/database';
import { warnSeldom, type Logger } from '@centralita/platform/log';
import { listenTo } from '@centralita/platform/notifications';
import { settleMemory } from '@centralita/platform/settle-memory';
import type { Engine } from './engine.ts';
import { createFigures } from './figures.ts';
import type { HostRuntime } from './runtime.ts';
import { WebSession } from './session.ts';
import type { Settings } from './settings.ts';
import { beat, claimSessions, enterHost, leaveHost, ownedSessions, releaseSession, share, type Claimed, type HostRow } from './store/leases.ts';
import { noteActivity, tidy } from './store/states.ts';
import { Writer } from './store/writer.ts';

export interface HostOptions {
  readonly settings: Settings;
  readonly engine: Engine;
  readonly db: Database;
  readonly databaseUrl: string;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
}

/** Sessions that connect side by side: pairing and logging in cost some 50 ms of a core each. */
const CONNECTING = 8;
/** A session that nobody took for so many looks is taken beyond the fair share. */
const PATIENT_LOOKS = 2;
/** A hundred sessions have exchanged their first words some seconds after they connected. */
const SETTLE_MS = 5000;
const TIDY_MS = 3_600_000;

/** Runs web sessions: takes those that nobody runs, renews its lease over all of them, gives them back. */
export class Host {
  readonly id = newUuid();
  readonly rt: HostRuntime;
  readonly engine: Engine;
  readonly #o: HostOptions;
  readonly #sessions = new Map<string, WebSession>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #queue: (() => void)[] = [];
  readonly #warn: (fields: Record<string, unknown>, text: string) => void;
  #row: HostRow | undefined;
  #connecting = 0;
  #freshUntil = 0;
  #listener: { close(): Promise<void> } | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #lonely = 0;
  #draining = false;
  #kick: NodeJS.Timeout | undefined;
  #settling: NodeJS.Timeout | undefined;

  constructor(options: HostOptions) {
    this.#o = options;
    this.engine = options.engine;
    this.#warn = warnSeldom(options.log);
    const figures = createFigures();
    const writer = new Writer({
      db: options.db, sealer: options.sealer, hostId: this.id, log: options.log,
      onReceipts: () => this.#ringUnpacking(),
      onCommit: (sessions, seconds) => {
        figures.commitSessions.observe(sessions);
        figures.commitSeconds.observe(seconds);
      },
    });
    this.rt = {
      settings: options.settings, hostId: this.id, clock: options.clock, log: options.log, db: options.db, sealer: options.sealer, writer, figures,
      fresh: () => performance.now() < this.#freshUntil, turn: (work) => this.#turn(work),
    };
  }

  get sandbox(): boolean {
    return this.#o.settings.whatsapp.url !== undefined;
  }
  get version(): string {
    return this.#o.version;
  }
  get capacity(): number {
    return this.#o.settings.capacity ?? this.engine.capacity;
  }
  get draining(): boolean {
    return this.#draining;
  }
  get sessions(): readonly WebSession[] {
    return [...this.#sessions.values()];
  }
  session(id: string): WebSession | undefined {
    return this.#sessions.get(id);
  }

  /** Enters the list of hosts under this address and begins to take sessions. */
  async start(url: string): Promise<void> {
    const { settings, db } = this.#o;
    this.#row = { id: this.id, engine: this.engine.name, url, sandbox: this.sandbox, hostname: hostname(), pid: process.pid, version: this.#o.version, capacity: this.capacity };
    const from = performance.now();
    await enterHost(db, this.#row, settings.leaseMs);
    this.#freshUntil = from + settings.leaseMs;
    this.#listener = listenTo({ databaseUrl: this.#o.databaseUrl, channel: BRIDGE_CHANNELS.hosts, log: this.#o.log, onPayload: () => this.look(), onConnected: () => this.look() });
    this.#every(settings.heartbeatMs, () => this.#beat());
    this.#every(Math.min(settings.probeMs / 4, 5000), async () => {
      for (const session of this.#sessions.values()) session.tick();
    });
    this.#every(TIDY_MS, () => tidy(db, settings.messageDays));
    this.#settle();
    this.look();
  }

  /** Looks for sessions to take up, close or give up; one look at a time. */
  look(): void {
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#lookAgain = false;
    this.#looking = this.#look().catch((error: Error) => this.#warn({ error: error.message }, 'sessions could not be looked for; trying again')).finally(() => {
      this.#looking = undefined;
      if (this.#lookAgain) this.look();
    });
  }

  /** Gives a session to whoever takes it next, `to` first. */
  async release(session: WebSession, to?: string): Promise<void> {
    await session.handOver();
    await releaseSession(this.#o.db, session.row, { hostId: this.id, to });
    this.#forget(session);
  }

  /** Gives everything back at once and ends. */
  async stop(): Promise<void> {
    this.#draining = true;
    for (const timer of this.#timers) clearTimeout(timer);
    clearTimeout(this.#kick);
    clearTimeout(this.#settling);
    await this.#listener?.close();
    await this.#looking;
    await Promise.all(this.sessions.map((session) => session.handOver().catch((error: Error) => this.#o.log.warn({ error: error.message, session: session.row.id }, 'a session did not end as it should'))));
    this.rt.writer.close();
    await leaveHost(this.#o.db, this.id).catch((error: Error) => this.#o.log.warn({ error: error.message }, 'leases not freed; they expire by themselves'));
    await this.engine.close?.();
  }

  async #beat(): Promise<void> {
    const { settings, db } = this.#o;
    const from = performance.now();
    const kept = await beat(db, this.id, { leaseMs: settings.leaseMs, sessions: this.#sessions.size, rss: process.memoryUsage.rss(), draining: this.#draining }).catch((error: Error) => {
      this.#warn({ error: error.message }, 'the lease could not be renewed; trying again');
      return undefined;
    });
    if (kept === undefined) {
      // Another host may have taken the sessions already: not a word more.
      if (!this.rt.fresh()) await this.#abandonAll('the database did not answer for as long as the lease lasts');
      return;
    }
    // Somebody removed the row, or it was cleared away while this process was stopped.
    if (!kept) await enterHost(db, this.#row!, settings.leaseMs);
    this.#freshUntil = from + settings.leaseMs;
    const heard = new Map(this.sessions.flatMap((s) => {
      const at = s.takeHeard();
      return at ? [[s.row.id, at] as const] : [];
    }));
    await noteActivity(db, this.id, heard);
    this.look();
  }

  async #look(): Promise<void> {
    if (this.#draining || !this.#row || !this.rt.fresh()) return;
    await this.#reconcile();
    const { wanted, hosts, free } = await share(this.#o.db, this.#row);
    this.#lonely = free > 0 ? this.#lonely + 1 : 0;
    if (free === 0) return;
    const fair = Math.ceil(wanted / Math.max(hosts, 1));
    const most = this.#lonely > PATIENT_LOOKS ? this.capacity : Math.min(fair, this.capacity);
    const room = most - this.#sessions.size;
    if (room <= 0) return;
    for (const row of await claimSessions(this.#o.db, this.#row, room)) this.#take(row);
  }

  /** What the rows say against what runs here. */
  async #reconcile(): Promise<void> {
    const owned = new Map((await ownedSessions(this.#o.db, this.id)).map((r) => [r.id, r]));
    for (const session of this.sessions) {
      const row = owned.get(session.row.id);
      if (row?.epoch !== session.row.epoch) await session.abandon();
      else if (!row.wanted) void session.close('Stopped by an operator.');
      // Its receipts carry both: it begins anew under the new ones.
      else if (row.name !== session.row.name || row.app_id !== session.row.app_id) await this.release(session);
    }
    // Owned and not running here: a session that ended between two looks, given back so that it is claimed anew.
    for (const row of owned.values()) {
      if (!this.#sessions.has(row.id)) await releaseSession(this.#o.db, row, { hostId: this.id });
    }
  }

  #take(row: Claimed): void {
    const session = new WebSession(this.rt, { engine: this.engine, row, onEnd: (ended) => this.#forget(ended) });
    this.#sessions.set(row.id, session);
    void session.start();
  }

  #forget(session: WebSession): void {
    if (this.#sessions.get(session.row.id) === session) this.#sessions.delete(session.row.id);
  }

  async #abandonAll(why: string): Promise<void> {
    if (this.#sessions.size === 0) return;
    this.#o.log.warn({ sessions: this.#sessions.size }, `sessions given up: ${why}`);
    await Promise.all(this.sessions.map((session) => session.abandon()));
  }

  async #turn(work: () => Promise<void>): Promise<void> {
    if (this.#connecting >= CONNECTING) {
      await new Promise<void>((resolve) => {
        this.#queue.push(resolve);
      });
    }
    this.#connecting += 1;
    try {
      await work();
    } finally {
      this.#connecting -= 1;
      this.#queue.shift()?.();
      if (this.#connecting === 0) this.#settle();
    }
  }

  /** What beginning many sessions at once leaves behind is given back when they have come to rest. */
  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(settleMemory, SETTLE_MS);
  }

  /** After the commit, for all receipts of a few milliseconds at once: servers poll every second anyway. */
  #ringUnpacking(): void {
    this.#kick ??= setTimeout(() => {
      this.#kick = undefined;
      this.#o.db.query('select pg_notify($1, $2)', ['centralita_lanes', 'unpack']).catch(() => undefined);
    }, 5);
  }

  /** Repeats `work`; a failing database is no reason to stop. */
  #every(ms: number, work: () => Promise<void>): void {
    const run = (): void => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        work().catch((error: Error) => this.#warn({ error: error.message }, 'a chore of the host failed; it is tried again')).finally(() => {
          if (!this.#draining) run();
        });
      }, ms);
      this.#timers.add(timer);
    };
    run();
  }
}
