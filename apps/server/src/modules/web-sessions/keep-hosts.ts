import { warnSeldom } from '@centralita/platform/log';
import type { Runtime } from '../../runtime.ts';
import { routesInUse } from '../accounts/index.ts';
import { ensureSession, hostedOf } from './ensure-session.ts';
import type { HostDriver, HostKind, RunningHost } from './host-driver.ts';
import { sandboxAccess } from './sandbox-access.ts';
import { buryHost, closeUnowned, demand, liveHosts, sessionsOf, unwant, type Demand } from './store.ts';

const EVERY_MS = 2_000;
/** Rows of routes that came or went in other processes are looked at this often. */
const ROUTES_MS = 10_000;
/** A host without sessions ends after this time: somebody may be about to link the next phone. */
const IDLE_MS = 120_000;
const FIRST_PAUSE_MS = 500;
const MOST_PAUSE_MS = 30_000;
/** A host that ran for so long and then ended failed for another reason than one that never started. */
const STEADY_MS = 60_000;
/** Of one kind, on this machine. */
const MOST_HOSTS = 8;

interface Kept {
  readonly key: string;
  running: RunningHost[];
  starting: boolean;
  failures: number;
  notBefore: number;
  idleSince: number | undefined;
}

/**
 * Keeps as many hosts running as the sessions that should run need, one of each kind (engine, sandbox or WhatsApp) until it is full; starts
 * them again with growing pauses when they die, ends those without work. Hosts that others started count too.
 */
export class HostKeeper {
  readonly #rt: Runtime;
  readonly #driver: HostDriver;
  readonly #kinds = new Map<string, Kept>();
  readonly #warn: ReturnType<typeof warnSeldom>;
  readonly #timer: NodeJS.Timeout;
  #round: Promise<void> | undefined;
  #again = false;
  #stopping = false;
  #routesAt = -Infinity;
  #lastProblem: string | undefined;

  constructor(rt: Runtime, driver: HostDriver) {
    this.#rt = rt;
    this.#driver = driver;
    this.#warn = warnSeldom(rt.log);
    this.#timer = setInterval(() => this.look(), EVERY_MS);
    this.look();
  }

  /** Why the last host did not start; undefined when it did. */
  get problem(): string | undefined {
    return this.#lastProblem;
  }

  /** Processes of hosts that this keeper runs. */
  get pids(): readonly number[] {
    return [...this.#kinds.values()].flatMap((k) => k.running.map((r) => r.pid));
  }

  /** Sessions were started or stopped: looks now. */
  look(): void {
    this.#again = true;
    this.#round ??= this.#rounds().finally(() => {
      this.#round = undefined;
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#round;
    const patience = this.#rt.config.shutdownSeconds * 700;
    await Promise.all([...this.#kinds.values()].flatMap((k) => k.running.map((r) => r.stop(patience))));
  }

  async #rounds(): Promise<void> {
    while (this.#again && !this.#stopping) {
      this.#again = false;
      try {
        await this.#sync();
        await this.#staff();
      } catch (error) {
        this.#warn({ error: (error as Error).message }, 'hosts of web sessions could not be looked after');
      }
    }
  }

  /** Sessions whose route was paused or removed shall not run; every route that is a session has its row. */
  async #sync(): Promise<void> {
    if (performance.now() - this.#routesAt < ROUTES_MS) return;
    this.#routesAt = performance.now();
    const routes = (await routesInUse(this.#rt)).filter((r) => hostedOf(this.#rt, r) !== undefined);
    const kept = new Set(routes.filter((r) => r.status !== 'paused').map((r) => r.id));
    const sessions = await sessionsOf(this.#rt.db, null);
    const known = new Set(sessions.map((s) => s.route_id));
    for (const route of routes) if (!known.has(route.id)) await ensureSession(this.#rt, route).catch((error: Error) => this.#warn({ error: error.message, route: route.id }, 'a web session has no row'));
    await unwant(this.#rt.db, sessions.filter((s) => s.wanted && !kept.has(s.route_id)).map((s) => s.id));
    await closeUnowned(this.#rt.db);
  }

  async #staff(): Promise<void> {
    const [wanted, hosts] = [await demand(this.#rt.db), await liveHosts(this.#rt.db)];
    for (const need of wanted) {
      const kept = this.#kept(need);
      kept.idleSince = undefined;
      const own = new Set(kept.running.map((r) => `${r.hostname} ${r.pid}`));
      const others = hosts.filter((h) => h.engine === need.engine && h.sandbox === need.sandbox && !h.draining && !own.has(`${h.hostname} ${h.pid}`));
      const mine = hosts.filter((h) => own.has(`${h.hostname} ${h.pid}`));
      const count = others.length + kept.running.length;
      // One of ours that has not entered the list yet says nothing of its room.
      const room = mine.length < kept.running.length ? Infinity : [...others, ...mine].reduce((n, h) => n + h.capacity, 0);
      if (count > 0 && (room >= need.sessions || kept.running.length >= MOST_HOSTS)) continue;
      if (!kept.starting && performance.now() >= kept.notBefore) void this.#start(kept, need);
    }
    const needed = new Set(wanted.map(keyOf));
    for (const kept of this.#kinds.values()) {
      if (needed.has(kept.key) || kept.running.length === 0) continue;
      kept.idleSince ??= performance.now();
      if (performance.now() - kept.idleSince > IDLE_MS) for (const host of kept.running) void host.stop(this.#rt.config.shutdownSeconds * 700);
    }
  }

  #kept(need: Demand): Kept {
    const key = keyOf(need);
    const known = this.#kinds.get(key) ?? { key, running: [], starting: false, failures: 0, notBefore: 0, idleSince: undefined };
    this.#kinds.set(key, known);
    return known;
  }

  async #start(kept: Kept, need: Demand): Promise<void> {
    kept.starting = true;
    const begun = performance.now();
    try {
      const kind: HostKind = { engine: need.engine, ...(need.sandbox && { sandbox: await sandboxAccess(this.#rt) }) };
      const host = await this.#driver.start(kind);
      kept.running.push(host);
      this.#lastProblem = undefined;
      if (this.#stopping) await host.stop(1000);
      void host.ended.then((reason) => this.#ended(kept, { host, reason, begun }));
    } catch (error) {
      this.#lastProblem = (error as Error).message;
      this.#fail(kept);
      this.#rt.log.warn({ error: (error as Error).message, engine: need.engine, sandbox: need.sandbox }, 'a host of web sessions does not start');
    } finally {
      kept.starting = false;
    }
  }

  async #ended(kept: Kept, { host, reason, begun }: { host: RunningHost; reason: string; begun: number }): Promise<void> {
    kept.running = kept.running.filter((r) => r !== host);
    // Certainly dead: its sessions need not wait until its lease has run out.
    await buryHost(this.#rt.db, host).catch(() => undefined);
    if (this.#stopping || reason === '') return;
    this.#rt.log.warn({ reason, pid: host.pid }, 'a host of web sessions ended; its sessions go on in another one');
    if (performance.now() - begun > STEADY_MS) kept.failures = 0;
    // The first time at once: people are waiting for their messages.
    if (kept.failures > 0) kept.notBefore = performance.now() + pause(kept.failures);
    kept.failures += 1;
    this.look();
  }

  #fail(kept: Kept): void {
    kept.failures += 1;
    kept.notBefore = performance.now() + pause(kept.failures);
  }
}

const pause = (failures: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), MOST_PAUSE_MS);
const keyOf = ({ engine, sandbox }: Pick<Demand, 'engine' | 'sandbox'>): string => `${engine} ${sandbox}`;
