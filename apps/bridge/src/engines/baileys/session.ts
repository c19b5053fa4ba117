import { fetchLatestWaWebVersion, USyncQuery, USyncUser, type AuthenticationCreds, type BaileysEventMap, type GroupMetadata, type WAMessage, type WAMessageKey } from 'baileys';
import type { Clock } from '@centralita/kernel';
import type { BridgePerson, LookupAnswer } from '@centralita/contracts/bridge';
import { EngineError, type EngineEvent, type EngineFile, type EngineMessage, type EngineSent, type EngineSession, type GroupPower, type PairingCodePower, type SessionContext } from '../../engine.ts';
import type { WhatsAppSettings } from '../../settings.ts';
import { Lru } from '../../store/lru.ts';
import { Acks, refusalOf } from './acks.ts';
import { addressOf, groupOf, lidOf, personOf, phoneOf, pnJid } from './addresses.ts';
import { loadCreds, saveCreds } from './auth-state.ts';
import { Backlog } from './backlog.ts';
import { endingOf } from './endings.ts';
import { sendFailure } from './failures.ts';
import { download } from './files.ts';
import { groupPower } from './groups.ts';
import { People } from './people.ts';
import { decodeMessage, encodeMessage, makeCaches, openSocket, type OpenSocket } from './socket.ts';
import { callEvents, chatOf, contactEvents, createdEvents, groupEvents, groupStatusEvents, memberEvent, messageEvent, seconds, statusEvents, storedMessage } from './to-event.ts';
import { Unread } from './unread.ts';
import { writeContent } from './write-content.ts';

export interface BaileysSettings {
  readonly whatsapp: WhatsAppSettings;
  readonly ackMs: number;
  readonly clock: Clock;
}

/** The first code of a connection lives a minute, the next ones 20 s each (whatsapp-web-protocol.md §4.2). */
const FIRST_QR_MS = 60_000;
const NEXT_QR_MS = 20_000;
const PAIRING_CODE_MS = 160_000;
/** A message that came and was neither handed over nor given up by then is stuck, and what comes after it as well. */
const STUCK_MS = 30_000;
/** What Baileys hands over where it could not decrypt a message: proto.WebMessageInfo.StubType. */
const CIPHERTEXT = 2;
/** WhatsApp gives at most what came in the moments before a host died. */
const SEEN = 1000;
/** A logout waits so long for a connection to tell it by. */
const OPENING_MS = 5000;

/** One login on Baileys. */
export class BaileysSession implements EngineSession {
  readonly groups: GroupPower;
  readonly pairingCode: PairingCodePower;
  readonly #context: SessionContext;
  readonly #settings: BaileysSettings;
  readonly #caches = makeCaches();
  readonly #acks = new Acks();
  readonly #unread: Unread;
  #backlog = new Backlog();
  /** Messages that were told already, by this host or the one before: given again when an acknowledgement did not arrive. */
  readonly #seen = new Lru<true>(SEEN);
  readonly #people: People;
  #creds: AuthenticationCreds | undefined;
  #socket: OpenSocket | undefined;
  #open = false;
  #scanning = false;
  #codes = 0;
  #version: readonly [number, number, number] | undefined;
  #saving = false;
  #toldAlive = 0;
  #onOpen: (() => void) | undefined;
  /** When the oldest message came that is not handled yet. */
  #unhandledSince = 0;

  constructor(context: SessionContext, settings: BaileysSettings) {
    this.#context = context;
    this.#settings = settings;
    this.#version = settings.whatsapp.version;
    this.#people = new People((phone, lid) => context.report({ type: 'identity', at: this.#now(), phone, lid }));
    this.#unread = new Unread((message) => void this.#tellUnread(message));
    this.groups = groupPower({ socket: () => this.#sock(), people: this.#people, caches: this.#caches });
    this.pairingCode = { request: (phone) => this.#requestCode(phone) };
  }

  async connect(): Promise<void> {
    if (this.#seen.size === 0) for (const id of (await this.#context.messages.recent(SEEN)).toReversed()) this.#seen.set(id, true);
    const creds = await loadCreds(this.#context.keys);
    // A code that was never typed on the phone leaves a number without a login.
    if (creds.me && !creds.account) {
      delete creds.me;
      creds.pairingCode = undefined;
    }
    this.#creds = creds;
    this.#codes = 0;
    this.#scanning = false;
    if (creds.me) this.#context.tell({ kind: 'connecting' });
    const socket: OpenSocket = openSocket({
      context: this.#context, creds, whatsapp: this.#settings.whatsapp, version: this.#version, caches: this.#caches,
      heard: (event, data) => {
        if (this.#socket === socket) this.#hear(event, data);
      },
    });
    this.#socket = socket;
    const { ws } = socket.sock;
    this.#backlog = new Backlog();
    ws.on('frame', (frame: unknown) => this.#backlog.hear(frame));
    ws.on('CB:ack,class:message', (node: { attrs: Record<string, string> }) => this.#acknowledged(node.attrs));
    ws.on('CB:message', () => {
      if (this.#unhandledSince === 0) this.#unhandledSince = performance.now();
      this.#alive();
    });
    for (const tag of ['CB:receipt', 'CB:notification', 'CB:success']) ws.on(tag, () => this.#alive());
  }

  async disconnect(): Promise<void> {
    this.#unread.clear();
    const socket = this.#socket;
    this.#gone();
    socket?.close();
    await socket?.sock.end(undefined).catch(() => undefined);
  }

  async logout(): Promise<void> {
    await this.#context.settled().catch(() => undefined);
    if (!this.#open && this.#creds?.account) await this.#opening();
    const socket = this.#socket;
    if (!socket || !this.#open) return;
    // Its end is nothing to tell, but its last frame must still pass.
    this.#socket = undefined;
    await socket.sock.logout();
    this.#socket = socket;
    this.#gone();
  }

  async send(message: EngineMessage): Promise<EngineSent> {
    const sock = this.#sock();
    const to = await this.#known(addressOf(message.to));
    const content = await writeContent(message.content, (id) => this.#find(id, to));
    const quoted = message.quote === undefined ? undefined : await this.#quoted(message.quote, to);
    this.#acks.expect(message.id);
    const sent = await sock.sendMessage(to, content, { messageId: message.id, ...(quoted ? { quoted } : {}) }).catch((error: unknown) => {
      throw sendFailure(error);
    });
    this.#context.messages.put({ id: message.id, chat: to, fromMe: true, content: sent?.message ? encodeMessage(sent.message) : undefined });
    const kept = this.#context.pending();
    const status = await this.#acks.wait(message.id, this.#settings.ackMs);
    // Whoever gets it may ask for it again: a crash must not lose what was answered for.
    await this.#context.settled(kept);
    return { status, ...(groupOf(to) === undefined ? { peer: this.#people.person([to]) } : {}) };
  }

  async markRead(ids: readonly string[]): Promise<void> {
    const keys = (await Promise.all(ids.map((id) => this.#context.messages.get(id)))).flatMap((m) => (m && !m.fromMe ? [{ remoteJid: m.chat, id: m.id, fromMe: false, participant: m.participant }] : []));
    if (keys.length > 0) await this.#sock().readMessages(keys);
  }

  async typing(to: string, state: 'composing' | 'recording' | 'paused'): Promise<void> {
    await this.#sock().sendPresenceUpdate(state, addressOf(to));
  }

  download(reference: string, maxBytes: number): Promise<EngineFile> {
    return download(reference, { sock: this.#sock(), messages: this.#context.messages, maxBytes, sandbox: this.#settings.whatsapp.url !== undefined });
  }

  async lookup(phones: readonly string[]): Promise<LookupAnswer['results']> {
    const sock = this.#sock();
    const found = new Map((await sock.onWhatsApp(...phones.map(pnJid)) ?? []).map((r) => [phoneOf(r.jid), Boolean(r.exists)]));
    const there = phones.filter((phone) => found.get(phone));
    const lids = new Map((await sock.signalRepository.lidMapping.getLIDsForPNs(there.map(pnJid)) ?? []).map((m) => [phoneOf(m.pn), lidOf(m.lid)]));
    return phones.map((phone) => {
      const lid = lids.get(phone);
      return { phone, exists: found.get(phone) ?? false, ...(lid === undefined ? {} : { lid }) };
    });
  }

  /** Asks whether WhatsApp still knows this device: a login that was removed without a word hears nothing for ever. */
  async probe(): Promise<boolean> {
    if (this.#unhandledSince > 0 && performance.now() - this.#unhandledSince > STUCK_MS) return false;
    const me = this.#creds?.me?.id;
    if (!me) return false;
    const answer = await this.#sock().executeUSyncQuery(new USyncQuery().withContext('message').withDeviceProtocol().withUser(new USyncUser().withId(pnJid(phoneOf(me) ?? ''))));
    const own = Number(/:(\d+)@/.exec(me)?.[1] ?? 0);
    const devices = answer?.list.flatMap((user) => (user['devices'] as { deviceList?: { id: number }[] } | undefined)?.deviceList ?? []) ?? [];
    return devices.some((device) => device.id === own);
  }

  #sock(): OpenSocket['sock'] {
    if (!this.#socket || !this.#open) throw new EngineError('not_connected', 'The session is not connected.');
    return this.#socket.sock;
  }

  async #requestCode(phone: string): Promise<{ code: string; expiresInMs: number }> {
    if (!this.#socket || !this.#scanning || this.#creds?.account) throw new EngineError('not_connected', 'The session does not wait to be linked.');
    return { code: await this.#socket.sock.requestPairingCode(phone), expiresInMs: PAIRING_CODE_MS };
  }

  #hear<T extends keyof BaileysEventMap>(event: T, data: BaileysEventMap[T]): void {
    HEARERS[event]?.(this.#ears, data as never);
  }

  readonly #ears: Ears = {
    connection: (update) => this.#connection(update),
    saveCreds: () => this.#saveCreds(),
    messages: (upsert) => this.#messages(upsert),
    pair: (lid, pn) => this.#people.pair(lid, pn),
    report: (events) => this.#context.report(...events),
    people: () => this.#people,
    now: () => this.#now(),
    groupChanged: (id) => this.#caches.groups.del(id),
  };

  #connection({ connection, lastDisconnect, qr, isNewLogin }: BaileysEventMap['connection.update']): void {
    if (qr) {
      this.#scanning = true;
      this.#codes += 1;
      this.#context.tell({ kind: 'qr', qr, expiresInMs: this.#codes === 1 ? FIRST_QR_MS : NEXT_QR_MS });
    }
    if (isNewLogin) {
      this.#scanning = false;
      this.#context.tell({ kind: 'connecting' });
    }
    if (connection === 'open') this.#opened();
    if (connection === 'close') this.#closed(lastDisconnect?.error);
  }

  /** Resolves when the connection that is being made is open, or after some seconds without. */
  #opening(): Promise<void> {
    return new Promise((resolve) => {
      this.#onOpen = resolve;
      setTimeout(resolve, OPENING_MS).unref();
    });
  }

  #opened(): void {
    this.#open = true;
    this.#onOpen?.();
    this.#unhandledSince = 0;
    const me = this.#me();
    this.#people.pair(this.#creds?.me?.id, this.#creds?.me?.lid);
    this.#context.tell({ kind: 'open', me, platform: this.#creds?.platform });
  }

  #closed(error: (Error & { output?: { statusCode?: number } }) | undefined): void {
    const pairing = this.#scanning;
    this.#gone();
    const code = error?.output?.statusCode ?? 0;
    const text = error?.message ?? '';
    const ending = endingOf(code, text, { pairing });
    void (async () => {
      if (ending === 'outdated') await this.#refreshVersion();
      // What was learnt before the end is kept before the next connection reads it.
      await this.#context.settled().catch(() => undefined);
      this.#context.tell({ kind: 'closed', ending, code: String(code), text });
    })();
  }

  #gone(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#open = false;
    this.#scanning = false;
    this.#acks.broken();
    socket?.close();
    this.#context.release();
  }

  /** Only WhatsApp itself tells its version; an operator's choice is kept. */
  async #refreshVersion(): Promise<void> {
    const { url, version } = this.#settings.whatsapp;
    if (url !== undefined || version !== undefined) return;
    const found = await fetchLatestWaWebVersion({}).catch(() => undefined);
    if (found?.isLatest) this.#version = found.version;
  }

  #saveCreds(): void {
    if (this.#saving) return;
    this.#saving = true;
    queueMicrotask(() => {
      this.#saving = false;
      try {
        if (this.#creds) saveCreds(this.#context.keys, this.#creds);
      } catch (error) {
        this.#context.log.debug({ error }, 'the login changed after the session ended');
      }
    });
  }

  #messages({ messages, type }: BaileysEventMap['messages.upsert']): void {
    this.#unhandledSince = 0;
    for (const message of messages) {
      if (message.messageStubType === CIPHERTEXT) this.#unread.wait(message);
      else this.#unread.read(message.key.id);
      const event = messageEvent(message, { people: this.#people, me: this.#me(), backfilled: type === 'append' && !this.#backlog.wasLive(message.key.id), subject: (id) => this.#caches.groups.get<GroupMetadata>(id)?.subject });
      if (!event || this.#seen.has(event.id)) continue;
      this.#seen.set(event.id, true);
      this.#context.messages.put(storedMessage(message));
      this.#context.report(event);
    }
    // Everything that decrypting them changed is committed with them, now.
    this.#context.release();
  }

  /** Nobody sent it again: that somebody wrote is known, and no more. One that had been read before came twice. */
  async #tellUnread(message: WAMessage): Promise<void> {
    const { key } = message;
    const chat = chatOf(key);
    if (!key.id || chat === undefined || await this.#context.messages.get(key.id).catch(() => undefined)) return;
    const group = groupOf(chat);
    this.#context.report({
      type: 'message', id: key.id, at: seconds(message.messageTimestamp) ?? this.#now(), from_me: key.fromMe === true, backfilled: false, content: { type: 'undecryptable' },
      peer: this.#people.person(group === undefined ? [chat, key.remoteJidAlt] : [key.participant, key.participantAlt], message.pushName), ...(group === undefined ? {} : { group: { id: group } }),
    });
  }

  #acknowledged({ id = '', error, t, from }: Record<string, string>): void {
    this.#alive();
    const chat = groupOf(from) === undefined ? { peer: this.#people.person([from]) } : { group: { id: from ?? '' } };
    const at = seconds(t) ?? this.#now();
    if (error !== undefined) {
      if (this.#acks.refused(id, error)) this.#context.report({ type: 'status', id, at, status: 'failed', ...chat, error: { code: error, title: refusalOf(error) } });
    } else if (this.#acks.confirmed(id)) this.#context.report({ type: 'status', id, at, status: 'sent', ...chat });
  }

  #alive(): void {
    const now = performance.now();
    if (now - this.#toldAlive < 1000) return;
    this.#toldAlive = now;
    this.#context.tell({ kind: 'alive' });
  }

  /** The address to use for somebody: a number is looked up once before it is written to. */
  async #known(jid: string): Promise<string> {
    const phone = phoneOf(jid);
    if (phone === undefined || this.#people.person([jid]).lid !== undefined || phone === phoneOf(this.#creds?.me?.id)) return jid;
    if ((await this.#context.keys.get('lid-mapping', [phone]))[phone] !== undefined) return jid;
    const answer = await this.#sock().onWhatsApp(jid).catch((error: unknown) => {
      throw sendFailure(error);
    });
    // Nothing in time; numbers that do not exist are left out of an answer.
    if (!answer) throw new EngineError('not_connected', 'WhatsApp did not say whether the number exists; try again.');
    const [found] = answer;
    if (!found?.exists) throw new EngineError('not_on_whatsapp', `+${phone} is not on WhatsApp.`);
    return found.jid;
  }

  async #find(id: string, to: string): Promise<WAMessageKey> {
    const kept = await this.#context.messages.get(id);
    if (kept) return { remoteJid: kept.chat, id, fromMe: kept.fromMe, ...(kept.participant ? { participant: kept.participant } : {}) };
    // In a conversation of two, what is not ours is theirs; in a group nobody can tell.
    if (groupOf(to) !== undefined) throw new EngineError('invalid', 'The message it refers to is too old for this host to know who wrote it.');
    return { remoteJid: to, id, fromMe: false };
  }

  async #quoted(id: string, to: string): Promise<{ key: WAMessageKey; message: ReturnType<typeof decodeMessage> }> {
    const kept = await this.#context.messages.get(id);
    return { key: await this.#find(id, to), message: kept?.content === undefined ? { conversation: '' } : decodeMessage(kept.content) };
  }

  #me(): BridgePerson {
    const me = this.#creds?.me;
    return personOf([me?.id, me?.lid], me?.name);
  }
  #now(): string {
    return this.#settings.clock.date().toISOString();
  }
}

/** What the hearers below need of a session. */
interface Ears {
  connection(update: BaileysEventMap['connection.update']): void;
  saveCreds(): void;
  messages(upsert: BaileysEventMap['messages.upsert']): void;
  pair(lid: string, pn: string): void;
  report(events: readonly EngineEvent[]): void;
  people(): People;
  now(): string;
  groupChanged(id: string): void;
}

/** What is heard of Baileys' events; the others tell nothing that anybody here wants to know. */
const HEARERS: { readonly [T in keyof BaileysEventMap]?: (ears: Ears, data: BaileysEventMap[T]) => void } = {
  'connection.update': (ears, update) => ears.connection(update),
  'creds.update': (ears) => ears.saveCreds(),
  'messages.upsert': (ears, upsert) => ears.messages(upsert),
  'messages.update': (ears, updates) => ears.report(statusEvents(updates, ears.people())),
  'message-receipt.update': (ears, updates) => ears.report(groupStatusEvents(updates, ears.people())),
  'lid-mapping.update': (ears, { lid, pn }) => ears.pair(lid, pn),
  'messaging-history.set': (ears, { contacts, lidPnMappings }) => {
    for (const { lid, pn } of lidPnMappings ?? []) ears.pair(lid, pn);
    ears.report(contactEvents(contacts, ears.people(), ears.now()));
  },
  'contacts.upsert': (ears, contacts) => ears.report(contactEvents(contacts, ears.people(), ears.now())),
  // A name that comes with every message stands in the message.
  'contacts.update': (ears, contacts) => ears.report(contactEvents(contacts.filter((c) => c.name ?? c.verifiedName), ears.people(), ears.now())),
  'groups.upsert': (ears, groups) => {
    for (const { id } of groups) ears.groupChanged(id);
    ears.report(createdEvents(groups, ears.people(), ears.now()));
  },
  'groups.update': (ears, updates) => {
    for (const { id } of updates) if (id) ears.groupChanged(id);
    ears.report(groupEvents(updates, ears.people(), ears.now()));
  },
  'group-participants.update': (ears, change) => {
    ears.groupChanged(change.id);
    const event = memberEvent(change, ears.people(), ears.now());
    if (event) ears.report([event]);
  },
  call: (ears, calls) => ears.report(callEvents(calls, ears.people())),
};
