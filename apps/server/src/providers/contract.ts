import type { HttpClient } from '@centralita/platform/http';
import type { CarrierError, InboundEvent, OutboundContent, Peer, ProviderType, SendOutcome } from '../messaging/index.ts';

/** Secrets and ids of a route, decrypted, as the provider's own `credentials` schema describes them. */
export type Credentials = Readonly<Record<string, string>>;

/** What a provider works with: never a table, never a clock of its own. */
export interface CarrierContext {
  readonly http: HttpClient;
  readonly credentials: Credentials;
  /** Milliseconds for one call; shorter than the lease (design §3, leases). */
  readonly timeoutMs: number;
}

export interface SendRequest {
  readonly to: Peer;
  readonly content: OutboundContent;
  /** Our message id; a carrier that can, gives it back with every status. */
  readonly correlation: string;
  /** The carrier's id of the message this one quotes. */
  readonly quote?: string;
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
  readonly push?: PushCarrier;
  readonly media?: MediaCarrier;
  readonly presence?: PresenceCarrier;
  readonly setup?: SetupCarrier;
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

/** Starting pace of a route; the carrier's answers slow it down. */
export interface RouteLimits {
  readonly perSecond: number;
  readonly inFlight: number;
  /** To one contact: `burst` at once, then one every `everyMs`. */
  readonly pair: { readonly burst: number; readonly everyMs: number };
}

export interface WebhookSecrets {
  readonly appSecret: string;
  readonly verifyToken: string;
}
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: Buffer;
}

/** A carrier that calls us. All pure. */
export interface PushCarrier {
  /** Answers the carrier's verification GET; undefined: refuse (403). */
  handshake(query: Readonly<Record<string, string | undefined>>, secrets: WebhookSecrets): string | undefined;
  /** Over the raw bytes, before any parsing, in constant time. */
  verify(request: WebhookRequest, secrets: WebhookSecrets): boolean;
  /** Every entry, change, message and status in wire order. Throws ParseError only when the body as a whole is unreadable. */
  parse(raw: Buffer): InboundEvent[];
}

/** The body as a whole cannot be read: it goes to failed_webhooks with this reason. */
export class ParseError extends Error {}

export interface MediaCarrier {
  /** Where an inbound file can be fetched now, with the headers that fetch needs (short-lived). */
  locate(context: CarrierContext, remoteId: string): Promise<MediaLocation | CarrierError>;
  /** Gives a file to the carrier; answers the id to send with. */
  upload(context: CarrierContext, file: MediaFile): Promise<{ readonly id: string } | CarrierError>;
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
  markRead(context: CarrierContext, remoteId: string, typing: boolean): Promise<boolean>;
}

/** Connecting a number: test what was pasted, tell the carrier where to call. */
export interface SetupCarrier {
  probe(context: CarrierContext): Promise<ProbeResult>;
  subscribe(context: CarrierContext, callback: { readonly url: string; readonly verifyToken: string }): Promise<CarrierError | undefined>;
}
export type ProbeResult =
  | { readonly ok: true; readonly display: string; readonly name?: string; readonly info: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: CarrierError };
