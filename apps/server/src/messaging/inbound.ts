import type { Content } from './content.ts';
import type { RemoteStatus } from './ladder.ts';

/** One of the many ways to reach a person. `phone` is digits only, country code first; the others are opaque. */
export type AddressKind = 'phone' | 'bsuid' | 'parent_bsuid' | 'lid' | 'username';
export interface Address {
  readonly kind: AddressKind;
  readonly value: string;
}

/** Whoever is at the other end, as the carrier showed them. At least one address; username alone does not identify. */
export interface Peer {
  readonly addresses: readonly Address[];
  readonly name?: string;
}

/** The company's side of an event: a sender number of a carrier, or the business account above it. */
export type Line =
  | { readonly kind: 'number'; readonly id: string; readonly display?: string; readonly waba_id?: string }
  | { readonly kind: 'waba'; readonly id: string };

/** `at` of an event whose carrier gave no readable time: take the time of receipt instead. */
export const NO_TIME = '1970-01-01T00:00:00.000Z';

interface EventBase {
  /** Unique within its route for ever: the same wire fact always gives the same key. */
  readonly key: string;
  readonly line: Line;
  /** When it happened according to the carrier, ISO 8601; NO_TIME when it did not say. */
  readonly at: string;
}

export interface InboundMessage extends EventBase {
  readonly kind: 'message';
  readonly remote_id: string;
  /** `in`: written by the person; `echo`: sent by the company from another app of the same number. */
  readonly direction: 'in' | 'echo';
  readonly peer: Peer;
  readonly group_id?: string;
  readonly content: Content;
  /** The message it answers. */
  readonly context?: { readonly remote_id?: string; readonly from?: string; readonly forwarded?: boolean; readonly extra?: Readonly<Record<string, unknown>> };
  /** The advertisement it came from, as on the wire. */
  readonly referral?: Readonly<Record<string, unknown>>;
  /** Fields of the wire message that we do not know: kept and shown. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface StatusUpdate extends EventBase {
  readonly kind: 'status';
  readonly remote_id: string;
  /** An unknown word of the carrier is kept in `extra.status` with status `warning`. */
  readonly status: RemoteStatus;
  readonly peer?: Peer;
  /** Sent to a group: `peer` is the participant this is about, if told. */
  readonly group_id?: string;
  /** Our own id, given with the send (`biz_opaque_callback_data`). */
  readonly correlation?: string;
  readonly errors?: readonly { readonly code: string; readonly title?: string; readonly detail?: string }[];
  readonly pricing?: Readonly<Record<string, unknown>>;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Everything about the account, its templates, its limits, and every field we do not know. Payload as on the wire. */
export interface AccountEvent extends EventBase {
  readonly kind: 'account';
  readonly field: string;
  readonly payload: unknown;
  /** Fields around the payload that we do not know. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A person changed number or user id: the old and the new addresses belong to one contact. */
export interface IdentityChange extends EventBase {
  readonly kind: 'identity';
  readonly before: Peer;
  readonly after: Peer;
}

/** A person asked to stop (or resume) a category of messages. */
export interface PreferenceChange extends EventBase {
  readonly kind: 'preference';
  readonly peer: Peer;
  readonly category: string;
  readonly value: 'stop' | 'resume';
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** The address book of a phone, as it is synchronised: names, and addresses that belong together. */
export interface PeopleTold extends EventBase {
  readonly kind: 'people';
  readonly people: readonly Peer[];
}

export type InboundEvent = InboundMessage | StatusUpdate | AccountEvent | IdentityChange | PreferenceChange | PeopleTold;
