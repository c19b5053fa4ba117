import type { BridgeEvent, EngineName } from '@centralita/contracts/bridge';
import type { Clock } from '@centralita/kernel';
import type { Sealer } from '@centralita/platform/crypto';
import { defineSql, type Database } from '@centralita/platform/database';
import type { KeyEntry, KeyStore, MessageStore, StoredMessage } from '../engine.ts';
import { Lru } from './lru.ts';
import type { KeyRow, SessionLease, Writer } from './writer.ts';

/** Keys of one session kept in memory: a conversation needs about four, each 0.3 to 3 KB. */
const CACHED_KEYS = 300;
/** An inbound message whose keys have changed and that was not handed over by then is not waited for any longer. */
const MOST_HELD_MS = 5000;
/** Written once by the hundred and read one by one: they would push everything else out of memory. */
const UNCACHED = new Set(['pre-key']);

const KEYS_GET = defineSql('bridge_keys_get', 'select id, value from {s}.web_session_keys where session_id = $1 and type = $2 and id = any($3)');
const MESSAGE_GET = defineSql('bridge_message_get', 'select id, chat, from_me, participant, content from {s}.web_session_messages where session_id = $1 and id = $2');
const MESSAGES_RECENT = defineSql('bridge_messages_recent', "select id from {s}.web_session_messages where session_id = $1 and at > now() - interval '1 day' order by at desc limit $2");

export interface SessionStoreOptions {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly lease: SessionLease & { readonly name: string; readonly engine: EngineName };
  /** A commit was refused or failed for good: the session must end here. */
  onFailed(error: Error): void;
}

interface Change {
  readonly value: string | null;
  readonly version: number;
}

/**
 * What one session knows. Changes are seen at once and written behind, in order: keys and the facts learnt with them in one
 * transaction. Whatever leaves this process because of them must wait for `settled(version)`: then nothing that WhatsApp was told
 * (an acknowledgement, a message under a new key) can be forgotten by a crash.
 */
export class SessionStore implements KeyStore {
  readonly #o: SessionStoreOptions;
  readonly #cache = new Lru<string | null>(CACHED_KEYS);
  readonly #dirty = new Map<string, Change>();
  #keys = new Map<string, KeyRow>();
  #events: BridgeEvent[] = [];
  #messages: StoredMessage[] = [];
  readonly #recent = new Map<string, { message: StoredMessage; version: number }>();
  /** Number of the batch that is being collected; those below are cut, those up to `#committed` durable. */
  #version = 1;
  #committed = 0;
  #planned = false;
  #held: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  #waiters: { readonly version: number; readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];

  readonly messages: MessageStore;

  constructor(options: SessionStoreOptions) {
    this.#o = options;
    this.messages = {
      get: (id) => this.#message(id), put: (message) => this.#putMessage(message),
      recent: async (limit) => (await this.#o.db.query<{ id: string }>(MESSAGES_RECENT, [this.#o.lease.id, limit])).map((r) => r.id),
    };
  }

  /** Why nothing is written any more; undefined while all is well. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  async get(type: string, ids: readonly string[]): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    const missing: string[] = [];
    for (const id of ids) {
      const known = this.#known(type, id);
      if (known === undefined) missing.push(id);
      else if (known !== null) found[id] = known;
    }
    if (missing.length === 0) return found;
    const rows = new Map((await this.#o.db.query<{ id: string; value: string }>(KEYS_GET, [this.#o.lease.id, type, missing])).map((r) => [r.id, this.#o.sealer.open(r.value)]));
    for (const id of missing) {
      // Somebody may have changed it while we looked.
      const known = this.#known(type, id);
      const value = known === undefined ? rows.get(id) ?? null : known;
      if (known === undefined && !UNCACHED.has(type)) this.#cache.set(keyOf(type, id), value);
      if (value !== null) found[id] = value;
    }
    return found;
  }

  set(entries: readonly KeyEntry[]): void {
    if (this.#failure) throw this.#failure;
    for (const { type, id, value } of entries) {
      const key = keyOf(type, id);
      this.#dirty.set(key, { value, version: this.#version });
      this.#keys.set(key, { type, id, value });
      this.#cache.delete(key);
    }
    this.#plan();
  }

  report(events: readonly BridgeEvent[]): void {
    if (this.#failure || events.length === 0) return;
    this.#events.push(...events);
    this.#plan();
  }

  /** What is being learnt now belongs to a message that is not handed over yet: it is written with it, or alone after some seconds. */
  hold(): void {
    this.#held ??= setTimeout(() => this.release(), MOST_HELD_MS);
  }

  release(): void {
    clearTimeout(this.#held);
    this.#held = undefined;
    this.#cut();
  }

  /** The version that whatever leaves now depends on; 0: everything is durable. */
  get pending(): number {
    if (this.#keys.size > 0 || this.#events.length > 0 || this.#messages.length > 0) return this.#version;
    return this.#version - 1 > this.#committed ? this.#version - 1 : 0;
  }

  /** Resolves when this version (default: everything so far) is committed; rejects when it never will be. */
  settled(version = this.pending): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (version <= this.#committed) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiters.push({ version, resolve, reject });
    });
  }

  /** Nothing is written any more; whoever waits is told. */
  fail(error: Error): void {
    if (this.#failure) return;
    this.#failure = error;
    clearTimeout(this.#held);
    for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
  }

  /** Forgets what is in memory: the rows were changed by somebody else (the login was wiped). */
  forget(): void {
    this.#cache.clear();
    this.#dirty.clear();
    this.#keys.clear();
    this.#recent.clear();
  }

  #known(type: string, id: string): string | null | undefined {
    const key = keyOf(type, id);
    const dirty = this.#dirty.get(key);
    return dirty ? dirty.value : this.#cache.get(key);
  }

  /** What is learnt in the same moment is written together. */
  #plan(): void {
    if (this.#planned || this.#held) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      if (!this.#held) this.#cut();
    });
  }

  #cut(): void {
    if (this.#failure || (this.#keys.size === 0 && this.#events.length === 0 && this.#messages.length === 0)) return;
    const version = this.#version;
    const [keys, events, messages] = [[...this.#keys.values()], this.#events, this.#messages];
    this.#keys = new Map();
    this.#events = [];
    this.#messages = [];
    this.#version += 1;
    const { lease, clock } = this.#o;
    const receipt = events.length === 0 ? undefined : Buffer.from(JSON.stringify({ bridge: 1, engine: lease.engine, session_id: lease.id, session_name: lease.name, at: clock.date().toISOString(), events }));
    this.#o.writer.write({ session: lease, keys, messages, receipt, done: () => this.#done(version), fail: (error) => {
      this.fail(error);
      this.#o.onFailed(error);
    } });
  }

  #done(version: number): void {
    this.#committed = version;
    for (const [key, change] of this.#dirty) {
      if (change.version > version) continue;
      this.#dirty.delete(key);
      if (!UNCACHED.has(key.slice(0, key.indexOf(' ')))) this.#cache.set(key, change.value);
    }
    for (const [id, kept] of this.#recent) if (kept.version <= version) this.#recent.delete(id);
    const ready = this.#waiters.filter((w) => w.version <= version);
    this.#waiters = this.#waiters.filter((w) => w.version > version);
    for (const waiter of ready) waiter.resolve();
  }

  async #message(id: string): Promise<StoredMessage | undefined> {
    const recent = this.#recent.get(id);
    if (recent) return recent.message;
    const [row] = await this.#o.db.query<{ id: string; chat: string; from_me: boolean; participant: string | null; content: string | null }>(MESSAGE_GET, [this.#o.lease.id, id]);
    if (!row) return undefined;
    return { id: row.id, chat: row.chat, fromMe: row.from_me, participant: row.participant ?? undefined, content: row.content === null ? undefined : this.#o.sealer.open(row.content) };
  }

  #putMessage(message: StoredMessage): void {
    if (this.#failure) return;
    this.#messages.push(message);
    this.#recent.set(message.id, { message, version: this.#version });
    this.#plan();
  }
}

const keyOf = (type: string, id: string): string => `${type} ${id}`;
