import type { BinaryNode, proto } from 'baileys';
import type { Sandbox } from '../context.ts';
import type { Message } from '../store/messages.ts';
import type { Connection } from './connection.ts';
import type { Address, Directory } from './directory.ts';
import type { ServerIdentity } from './identity.ts';
import type { MediaServer } from './media-server.ts';
import type { Outlet } from './outlet.ts';
import type { Serial } from './serial.ts';
import type { Signal } from './signal.ts';
import type { Device, WebStore } from './store.ts';

/** What the parts of WhatsApp Web share. */
export interface Web {
  readonly sandbox: Sandbox;
  readonly identity: ServerIdentity;
  readonly store: WebStore;
  readonly directory: Directory;
  readonly signal: Signal;
  /** One key for each phone: what its Signal sessions do. */
  readonly serial: Serial;
  readonly outlet: Outlet;
  readonly pairing: Pairing;
  readonly groups: Groups;
  readonly presence: Presence;
  readonly phoneSide: PhoneSide;
  readonly media: MediaServer;
}

/** A QR code held up to the phones by whoever shows it. */
export interface Offer {
  readonly qr: string;
  readonly name: string;
  readonly at: number;
}

/** Linking a device to a phone. */
export interface Pairing {
  /** A client without a phone came: it is given what its QR codes are made of. */
  begin(connection: Connection, hello: { clientKey: Buffer; payload: proto.ClientPayload }): void;
  /** A stanza of a client that is not linked yet. */
  heard(connection: Connection, stanza: BinaryNode): void;
  gone(connection: Connection): void;
  /** What a phone could scan now without a camera. */
  offers(): Offer[];
  /** Holds the code on a screen up to the phones. Throws a Problem when no client shows it. */
  offer(qr: string, name: string | undefined): void;
  /** The phone scans a code; resolves with the device's number once it has answered. Throws a Problem. */
  scan(number: string, qr: string): Promise<number>;
  /** The phones whose owners are waited for to type the code that a device shows. */
  waiting(): string[];
  /** The owner types the code of eight letters and digits. Resolves like `scan`. */
  enter(number: string, code: string): Promise<number>;
}

export type Role = 'superadmin' | 'admin' | null;

export interface Group {
  /** `1203…@g.us`. */
  readonly id: string;
  subject: string;
  subjectBy: string;
  subjectAt: number;
  readonly creator: string;
  /** Seconds since the epoch, as on the wire. */
  readonly created: number;
  members: { number: string; role: Role }[];
}

/** Changes reach the devices of all members; they answer whom they concerned. `by` is who made them. */
export interface Groups {
  load(): void;
  get(id: string): Group | undefined;
  of(number: string): Group[];
  create(by: string, given: { subject: string; members: readonly string[] }): Group;
  setSubject(group: Group, by: string, subject: string): void;
  add(group: Group, by: string, numbers: readonly string[]): string[];
  /** Who leaves is removed by itself. */
  remove(group: Group, by: string, numbers: readonly string[]): string[];
  setRole(group: Group, by: string, change: { numbers: readonly string[]; act: 'promote' | 'demote' }): string[];
  /** As `groupMetadata` reads it. */
  describe(group: Group): BinaryNode;
}

/** Who is there and who is typing. */
export interface Presence {
  said(connection: Connection, stanza: BinaryNode): void;
  phoneTypes(number: string, what: { to: string; state: 'composing' | 'recording' | 'paused' }): void;
  /** A phone went on or off. */
  changed(number: string, online: boolean): void;
  gone(connection: Connection): void;
}

/** The phones: device 0 of each account. */
export interface PhoneSide {
  linked(device: Device): void;
  /** A device is there and has all that waited for it. */
  arrived(device: Device): void;
  /** Removes a linked device. `told`: it did so itself, and knows. */
  unlink(device: Device, how: { told: boolean }): void;
  /** A phone wrote: it is encrypted for the linked devices once it is on disk. */
  say(message: Message): void;
  resume(): void;
  /** A device could not read what a phone sent. */
  resend(what: { phone: string; to: Address; id: string }): void;
  /** Delivered, read or played by a phone (the one it was for, or a member of its group): the author's devices hear of it. */
  ticked(message: Message, status: 'delivered' | 'read' | 'played', by?: string): void;
  /** Something sealed came for a phone. */
  arrivedAtPhone(number: string): void;
  /** Resolves once a phone has read all that came for it. */
  look(number: string): Promise<void>;
}
