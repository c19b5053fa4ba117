import type { Readable } from 'node:stream';
import type {
  BridgeEvent, EndingKind, EngineName, Group, GroupMember, LookupAnswer, MemberAction, MembersAnswer, OutgoingContent,
} from '@centralita/contracts/bridge';
import type { Logger } from '@centralita/platform/log';

/**
 * One way to be a linked device of WhatsApp. It knows of no table, no lease and no HTTP: the host gives it what it needs
 * (`SessionContext`), decides when to connect again, and writes what it tells.
 */
export interface Engine {
  readonly name: EngineName;
  /** Shown in `/health` and at the start: an engine that nobody maintains, a missing browser. */
  readonly warnings: readonly string[];
  /** Sessions that one host of it should run at most, unless the operator says otherwise. */
  readonly capacity: number;
  /** A session, not connected. Does no IO. */
  create(context: SessionContext): EngineSession;
  /** Frees what the sessions of this host share (a browser's stray trees); after every session has stopped. */
  close?(): Promise<void>;
}

/** One login. `connect` begins one connection at a time; the host calls it again after `closed`, as the ending asks for. */
export interface EngineSession {
  /** Begins to connect, or to pair where there is no login. Resolves when begun; what follows is told by `context.tell`. */
  connect(): Promise<void>;
  /** Ends the connection and keeps the login. Nothing is told after it. Never throws. */
  disconnect(): Promise<void>;
  /** Unlinks the device at WhatsApp as far as that can be reached; the host wipes the keys afterwards. */
  logout(): Promise<void>;
  /** One try; throws `EngineError`. Resolves as soon as it is known to be at WhatsApp, or has left and was not confirmed in time. */
  send(message: EngineMessage): Promise<EngineSent>;
  /** Messages that people wrote to us are read. Ids that are not known are passed over. */
  markRead(ids: readonly string[]): Promise<void>;
  typing(to: string, state: 'composing' | 'recording' | 'paused'): Promise<void>;
  /** The file of an inbound message, by the reference that the engine reported as `media.remote_id`. */
  download(reference: string, maxBytes: number): Promise<EngineFile>;
  /**
   * Whether WhatsApp still answers on this connection, asked when nothing was heard for a while; the host waits ten
   * seconds. False: the host connects anew and says so.
   */
  probe(): Promise<boolean>;
  /** Which of these numbers (digits) are on WhatsApp. */
  lookup(phones: readonly string[]): Promise<LookupAnswer['results']>;
  readonly pairingCode?: PairingCodePower;
  readonly groups?: GroupPower;
}

/** Pairing by a code that is typed on the phone. */
export interface PairingCodePower {
  /** While waiting for a QR code to be scanned. `phone`: digits. */
  request(phone: string): Promise<{ readonly code: string; readonly expiresInMs: number }>;
}

export interface GroupPower {
  list(): Promise<Group[]>;
  get(group: string): Promise<Group>;
  create(subject: string, members: readonly string[]): Promise<Group>;
  change(group: string, what: { readonly subject?: string | undefined; readonly description?: string | undefined }): Promise<void>;
  members(group: string, action: MemberAction, members: readonly string[]): Promise<MembersAnswer['members']>;
  leave(group: string): Promise<void>;
}
export type { Group, GroupMember };

/** What the host gives to a session. */
export interface SessionContext {
  readonly id: string;
  readonly name: string;
  readonly log: Logger;
  /** Sealed at rest, durable before anything that depends on it leaves this process, and fenced by the lease. */
  readonly keys: KeyStore;
  readonly messages: MessageStore;
  /** A folder of this session's own in the data folder, made when asked for; it stays with this machine and may be lost. */
  directory(): Promise<string>;
  /** What happened to the connection. */
  tell(news: EngineNews): void;
  /** Facts for the server, in their order: they become durable together with the keys set before them. */
  report(...events: readonly EngineEvent[]): void;
  /** Whether this host certainly still owns the session. Ask right before anything leaves that no commit can fence. */
  fresh(): boolean;
  /** Whether what is learnt can still be written: as long as the lease is ours, also while the session ends here. */
  keeps(): boolean;
  /** Names everything set and reported so far, for `settled`; 0: all of it is durable. */
  pending(): number;
  /** Resolves when that much (default: everything so far) is committed; throws when the lease was lost or the host stops. */
  settled(version?: number): Promise<void>;
  /** What is set from now on belongs to a message that is reported in a moment: both are committed together. Ends with `release`, or by itself. */
  hold(): void;
  release(): void;
  /** The login was stored somewhere another host can start from (browser engines). */
  profileStored(): Promise<void>;
}

/** `type` and `id` are the engine's own; values are text (JSON), some kilobytes each. */
export interface KeyStore {
  get(type: string, ids: readonly string[]): Promise<Record<string, string>>;
  /** Null removes. Seen by `get` at once; durable with the next commit. */
  set(entries: readonly KeyEntry[]): void;
}
export interface KeyEntry {
  readonly type: string;
  readonly id: string;
  readonly value: string | null;
}

/** Messages of the last days of this session, both directions. */
export interface MessageStore {
  get(id: string): Promise<StoredMessage | undefined>;
  /** Ids of the last ones, the newest first: what WhatsApp gives again after a takeover is known by them. */
  recent(limit: number): Promise<string[]>;
  /** Durable with the next commit. */
  put(message: StoredMessage): void;
}
export interface StoredMessage {
  readonly id: string;
  /** The engine's address of the chat. */
  readonly chat: string;
  readonly fromMe: boolean;
  /** In a group: who wrote it. */
  readonly participant?: string | undefined;
  /** The engine's own form of it. */
  readonly content?: string | undefined;
}

/** What an engine tells of its connection. */
export type EngineNews =
  /** A code to scan, good for so long. */
  | { readonly kind: 'qr'; readonly qr: string; readonly expiresInMs: number }
  /** Scanned, or logging in. */
  | { readonly kind: 'connecting' }
  /** Messages go both ways. `missed`: what WhatsApp kept while the session was away has been told. */
  | { readonly kind: 'open'; readonly me: { readonly phone?: string | undefined; readonly lid?: string | undefined; readonly name?: string | undefined }; readonly platform?: string | undefined }
  /** Something was heard: any frame, any event. Told at most once a second. */
  | { readonly kind: 'alive' }
  /** A step worth a line in the session's log. */
  | { readonly kind: 'note'; readonly code: string; readonly text: string }
  /** The connection is over. `code` is the engine's own word, for people. */
  | { readonly kind: 'closed'; readonly ending: EndingKind; readonly code: string; readonly text: string; readonly retryAfterMs?: number | undefined };

/** Facts as the contract has them, except that `media.remote_id` is the engine's own reference: the host seals it, and gives it back to `download`. */
export type EngineEvent = Exclude<BridgeEvent, { type: 'state' }>;

/** A message to send. `id` was chosen beforehand: the same id again is the same message for whoever gets it. */
export interface EngineMessage {
  readonly id: string;
  /** As the caller wrote it: a number, `…@lid`, `…@g.us`, or the engine's own address. */
  readonly to: string;
  readonly content: EngineContent;
  /** The id of the message it answers. */
  readonly quote?: string | undefined;
}
/** Files lie on this machine already; `path` is read while it is sent. */
export type EngineContent = { readonly [T in OutgoingContent['type']]: Extract<OutgoingContent, { type: T }> extends { media: unknown }
  ? Omit<Extract<OutgoingContent, { type: T }>, 'media'> & { readonly media: OutgoingFile }
  : Extract<OutgoingContent, { type: T }> }[OutgoingContent['type']];
export interface OutgoingFile {
  readonly path: string;
  readonly size: number;
  readonly mime_type: string;
  readonly filename?: string | undefined;
  readonly voice?: boolean | undefined;
  readonly animated?: boolean | undefined;
}
export interface EngineSent {
  /** `sent`: WhatsApp confirmed it · `written`: it left. */
  readonly status: 'sent' | 'written';
  readonly peer?: { readonly phone?: string | undefined; readonly lid?: string | undefined } | undefined;
}

export interface EngineFile {
  readonly stream: Readable;
  readonly mime_type: string;
  readonly size?: number | undefined;
}

/**
 * Why an engine could not do what was asked.
 * not_connected: nothing left, try later · not_on_whatsapp: there is no such account · refused: WhatsApp said no, `whatsappCode` tells ·
 * unconfirmed: it may have left; the same id can be sent again · invalid: cannot be sent like this · gone: the file is no longer there ·
 * too_large · unsupported: this engine cannot.
 */
export type EngineErrorKind = 'not_connected' | 'not_on_whatsapp' | 'refused' | 'unconfirmed' | 'invalid' | 'gone' | 'too_large' | 'unsupported';
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  readonly whatsappCode: string | undefined;
  constructor(kind: EngineErrorKind, text: string, whatsappCode?: string) {
    super(text);
    this.name = 'EngineError';
    this.kind = kind;
    this.whatsappCode = whatsappCode;
  }
}
