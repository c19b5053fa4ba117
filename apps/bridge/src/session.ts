import { join } from 'node:path';
import { mkdir, rm } from 'node:fs/promises';
import type { BridgeEvent, BridgeState, SessionState } from '@centralita/contracts/bridge';
import { randomFraction } from '@centralita/kernel';
import type { Engine, EngineEvent, EngineNews, EngineSession } from './engine.ts';
import type { HostRuntime } from './runtime.ts';
import { react } from './reactions.ts';
import type { Claimed } from './store/leases.ts';
import { SessionStore } from './store/session-store.ts';
import { note, noteProfile, setState, showCode, wipeKeys, type StateChange } from './store/states.ts';

/** Active for so long, and earlier failures are forgotten. */
const STEADY_MS = 60_000;
/** A probe that takes longer has failed; sooner where probes come more often than that. */
const PROBE_MS = 10_000;

/** One web session on this host, from its claim to its end: when to connect, what its state is, whether it still hears. */
export class WebSession {
  readonly row: Claimed;
  readonly engine: EngineSession;
  readonly #rt: HostRuntime;
  readonly #store: SessionStore;
  readonly #directory: string;
  #state: SessionState;
  #connected = false;
  /** Gone for this host: nothing is told or written any more. */
  #over = false;
  #abandoned = false;
  #connecting = false;
  #failures = 0;
  #bad = 0;
  #retry: NodeJS.Timeout | undefined;
  #steady: NodeJS.Timeout | undefined;
  #probing = false;
  #heardAt: number;
  #heard: Date | undefined;
  /** Since when nothing was heard, if it was active before. */
  #awaySince: Date | undefined;
  /** Writes of the state one after the other. */
  #writes: Promise<unknown> = Promise.resolve();
  readonly #sending = new Map<string, Promise<unknown>>();
  readonly #onEnd: (session: WebSession) => void;

  constructor(rt: HostRuntime, { engine, row, onEnd }: { readonly engine: Engine; readonly row: Claimed; readonly onEnd: (session: WebSession) => void }) {
    this.#rt = rt;
    this.row = row;
    this.#state = row.state;
    this.#onEnd = onEnd;
    this.#heardAt = performance.now();
    this.#awaySince = row.state === 'active' || row.state === 'reconnecting' ? row.last_activity_at ?? undefined : undefined;
    this.#store = new SessionStore({
      db: rt.db, sealer: rt.sealer, writer: rt.writer, clock: rt.clock,
      lease: { id: row.id, epoch: row.epoch, appId: row.app_id, name: row.name, engine: engine.name },
      onFailed: (error) => this.#lost(error),
    });
    this.#directory = join(rt.settings.dataFolder, 'web-sessions', row.id);
    this.engine = engine.create({
      id: row.id, name: row.name, log: rt.log.child({ session: row.id }), keys: this.#store, messages: this.#store.messages,
      directory: async () => {
        await mkdir(this.#directory, { recursive: true, mode: 0o700 });
        return this.#directory;
      },
      tell: (news) => this.#hear(news),
      report: (...events) => this.#report(events),
      fresh: () => !this.#over && rt.fresh(),
      keeps: () => !this.#abandoned && rt.fresh(),
      settled: (version) => this.#store.settled(version),
      pending: () => this.#store.pending,
      hold: () => this.#store.hold(),
      release: () => this.#store.release(),
      profileStored: () => noteProfile(rt.db, row, rt.hostId),
    });
  }

  get state(): SessionState {
    return this.#state;
  }
  get over(): boolean {
    return this.#over;
  }
  /** When it was last heard of, since the last time this was asked. */
  takeHeard(): Date | undefined {
    const heard = this.#heard;
    this.#heard = undefined;
    return heard;
  }

  /** Begins; resolves when the first connection has begun or failed to. */
  async start(): Promise<void> {
    if (this.#state !== 'active' && this.#state !== 'reconnecting') this.#become({ state: 'initialising' });
    else this.#become({ state: 'reconnecting', code: 'taken_over', text: 'Another host takes the session up.' });
    await this.#connect();
  }

  /** A new connection at once, whatever was waited for. */
  async restart(): Promise<void> {
    clearTimeout(this.#retry);
    await this.engine.disconnect();
    this.#connecting = false;
    this.#connected = false;
    this.#failures = 0;
    this.#become({ state: this.row.phone || this.#state === 'active' ? 'reconnecting' : 'initialising', code: 'restarted', text: 'Restarted by an operator.' });
    await this.#writes;
    await this.#connect();
  }

  /** Ends the connection, keeps the login; the session does not run until somebody starts it. */
  async close(text: string): Promise<void> {
    await this.#stop({ state: 'closed', code: 'closed', text, wanted: false });
  }

  /** Unlinks the device and forgets the login. */
  async logout(): Promise<void> {
    await this.engine.logout().catch((error: Error) => this.#rt.log.info({ session: this.row.id, error: error.message }, 'WhatsApp could not be told of the logout'));
    await this.#stop({ state: 'logged_out', code: 'logged_out', text: 'Logged out by an operator.', wanted: false }, true);
  }

  /** Ends the connection so that another host can have it; its state stays. What is learnt is written first. */
  async handOver(): Promise<void> {
    await this.#end();
    await this.#store.settled().catch(() => undefined);
    await this.#writes;
  }

  /** The lease is gone or in doubt: not another word, nothing is written. */
  async abandon(): Promise<void> {
    this.#abandoned = true;
    this.#rt.writer.drop(this.row.id);
    this.#store.fail(new Error('the lease of the session was lost'));
    await this.#end();
    this.#onEnd(this);
  }

  /** Asked every few seconds: has it been silent for too long? */
  tick(): void {
    if (!this.#connected || this.#probing || this.#over || performance.now() - this.#heardAt < this.#rt.settings.probeMs) return;
    this.#probing = true;
    void this.#probe().finally(() => {
      this.#probing = false;
    });
  }

  /** Runs a send unless a message of this id left before: then `before`. The same id asked for twice at once is sent once. */
  async once<T>(id: string, send: () => Promise<T>): Promise<T | 'before'> {
    const under = this.#sending.get(id);
    if (under) return under.then(() => 'before' as const);
    const work = (async () => ((await this.#store.messages.get(id))?.fromMe ? 'before' as const : send()))();
    this.#sending.set(id, work);
    try {
      return await work;
    } finally {
      this.#sending.delete(id);
    }
  }

  /** A line of the session's log. */
  note(code: string, text: string): void {
    this.#write(() => note(this.#rt.db, this.row, { hostId: this.#rt.hostId, state: this.#state, code, text }));
  }

  async showPairingCode(code: string, expiresInMs: number): Promise<void> {
    await showCode(this.#rt.db, this.row, { hostId: this.#rt.hostId, code: { pairingCode: code, expiresInMs } });
  }

  async #connect(): Promise<void> {
    if (this.#over || this.#connecting) return;
    this.#connecting = true;
    await this.#rt.turn(async () => {
      if (this.#over) return;
      await this.engine.connect();
    }).catch((error: Error) => {
      this.#rt.log.error({ error, session: this.row.id }, 'a session could not begin to connect');
      this.#hear({ kind: 'closed', ending: 'broken', code: 'start', text: error.message });
    });
  }

  async #probe(): Promise<void> {
    const answered = await Promise.race([this.engine.probe().catch(() => false), new Promise<false>((resolve) => {
      setTimeout(() => resolve(false), Math.min(PROBE_MS, this.#rt.settings.probeMs)).unref();
    })]);
    if (this.#over || !this.#connected) return;
    if (answered) {
      this.#heardAt = performance.now();
      return;
    }
    this.#rt.figures.deaf.inc();
    this.note('deaf', 'It seemed to be connected and did not answer; it is connected anew.');
    await this.engine.disconnect();
    this.#hear({ kind: 'closed', ending: 'lost', code: 'deaf', text: 'It seemed to be connected and heard nothing.' });
  }

  #hear(news: EngineNews): void {
    if (this.#over) return;
    switch (news.kind) {
      case 'alive':
        this.#heardAt = performance.now();
        this.#heard = this.#rt.clock.date();
        break;
      case 'note':
        this.note(news.code, news.text);
        break;
      case 'qr':
        if (this.#state !== 'waiting_qr') this.#become({ state: 'waiting_qr' });
        this.#write(() => showCode(this.#rt.db, this.row, { hostId: this.#rt.hostId, code: { qr: news.qr, expiresInMs: news.expiresInMs } }));
        break;
      case 'connecting':
        if (this.#state !== 'reconnecting' && this.#state !== 'connecting') this.#become({ state: 'connecting' });
        break;
      case 'open':
        this.#opened(news);
        break;
      case 'closed':
        this.#ended(news);
        break;
    }
  }

  #opened({ me, platform }: Extract<EngineNews, { kind: 'open' }>): void {
    this.#connected = true;
    this.#heardAt = performance.now();
    this.#heard = this.#rt.clock.date();
    const away = this.#awaySince;
    this.#awaySince = undefined;
    this.#become({ state: 'active', me, platform, reconnected: this.#state === 'reconnecting' }, away);
    this.#steady = setTimeout(() => {
      this.#failures = 0;
      this.#bad = 0;
    }, STEADY_MS).unref();
  }

  #ended({ ending, code, text, retryAfterMs }: Extract<EngineNews, { kind: 'closed' }>): void {
    this.#connecting = false;
    clearTimeout(this.#steady);
    this.#rt.figures.endings.inc({ ending });
    if (this.#connected) this.#awaySince ??= this.#rt.clock.date();
    this.#connected = false;
    this.#failures = ending === 'restart' ? 0 : this.#failures + 1;
    this.#bad = ending === 'bad_session' ? this.#bad + 1 : 0;
    // Thrown out by the host that has it now: its own affair, unless the lease is still ours.
    if (ending === 'conflict' && !this.#rt.fresh()) {
      this.#lost(new Error('another host connected'));
      return;
    }
    const reaction = react(ending, { failures: this.#failures, bad: this.#bad, baseMs: this.#rt.settings.reconnectMs, chance: randomFraction() });
    const reason = { code, text: text === '' ? reaction.text : `${reaction.text} (${text})`.slice(0, 500) };
    if (reaction.act === 'stop') {
      void this.#stop({ state: reaction.state, ...reason, wanted: false }, reaction.wipe);
      return;
    }
    if (ending === 'restart') this.#become({ state: 'connecting', ...reason });
    else this.#become({ state: this.#everActive() ? 'reconnecting' : 'connecting', ...reason });
    this.#retry = setTimeout(() => void this.#connect(), Math.max(reaction.afterMs, retryAfterMs ?? 0));
  }

  #everActive(): boolean {
    return this.#awaySince !== undefined || this.#state === 'reconnecting';
  }

  /** Changes the state: at once here, then in the row, its log, and among the session's facts. */
  #become(change: StateChange, away?: Date): void {
    this.#state = change.state;
    const event: BridgeState = {
      type: 'state', at: this.#rt.clock.date().toISOString(), state: change.state,
      ...(change.code === undefined ? {} : { reason: { code: change.code, text: change.text ?? '' } }),
      ...(change.me ? { me: { ...change.me } } : {}), ...(away ? { away_since: away.toISOString() } : {}),
    };
    this.#store.report([event]);
    this.#write(async () => {
      if (!await setState(this.#rt.db, this.row, { hostId: this.#rt.hostId, change })) this.#lost(new Error('the row belongs to another host'));
    });
  }

  #report(events: readonly EngineEvent[]): void {
    if (this.#over) return;
    const sealed: BridgeEvent[] = events.map((event) => this.#sealed(event));
    for (const event of sealed) {
      this.#rt.figures.events.inc({ type: event.type });
      if (event.type === 'message' && event.backfilled) this.#rt.figures.backfilled.inc();
    }
    this.#store.report(sealed);
  }

  /** The reference to a file holds its key: only hosts can read it. */
  #sealed(event: EngineEvent): BridgeEvent {
    if (event.type !== 'message' || !('media' in event.content)) return event;
    const { media } = event.content;
    return { ...event, content: { ...event.content, media: { ...media, remote_id: this.#rt.sealer.seal(media.remote_id) } } };
  }

  #write(work: () => Promise<unknown>): void {
    this.#writes = this.#writes.then(work).catch((error: Error) => this.#rt.log.warn({ session: this.row.id, error: error.message }, 'the state of a session could not be written'));
  }

  async #stop(change: StateChange, wipe = false): Promise<void> {
    if (this.#over) return;
    // Its last word goes out before the row is given up: the fence lets nothing through afterwards.
    this.#state = change.state;
    this.#store.report([{ type: 'state', at: this.#rt.clock.date().toISOString(), state: change.state, reason: { code: change.code ?? change.state, text: change.text ?? '' } }]);
    await this.#end();
    await this.#store.settled().catch(() => undefined);
    this.#store.fail(new Error('the session has ended'));
    this.#write(async () => {
      if (wipe) await this.#wipe();
      await setState(this.#rt.db, this.row, { hostId: this.#rt.hostId, change });
    });
    await this.#writes;
    this.#onEnd(this);
  }

  async #wipe(): Promise<void> {
    await wipeKeys(this.#rt.db, this.row, this.#rt.hostId);
    await rm(this.#directory, { recursive: true, force: true });
  }

  #lost(error: Error): void {
    if (this.#over) return;
    this.#rt.figures.leasesLost.inc();
    this.#rt.log.warn({ session: this.row.id, error: error.message }, 'a session is no longer this host’s');
    void this.abandon();
  }

  async #end(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#steady);
    await this.engine.disconnect();
  }
}
