import type { BridgePerson } from '@centralita/contracts/bridge';
import { Lru } from '../../store/lru.ts';
import { lidOf, personOf, phoneOf } from './addresses.ts';

/** People whose two addresses are remembered; the rest is in the session's keys. */
const KNOWN = 2000;

/** Which phone number and which LID are one person, as far as this session has heard. */
export class People {
  readonly #phones = new Lru<string>(KNOWN);
  readonly #lids = new Lru<string>(KNOWN);
  readonly #onPair: (phone: string, lid: string) => void;

  /** `onPair`: told once for every pair, as long as it is remembered. */
  constructor(onPair: (phone: string, lid: string) => void) {
    this.#onPair = onPair;
  }

  /** Remembers that both are one person. */
  pair(one: string | null | undefined, other: string | null | undefined): void {
    const phone = phoneOf(one) ?? phoneOf(other);
    const lid = lidOf(one) ?? lidOf(other);
    if (phone === undefined || lid === undefined || this.#phones.get(lid) === phone) return;
    this.#phones.set(lid, phone);
    this.#lids.set(phone, lid);
    this.#onPair(phone, lid);
  }

  /** Somebody by these addresses, completed by what is known. */
  person(jids: readonly (string | null | undefined)[], name?: string | null): BridgePerson {
    const { phone, lid, ...rest } = personOf(jids, name);
    const knownPhone = phone ?? (lid === undefined ? undefined : this.#phones.get(lid));
    const knownLid = lid ?? (phone === undefined ? undefined : this.#lids.get(phone));
    return { ...(knownPhone === undefined ? {} : { phone: knownPhone }), ...(knownLid === undefined ? {} : { lid: knownLid }), ...rest };
  }
}
