import type { Address, Peer } from '../../messaging/index.ts';
import { idText, isWire, leftover, text, type Wire } from './wire.ts';

const CONTACT_FIELDS = new Set(['profile', 'wa_id', 'user_id', 'parent_user_id']);
const PROFILE_FIELDS = new Set(['name', 'username']);
const BSUID = /^[A-Z]{2}\.[A-Za-z0-9.]{1,140}$/;

/** Ids as a message or status gives them. */
export interface WireIds {
  readonly phone?: unknown;
  readonly user?: unknown;
  readonly parent?: unknown;
}

/** Someone found in the wire: the peer, and fields of their contact entry that we do not know. */
export interface Person {
  readonly peer: Peer;
  readonly extra?: Wire;
}

/** Digits only, country code first; undefined when it is no phone number. */
export function phoneDigits(value: unknown): string | undefined {
  const digits = idText(value)?.replace(/^\+|[\s()-]/g, '');
  return digits !== undefined && /^\d{1,20}$/.test(digits) ? digits : undefined;
}

/**
 * `value.contacts[]`, matched to messages by their ids and never by position alone: one body may hold several people,
 * in another order than their messages, once each.
 */
export class Contacts {
  readonly #all: readonly Wire[];
  readonly #byId = new Map<string, Wire>();
  readonly #used = new Set<Wire>();

  constructor(contacts: unknown) {
    this.#all = Array.isArray(contacts) ? contacts.filter(isWire) : [];
    for (const contact of this.#all) {
      for (const id of [contact['user_id'], contact['wa_id'], contact['parent_user_id']]) {
        const key = idText(id);
        if (key !== undefined && !this.#byId.has(key)) this.#byId.set(key, contact);
      }
    }
  }

  /**
   * Who these ids are. Without any id at all (`from` missing), `alone` says that the only contact may be taken.
   * Undefined when no address is left.
   */
  find(ids: WireIds, alone: boolean): Person | undefined {
    const keys = [idText(ids.user), idText(ids.phone), idText(ids.parent)];
    let contact: Wire | undefined;
    for (const key of keys) contact ??= key === undefined ? undefined : this.#byId.get(key);
    if (!contact && alone && this.#all.length === 1 && keys.every((k) => k === undefined)) contact = this.#all[0];
    if (contact) this.#used.add(contact);
    const profile = contact && isWire(contact['profile']) ? contact['profile'] : undefined;

    const addresses: Address[] = [];
    add(addresses, 'phone', phoneDigits(ids.phone));
    add(addresses, 'phone', phoneDigits(contact?.['wa_id']));
    add(addresses, 'bsuid', text(ids.user));
    if (typeof ids.phone === 'string' && BSUID.test(ids.phone)) add(addresses, 'bsuid', ids.phone);
    add(addresses, 'bsuid', text(contact?.['user_id']));
    add(addresses, 'parent_bsuid', text(ids.parent));
    add(addresses, 'parent_bsuid', text(contact?.['parent_user_id']));
    if (addresses.length === 0) return undefined;
    add(addresses, 'username', text(profile?.['username'])?.replace(/^@/, ''));

    const name = text(profile?.['name']);
    const peer: Peer = name === undefined ? { addresses } : { addresses, name };
    const extra = contact && restOf(contact, profile);
    return extra ? { peer, extra } : { peer };
  }

  /** Contacts that no message or status was about. */
  unused(): readonly Wire[] {
    return this.#used.size === this.#all.length ? [] : this.#all.filter((c) => !this.#used.has(c));
  }
}

function add(addresses: Address[], kind: Address['kind'], value: string | undefined): void {
  if (value === undefined || value === '') return;
  for (const a of addresses) if (a.kind === kind && a.value === value) return;
  addresses.push({ kind, value });
}

function restOf(contact: Wire, profile: Wire | undefined): Wire | undefined {
  const rest = leftover(contact, CONTACT_FIELDS);
  const restOfProfile = profile ? leftover(profile, PROFILE_FIELDS) : contact['profile'];
  return restOfProfile === undefined ? rest : { ...rest, profile: restOfProfile };
}
