import { Readable } from 'node:stream';
import type { Clock } from '@centralita/kernel';
import type { BridgePerson, EndingKind, LookupAnswer } from '@centralita/contracts/bridge';
import { EngineError, type EngineEvent, type EngineFile, type EngineMessage, type EngineSent, type EngineSession, type GroupPower, type PairingCodePower, type SessionContext } from '../../engine.ts';
import { chatOf, isGroup, personOf } from './addresses.ts';
import { chromiumArguments, removeLocks } from './chromium.ts';
import type { Driver, PageEvents, RawMessage, TestPage } from './driver.ts';
import { groupPower } from './groups.ts';
import { endBrowser, endStrays, treeMemory } from './process-tree.ts';
import { Profile } from './profile.ts';
import { messageEvent, statusEvent, type View } from './to-event.ts';

export interface BrowserSettings {
  /** The browser; undefined: none was found on this machine. */
  readonly chromium: string | undefined;
  readonly chromiumArguments: readonly string[];
  /** Megabytes that a session's browser may hold; one that holds more is started anew. */
  readonly memoryMb: number;
  /** How often the login is stored for other hosts, while the session is active. */
  readonly profileMs: number;
  readonly ackMs: number;
  readonly device: string;
  readonly clock: Clock;
  readonly page?: TestPage | undefined;
}

const WATCH_MS = 15_000;
/** A QR code of WhatsApp Web lives some 20 s; the first one a minute. */
const QR_MS = 20_000;
const PAIRING_CODE_MS = 180_000;
/** Files go to the page as base64 through the browser's debugging socket. */
const MOST_FILE_BYTES = 64 * 1024 * 1024;

/** What the words of WhatsApp Web for an ended session ask for. */
const ENDINGS: Readonly<Record<string, EndingKind>> = {
  LOGOUT: 'logged_out', UNPAIRED: 'logged_out', UNPAIRED_IDLE: 'logged_out', CONFLICT: 'conflict', DEPRECATED_VERSION: 'outdated', TOS_BLOCK: 'banned', SMB_TOS_BLOCK: 'banned',
  PROXYBLOCK: 'unavailable', TIMEOUT: 'lost', NAVIGATION: 'lost', 'Max qrcode retries reached': 'pairing_expired', AUTH_FAILURE: 'bad_session', BROWSER_GONE: 'lost', PAGE_FAILED: 'lost',
  NO_BROWSER: 'broken', UNSUPPORTED_PAGE: 'broken',
};

/** A login in a browser of its own, whichever library drives it. */
export class BrowserSession implements EngineSession {
  readonly #context: SessionContext;
  readonly #settings: BrowserSettings;
  readonly #make: () => Promise<Driver>;
  #driver: Driver | undefined;
  #profile: Profile | undefined;
  #open = false;
  #openedAt = 0;
  #me: BridgePerson = {};
  #watch: NodeJS.Timeout | undefined;
  #storedAt = 0;
  #heardAt = 0;
  /** One call into the page that changes it at a time. */
  #line: Promise<unknown> = Promise.resolve();
  readonly #phones = new Map<string, string>();
  readonly #resolved = new Map<string, string>();
  readonly #acks = new Map<string, (ack: number) => void>();
  readonly groups: GroupPower;
  readonly pairingCode: PairingCodePower;

  constructor(context: SessionContext, settings: BrowserSettings, make: () => Promise<Driver>) {
    this.#context = context;
    this.#settings = settings;
    this.#make = make;
    this.groups = groupPower((fn) => this.#inLine(fn), (to) => this.#address(to));
    this.pairingCode = {
      request: async (phone) => ({ code: await this.#page((d) => d.pairingCode(phone), false), expiresInMs: PAIRING_CODE_MS }),
    };
  }

  async connect(): Promise<void> {
    const { chromium } = this.#settings;
    if (chromium === undefined) return this.#closed('broken', 'no_browser', 'No Chromium was found on this machine: install it (Debian: chromium), or name it in BRIDGE_CHROMIUM.');
    const driver = await this.#make().catch((error: Error) => this.#closed('broken', 'library', error.message));
    if (!driver) return;
    this.#driver = driver;
    try {
      const profile = this.#profile = new Profile(this.#context, await this.#context.directory());
      const strays = await endStrays(profile.path);
      if (strays > 0) this.#context.tell({ kind: 'note', code: 'stray_browser', text: `A browser that a killed host left running was ended (${strays}).` });
      const restored = await profile.prepare();
      if (restored) this.#context.tell({ kind: 'note', code: 'profile_restored', text: `The login was restored as it was stored at ${restored.toISOString()}.` });
      await removeLocks(profile.path);
      await driver.launch({
        session: this.#context.id, chromium, arguments: chromiumArguments(this.#settings.chromiumArguments), profile: profile.path,
        device: this.#settings.device, log: this.#context.log, page: this.#settings.page,
      }, this.#events(driver));
    } catch (error) {
      await this.#end(driver, 'broken', 'browser', `The browser could not be used: ${(error as Error).message}`);
      return;
    }
    this.#watch = setInterval(() => void this.#look(driver), WATCH_MS);
  }

  async disconnect(): Promise<void> {
    const [driver, open] = [this.#driver, this.#open];
    const pid = driver?.pid();
    this.#forget();
    await driver?.close().catch((error: Error) => this.#context.log.warn({ error: error.message }, 'a browser did not close'));
    await endBrowser(pid);
    // With the browser closed its databases are whole.
    if (open && this.#context.keeps()) await this.#store();
  }

  async logout(): Promise<void> {
    const driver = this.#driver;
    const pid = driver?.pid();
    this.#forget();
    await driver?.logout().catch((error: Error) => this.#context.log.warn({ error: error.message }, 'WhatsApp Web could not be told of the logout'));
    await driver?.close().catch(() => undefined);
    const profile = this.#profile ?? new Profile(this.#context, await this.#context.directory());
    await endBrowser(pid);
    await profile.remove();
  }

  async send(message: EngineMessage): Promise<EngineSent> {
    const { content } = message;
    if ('media' in content && content.media.size > MOST_FILE_BYTES) throw new EngineError('too_large', `This engine sends files of at most ${MOST_FILE_BYTES / 1048576} MB.`);
    const chat = await this.#address(message.to);
    const [quote, target] = [await this.#serialized(message.quote), 'id' in content ? await this.#serialized(content.id) : undefined];
    if ('id' in content && target === undefined) throw new EngineError('invalid', `There is no message ${content.id} that it could mean.`);
    return this.#inLine(async (driver) => {
      const known = await driver.find(chat, message.id);
      if (!this.#context.fresh()) throw new EngineError('not_connected', 'Another host runs this session now.');
      const heard = new Promise<number>((resolve) => this.#acks.set(message.id, resolve));
      try {
        const sent = known ?? await driver.send({ id: message.id, chat, content, quote, target });
        this.#remember(sent.key);
        const ack = sent.ack !== 0 ? sent.ack : await within(heard, this.#settings.ackMs) ?? 0;
        if (ack < 0) throw new EngineError('refused', 'WhatsApp Web could not send the message.', String(ack));
        return { status: ack > 0 ? 'sent' : 'written', ...(!isGroup(chat) && { peer: this.#person(chat) }) };
      } finally {
        this.#acks.delete(message.id);
      }
    });
  }

  async markRead(ids: readonly string[]): Promise<void> {
    const chats = new Set((await Promise.all(ids.map((id) => this.#context.messages.get(id)))).map((m) => m?.chat).filter((c) => c !== undefined));
    for (const chat of chats) await this.#inLine((driver) => driver.seen(chat));
  }

  async typing(to: string, state: 'composing' | 'recording' | 'paused'): Promise<void> {
    const chat = await this.#address(to);
    await this.#inLine((driver) => driver.typing(chat, state));
  }

  async download(reference: string, maxBytes: number): Promise<EngineFile> {
    const file = await this.#page((driver) => driver.download(reference));
    if (!file) throw new EngineError('gone', 'WhatsApp Web no longer has this file.');
    const bytes = Buffer.from(file.data, 'base64');
    if (bytes.length > maxBytes) throw new EngineError('too_large', `The file has ${bytes.length} bytes, more than the ${maxBytes} that are allowed.`);
    return { stream: Readable.from([bytes]), mime_type: file.mime_type, size: bytes.length };
  }

  async probe(): Promise<boolean> {
    return await this.#driver?.state().catch(() => undefined) === 'CONNECTED';
  }

  lookup(phones: readonly string[]): Promise<LookupAnswer['results']> {
    return this.#page((driver) => driver.lookup(phones));
  }

  #events(driver: Driver): PageEvents {
    // A page that was given up may still speak.
    const mine = <A extends unknown[]>(fn: (...args: A) => void) => (...args: A): void => {
      if (this.#driver === driver) fn(...args);
    };
    const { tell } = this.#context;
    return {
      qr: mine((qr) => tell({ kind: 'qr', qr, expiresInMs: QR_MS })),
      authenticated: mine(() => tell({ kind: 'connecting' })),
      ready: mine((me) => {
        this.#open = true;
        this.#openedAt = Math.floor(this.#settings.clock.now() / 1000);
        this.#me = { ...(me.phone && { phone: me.phone }), ...(me.lid && { lid: me.lid }), ...(me.name && { name: me.name }) };
        tell({ kind: 'open', me: this.#me, platform: me.platform });
        // Soon after a login was made: until it is stored, this machine alone has it.
        this.#storedAt = this.#settings.clock.now() - this.#settings.profileMs + Math.min(60_000, this.#settings.profileMs);
      }),
      message: mine((raw) => void this.#message(driver, raw)),
      ack: mine((raw, ack) => {
        this.#heard();
        this.#acks.get(raw.id.id)?.(ack);
        this.#report(statusEvent(raw, ack, this.#view()));
      }),
      edited: mine((raw, text) => {
        const event = messageEvent(raw, this.#view());
        if (event) this.#report({ ...event, id: `${event.id}.edit.${raw.t ?? 0}`, content: { type: 'edit', id: raw.id.id, text } });
      }),
      revoked: mine((raw) => {
        const event = messageEvent({ ...raw, type: 'chat', body: '' }, this.#view());
        if (event) this.#report({ ...event, id: `${event.id}.revoke`, content: { type: 'revoke', id: raw.id.id } });
      }),
      reaction: mine(({ message, sender, emoji, at, id }) => this.#report({
        type: 'message', id, at: new Date(at * 1000).toISOString(), from_me: this.#isMe(sender), peer: this.#person(isGroup(message.remote) || !this.#isMe(sender) ? sender : message.remote),
        ...(isGroup(message.remote) && { group: { id: message.remote } }), content: { type: 'reaction', id: message.id, emoji }, backfilled: at < this.#openedAt,
      })),
      call: mine(({ id, peer, video, group }) => this.#report({ type: 'call', id, peer: this.#person(peer), video, status: 'ringing', ...(group && isGroup(peer) && { group: { id: peer } }) })),
      group: mine((change) => {
        const kinds = { add: 'added', invite: 'added', remove: 'removed', leave: 'left', promote: 'promoted', demote: 'demoted', subject: 'subject', description: 'description', create: 'created' } as const;
        this.#report({
          type: 'group', at: new Date(change.at === undefined ? this.#settings.clock.now() : change.at * 1000).toISOString(), group: { id: change.group, ...(change.kind === 'subject' && change.text && { subject: change.text }) },
          change: kinds[change.kind as keyof typeof kinds] ?? 'settings', ...(change.by && { by: this.#person(change.by) }), participants: change.members.map((m) => this.#person(m)),
          ...(change.kind === 'description' && change.text && { description: change.text }),
        });
      }),
      ended: mine((word, text) => void this.#end(driver, ENDINGS[word] ?? 'lost', word, text ?? `WhatsApp Web says ${word}.`)),
    };
  }

  async #message(driver: Driver, raw: RawMessage): Promise<void> {
    this.#heard();
    // A LID is completed by the phone number before it is told: who writes is one person under both.
    const chat = raw.id.fromMe ? raw.to : raw.from;
    await Promise.all([raw.author, chat].filter((a) => a?.endsWith('@lid') && !this.#phones.has(a)).map(async (lid) => {
      const phone = await driver.phoneOf(lid!).catch(() => undefined);
      if (phone === undefined || this.#phones.size > 20_000) return;
      this.#phones.set(lid!, phone);
      this.#report({ type: 'identity', phone, lid: lid!.split('@')[0]! });
    }));
    this.#remember(raw.id, raw.author);
    // What was sent through this host is told by statuses.
    if (raw.id.fromMe && this.#acks.has(raw.id.id)) return;
    this.#report(messageEvent(raw, this.#view()));
  }

  #report(event: EngineEvent | undefined): void {
    if (event) this.#context.report(event);
  }
  #heard(): void {
    const now = this.#settings.clock.now();
    if (now - this.#heardAt < 1000) return;
    this.#heardAt = now;
    this.#context.tell({ kind: 'alive' });
  }
  #remember(key: RawMessage['id'], participant?: string): void {
    this.#context.messages.put({ id: key.id, chat: key.remote, fromMe: key.fromMe, participant: participant ?? key.participant, content: key._serialized });
  }
  #view(): View {
    return { me: this.#me, openedAt: this.#openedAt, person: (address, name) => this.#person(address, name) };
  }
  #person(address: string, name?: string): BridgePerson {
    const phone = this.#phones.get(address);
    return { ...personOf(address, name), ...(phone && { phone }) };
  }
  #isMe(address: string): boolean {
    const { phone, lid } = personOf(address);
    return (phone !== undefined && phone === this.#me.phone) || (lid !== undefined && lid === this.#me.lid);
  }

  async #serialized(id: string | undefined): Promise<string | undefined> {
    return id === undefined ? undefined : (await this.#context.messages.get(id))?.content;
  }

  /** Where WhatsApp keeps the chat with somebody: numbers of some countries differ from what people dial. */
  async #address(to: string): Promise<string> {
    const { chat, phone } = chatOf(to);
    if (phone === undefined) return chat;
    const known = this.#resolved.get(phone);
    if (known) return known;
    const found = await this.#page((driver) => driver.resolve(phone));
    if (found === undefined) throw new EngineError('not_on_whatsapp', `+${phone} is not on WhatsApp.`);
    if (this.#resolved.size > 20_000) this.#resolved.clear();
    this.#resolved.set(phone, found);
    return found;
  }

  async #page<T>(fn: (driver: Driver) => Promise<T>, open = true): Promise<T> {
    const driver = this.#driver;
    if (!driver || (open && !this.#open)) throw new EngineError('not_connected', 'The session is not active.');
    try {
      return await fn(driver);
    } catch (error) {
      if (error instanceof EngineError) throw error;
      // A page that went away in the middle may have done it.
      if (this.#driver !== driver || /Target closed|Session closed|Execution context|detached|Protocol error/i.test((error as Error).message)) throw new EngineError('unconfirmed', `The page went away meanwhile: ${(error as Error).message}`);
      throw new EngineError('invalid', `WhatsApp Web refused: ${typeof error === 'string' ? error : (error as Error).message}`);
    }
  }
  #inLine<T>(fn: (driver: Driver) => Promise<T>): Promise<T> {
    const run = this.#line.then(() => this.#page(fn));
    this.#line = run.catch(() => undefined);
    return run;
  }

  async #look(driver: Driver): Promise<void> {
    if (this.#driver !== driver) return;
    const pid = driver.pid();
    const bytes = pid === undefined ? undefined : treeMemory(pid);
    if (bytes !== undefined && bytes > this.#settings.memoryMb * 1048576) {
      return this.#end(driver, 'restart', 'TOO_LARGE', `The browser held ${Math.round(bytes / 1048576)} MB, more than the ${this.#settings.memoryMb} MB it may; it is started anew.`);
    }
    const now = this.#settings.clock.now();
    if (!this.#open || now - this.#storedAt < this.#settings.profileMs) return;
    this.#storedAt = now;
    await this.#store();
  }

  async #store(): Promise<void> {
    await this.#profile?.store(new Date(this.#settings.clock.now())).catch((error: Error) => this.#context.tell({ kind: 'note', code: 'profile_not_stored', text: `The login could not be stored: ${error.message}` }));
  }

  #forget(): void {
    clearInterval(this.#watch);
    this.#driver = undefined;
    this.#open = false;
    this.#line = Promise.resolve();
    for (const resolve of this.#acks.values()) resolve(0);
  }

  async #end(driver: Driver, ending: EndingKind, code: string, text: string): Promise<void> {
    if (this.#driver !== driver) return;
    // Before the first login there is nothing that could have been unlinked.
    const kind = ending === 'logged_out' && !this.#open && code !== 'LOGOUT' ? 'lost' : ending;
    const pid = driver.pid();
    this.#forget();
    await driver.close().catch(() => undefined);
    await endBrowser(pid);
    if (kind === 'logged_out') await this.#profile?.remove();
    this.#closed(kind, code, text);
  }
  #closed(ending: EndingKind, code: string, text: string): undefined {
    this.#context.tell({ kind: 'closed', ending, code, text });
  }
}

/** What comes of a promise within so many milliseconds; undefined: nothing yet. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
