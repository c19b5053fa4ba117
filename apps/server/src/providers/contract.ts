import type { HttpClient } from '@centralita/platform/http';
import type { CarrierError, InboundEvent, OutboundContent, Peer, ProviderType, SendOutcome, TemplateContent } from '../messaging/index.ts';
import type { CarrierTemplate, NewTemplate, TemplateNews } from './templates.ts';

/** Secrets and ids of a route, decrypted, as the provider's own `credentials` schema describes them. */
export type Credentials = Readonly<Record<string, string>>;

/** What a provider works with: never a table, never a clock of its own. */
export interface CarrierContext {
  readonly http: HttpClient;
  readonly credentials: Credentials;
  /** Milliseconds for one call; shorter than the lease (design §3, leases). */
  readonly timeoutMs: number;
  /** Our own webhook's address for this route: for a carrier that is told with each message where to report. */
  readonly webhookUrl?: string;
  /** Of a route that is a web session of ours (`Provider.hosted`): the host that has it active now, or why none has. */
  webHost?(): Promise<WebHost | CarrierError>;
}

/** Where a web session of ours can be reached right now. */
export interface WebHost {
  /** Of the host's HTTP API, without a slash at the end. */
  readonly url: string;
  readonly secret: string;
  /** The session as a segment of a path. */
  readonly session: string;
  /** Of the linked phone, digits. */
  readonly phone?: string;
  readonly name?: string;
}

/** How a web session is run by us. */
export interface HostedSession {
  readonly engine: 'baileys' | 'wwebjs' | 'wppconnect' | 'venom';
  /** It talks to the sandbox instead of WhatsApp. */
  readonly sandbox: boolean;
  /** A connection that broke is made anew by itself. */
  readonly reconnects: boolean;
}

export interface SendRequest {
  readonly to: Peer;
  /** To this group instead (`…@g.us`); only for web sessions of ours. */
  readonly group?: string;
  readonly content: OutboundContent;
  /** Our message id; a carrier that can, gives it back with every status. */
  readonly correlation: string;
  /** The carrier's id of the message this one quotes. */
  readonly quote?: string;
  /** The id of what was made of the content (`ObjectCarrier`). */
  readonly object?: string;
  /** The file of the content, for a carrier that takes it with the message (`media.takes` is `data`). */
  readonly file?: MediaFile;
  /** Which try this is, 1 for the first (the default): the pauses that a carrier asks for grow with it. */
  readonly attempt?: number;
}

/** THE provider interface: a folder under providers/ fills it, the contract suite proves it. */
export interface Provider {
  readonly type: ProviderType;
  /** Content types this carrier takes; anything else is refused before it is sent. */
  readonly contents: ReadonlySet<OutboundContent['type']>;
  /** Refuses what the carrier would (limits, missing fields), before anything is queued. Undefined: fine. */
  check(content: OutboundContent): CarrierError | undefined;
  /** One try. Never throws for what the network or the carrier does: that is an outcome. */
  send(context: CarrierContext, request: SendRequest): Promise<SendOutcome>;
  /** Which credentials a route needs, for forms and the CLI; `secret` values are stored encrypted and never shown. */
  readonly fields: readonly CredentialField[];
  /** Whose route complete credentials make: what receipts are routed by, and what proves them. */
  identify(credentials: Credentials): RouteIdentity;
  /** The credentials with what was left empty and can be made up, before `identify`. */
  complete?(credentials: Credentials): Credentials;
  /** Contents that leave as text with numbered options: an answer in words or by number is matched back to the option. */
  readonly numbered?: ReadonlySet<'buttons' | 'list'>;
  /**
   * A route with these credentials is a WhatsApp Web session that our own hosts run. The message's id is chosen beforehand there: sending
   * again what may have been sent is the same message, so that a doubtful send is repeated instead of waiting for a sign.
   */
  hosted?(credentials: Credentials): HostedSession | undefined;
  /** The carrier's id of the message with this correlation, where we choose it beforehand: its statuses are matched however early they come. */
  messageId?(credentials: Credentials, correlation: string): string | undefined;
  readonly push?: PushCarrier;
  readonly media?: MediaCarrier;
  readonly presence?: PresenceCarrier;
  readonly setup?: SetupCarrier;
  readonly pairing?: PairingCarrier;
  /** Contents that are made at the carrier before they can be sent. */
  readonly objects?: ObjectCarrier;
  /** For sends whose answer got lost. */
  readonly outcomes?: OutcomeCarrier;
  /** Templates that WhatsApp approves. With `contents` that have `template`. */
  readonly templates?: TemplateCarrier;
  readonly limits: RouteLimits;
  /** The pace that what `setup.probe` told (`info`) entitles to; `limits` when it says nothing of it. */
  limitsFor?(info: Readonly<Record<string, unknown>>): RouteLimits;
  /** What an error in a status means (`StatusUpdate.errors`), in the words and classes that `send` uses. */
  explain?(error: { readonly code: string; readonly title?: string; readonly detail?: string }): CarrierError;
}

export interface CredentialField {
  readonly name: string;
  readonly secret: boolean;
  readonly required: boolean;
  readonly help: string;
}

export interface RouteIdentity {
  /** As `Line.id` of the parser's events. */
  readonly sender_id: string;
  readonly waba_id?: string;
  /** Digits, where the credentials tell it. */
  readonly phone?: string;
  /** What the carrier signs or shows with its webhooks; absent: we make one up and tell it to the carrier in `setup.subscribe`. */
  readonly app_secret?: string;
  /** Further things that webhooks are checked with (`WebhookSecrets.more`). */
  readonly more?: Readonly<Record<string, string>>;
}

/** Starting pace of a route; the carrier's answers slow it down. */
export interface RouteLimits {
  readonly perSecond: number;
  readonly inFlight: number;
  /** To one contact: `burst` at once, then one every `everyMs`. */
  readonly pair: { readonly burst: number; readonly everyMs: number };
  /** The number is somebody's phone, and must not look like a machine. */
  readonly human?: HumanPace;
}

/** How a person with a phone writes: what keeps an unofficial number from being blocked. */
export interface HumanPace {
  /** Pause between two messages in milliseconds, drawn anew each time. */
  readonly spacingMs: readonly [least: number, most: number];
  /** Messages within 24 hours that we begin: campaigns, and to people who have not written. Answers are spaced but never held back. */
  readonly perDay: number;
  /** The part of these that may go to people the number never wrote to. */
  readonly newShare: number;
  /** A young number begins with `firstDay` messages, and may send evenly more until `perDay` after `days`. */
  readonly warmUp: { readonly firstDay: number; readonly days: number };
}
/** Cautious figures of our own (field-notes.md, ban risk): WhatsApp publishes none. */
export const HUMAN_LIKE: HumanPace = { spacingMs: [1500, 5000], perDay: 1000, newShare: 0.3, warmUp: { firstDay: 20, days: 14 } };

export interface WebhookSecrets {
  readonly appSecret: string;
  readonly verifyToken: string;
  /** Of the provider's own making (`RouteIdentity.more`). */
  readonly more?: Readonly<Record<string, string>>;
}
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: Buffer;
  /** As the carrier called it: the configured public address, the path and the query. */
  readonly url: string;
  /** Of the caller, behind the proxies that are trusted (TRUST_PROXY). */
  readonly ip: string;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
}

/** A carrier that calls us. All pure. */
export interface PushCarrier {
  /** Answers the carrier's verification GET; undefined: refuse (403). Left out by a carrier that has none. */
  handshake?(query: Readonly<Record<string, string | undefined>>, secrets: WebhookSecrets): string | undefined;
  /** Over the raw bytes, before any parsing, in constant time. */
  verify(request: WebhookRequest, secrets: WebhookSecrets): boolean;
  /** What the carrier may read as the answer to a webhook, where our own words would mean something to it. */
  readonly answer?: { readonly type: string; readonly body: string };
  /** What is kept of a request, for a carrier whose bodies alone do not tell all; `parse` reads it. Default: the body as it came. */
  receipt?(request: WebhookRequest): Buffer;
  /** `Line.id` of what a webhook is about, as its body claims: for an address that names no app. Left out where all apps have their own address. */
  sender?(request: WebhookRequest): string | undefined;
  /** Every entry, change, message and status in wire order. Throws ParseError only when the body as a whole is unreadable. */
  parse(raw: Buffer): InboundEvent[];
}

/** The body as a whole cannot be read: it goes to failed_webhooks with this reason. */
export class ParseError extends Error {}

export interface MediaCarrier {
  /** How a file of ours gets to the carrier: given to it before (`upload`), fetched by it from an address of ours (`link`), or with the message (`data`). */
  readonly takes: 'upload' | 'link' | 'data';
  /** Where an inbound file can be fetched now, with the headers that fetch needs (short-lived). This or `fetch`. */
  locate?(context: CarrierContext, remoteId: string): Promise<MediaLocation | CarrierError>;
  /** An inbound file itself, at most `maxBytes`, where the carrier has no address for it. */
  fetch?(context: CarrierContext, remoteId: string, maxBytes: number): Promise<Omit<MediaFile, 'filename'> | CarrierError>;
  /** Gives a file to the carrier; answers the id to send with. With `takes: 'upload'`. */
  upload?(context: CarrierContext, file: MediaFile): Promise<{ readonly id: string } | CarrierError>;
}
export interface MediaLocation {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly mime_type?: string;
  readonly size?: number;
}
export interface MediaFile {
  readonly data: Buffer;
  readonly mime_type: string;
  readonly filename: string;
}

export interface PresenceCarrier {
  /** Marks an inbound message (and what came before it) as read; optionally shows typing. False: it did not work, nothing depends on it. */
  markRead(context: CarrierContext, message: ReadMessage): Promise<boolean>;
}
export interface ReadMessage {
  readonly remote_id: string;
  /** Who wrote it: some carriers want to be told. */
  readonly peer: Peer;
  readonly typing: boolean;
}

/** A carrier where buttons and the like are objects of its own, sent by their id. */
export interface ObjectCarrier {
  /** What has to be made for a content, the same text for the same thing; undefined: it is sent as it is. Pure. */
  describe(content: OutboundContent): string | undefined;
  make(context: CarrierContext, description: string): Promise<{ readonly id: string } | CarrierError>;
  remove(context: CarrierContext, id: string): Promise<CarrierError | undefined>;
  /** Whether a send was refused because there is no such object any more. Pure. */
  missing(error: CarrierError): boolean;
}

/** A carrier that can be asked afterwards what it took. */
export interface OutcomeCarrier {
  /** What it does not list half a minute after the send it has not, and will not have. */
  readonly complete: boolean;
  /** Our messages to this person since then. Undefined: such a message cannot be told from others. */
  find(context: CarrierContext, sent: SentBefore): Promise<FoundSent | CarrierError | undefined>;
}
/** Ids, the oldest first: of messages that say the same, and of all others. */
export interface FoundSent {
  readonly same: readonly string[];
  readonly others: readonly string[];
}
export interface SentBefore {
  readonly to: Peer;
  readonly content: OutboundContent;
  /** Milliseconds since 1970, by our clock. */
  readonly since: number;
}

/** A carrier with templates that WhatsApp approves. */
export interface TemplateCarrier {
  /** All of them, as the carrier has them now. */
  list(context: CarrierContext): Promise<readonly CarrierTemplate[] | CarrierError>;
  /** Makes one and hands it in to WhatsApp. */
  create(context: CarrierContext, template: NewTemplate): Promise<Pick<CarrierTemplate, 'remote_id' | 'status'> | CarrierError>;
  /** Removes one language of a template; all of them where the carrier knows no less. */
  remove(context: CarrierContext, template: Pick<CarrierTemplate, 'remote_id' | 'name'>): Promise<CarrierError | undefined>;
  /** What a webhook's account event says of a template. Left out by a carrier that tells nothing. Pure. */
  told?(field: string, payload: unknown): TemplateNews | undefined;
  /** The message that says the template with these values, which fit (`misfit`). Pure. */
  fill(template: CarrierTemplate, values: Readonly<Record<string, string>>): TemplateContent;
}

/** Connecting a number: test what was pasted, tell the carrier where to call. */
export interface SetupCarrier {
  probe(context: CarrierContext): Promise<ProbeResult>;
  /** Left out where an operator must enter the address at the carrier by hand. */
  subscribe?(context: CarrierContext, callback: Callback): Promise<CarrierError | undefined>;
  /** Where the carrier calls now. Left out where it cannot be asked. */
  subscription?(context: CarrierContext, url: string): Promise<Subscription>;
}
/** `here`: our address · `elsewhere`: another one · `none` · `unknown`: it did not tell. `detail`: for an operator, such as the other address. */
export interface Subscription {
  readonly state: 'here' | 'elsewhere' | 'none' | 'unknown';
  readonly detail?: string;
}
/** Our webhook as the carrier is told of it. */
export interface Callback {
  readonly url: string;
  readonly secrets: WebhookSecrets;
}

/** A carrier whose number is a phone that must be paired with it. */
export interface PairingCarrier {
  /** Makes the session where there is none yet and begins to pair; `phone` (digits) asks for a code to type instead of a picture to scan. */
  pair(context: CarrierContext, phone?: string): Promise<Pairing | CarrierError>;
}
export type Pairing =
  | { readonly state: 'open' }
  /** `qr`: the text of the picture; `picture`: the same as a data URL; `code`: to be typed on the phone. All short-lived. */
  | { readonly state: 'waiting'; readonly qr?: string; readonly picture?: string; readonly code?: string };

export type ProbeResult =
  | { readonly ok: true; readonly display: string; readonly name?: string; readonly info: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: CarrierError };
