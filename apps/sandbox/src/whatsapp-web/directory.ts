/** Who is on WhatsApp, with which devices and keys: what the real network's servers know. */
import { Curve, generateRegistrationId, signedKeyPair } from 'baileys';
import type { KeyPair, SignalCreds } from 'baileys';
import { lidOf } from '../carriers/evolution/people.ts';
import { Lru } from '../lru.ts';
import { plainDigits, waId } from '../network/numbers.ts';
import type { Runtime } from '../runtime.ts';
import type { Phones } from '../store/phones.ts';
import { jid as parseJid } from './node.ts';
import type { Jid } from './node.ts';
import type { Device, WebStore } from './store.ts';

/** A phone as WhatsApp Web knows it: device 0 of its account. */
export interface Account {
  readonly number: string;
  /** Digits of its LID, which say nothing of the number. */
  readonly lid: string;
  readonly creds: SignalCreds;
}

/** One device of an account; device 0 is the phone. */
export interface Address {
  readonly number: string;
  readonly device: number;
}

/** What another device needs to write to one for the first time. Keys are 32 bytes. */
export interface Bundle {
  readonly registrationId: number;
  readonly identity: Uint8Array;
  readonly signedPreKey: { readonly id: number; readonly value: Uint8Array; readonly signature: Uint8Array };
  readonly preKey: { readonly id: number; readonly value: Uint8Array } | undefined;
}

interface KeptKeys {
  identity: [string, string];
  signed: { id: number; pair: [string, string]; signature: string };
  registration: number;
}

const NEXT_ID = 0xff_fffe;

export class Directory {
  readonly #store: WebStore;
  readonly #phones: Phones;
  readonly #runtime: Runtime;
  readonly #accounts = new Lru<string, Account>(20_000);
  readonly #numbers = new Lru<string, string>(20_000);
  readonly #devices = new Map<string, Device[]>();

  constructor(parts: { store: WebStore; phones: Phones; runtime: Runtime }) {
    this.#store = parts.store;
    this.#phones = parts.phones;
    this.#runtime = parts.runtime;
    this.load();
  }

  load(): void {
    this.#accounts.clear();
    this.#numbers.clear();
    this.#devices.clear();
    for (const device of this.#store.devices()) this.devices(device.number).push(device);
  }

  /** The account of a number; it is made when it is asked for the first time. */
  account(number: string): Account {
    const known = this.#accounts.get(number);
    if (known !== undefined) return known;
    const row = this.#store.account(number);
    const account = row === undefined ? this.#create(number) : { number, lid: row.lid, creds: credsOf(JSON.parse(row.keys) as KeptKeys) };
    this.#accounts.set(number, account);
    this.#numbers.set(account.lid, number);
    return account;
  }

  #create(number: string): Account {
    const identity = Curve.generateKeyPair();
    const creds = { signedIdentityKey: identity, signedPreKey: signedKeyPair(identity, 1), registrationId: generateRegistrationId() };
    const wish = lidOf(this.#phones.ensure(number));
    const lid = this.#store.numberOfLid(wish) === undefined ? wish : this.#runtime.digits(15);
    const { signedPreKey } = creds;
    const kept: KeptKeys = {
      identity: texts(identity), registration: creds.registrationId, signed: { id: signedPreKey.keyId, pair: texts(signedPreKey.keyPair), signature: base64(signedPreKey.signature) },
    };
    this.#store.addAccount({ number, lid, keys: JSON.stringify(kept), at: this.#runtime.now() });
    return { number, lid, creds };
  }

  /** The number behind a LID, or undefined when nobody has it. */
  numberOfLid(lid: string): string | undefined {
    const known = this.#numbers.get(lid) ?? this.#store.numberOfLid(lid);
    if (known !== undefined) this.#numbers.set(lid, known);
    return known;
  }

  /** Whom a JID of a person means; undefined when it means nobody. */
  address(jid: string | Jid | undefined): Address | undefined {
    const given = typeof jid === 'string' ? parseJid(jid) : jid;
    if (given === undefined) return undefined;
    if (given.server === 'lid') {
      const number = this.numberOfLid(given.user);
      return number === undefined ? undefined : { number, device: given.device };
    }
    if (given.server !== 's.whatsapp.net' && given.server !== 'c.us') return undefined;
    const digits = plainDigits(given.user);
    return digits === undefined ? undefined : { number: digits, device: given.device };
  }

  /** The number as WhatsApp has it, or undefined when there is none or its phone is not on WhatsApp. */
  onWhatsApp(given: string): string | undefined {
    const digits = plainDigits(given.startsWith('+') ? given : `+${given}`);
    if (digits === undefined || digits.length < 7) return undefined;
    const number = waId(digits);
    return this.#phones.find(number)?.onWhatsapp === false ? undefined : number;
  }

  /** The linked devices of a number, without the phone itself. */
  devices(number: string): Device[] {
    const known = this.#devices.get(number);
    if (known !== undefined) return known;
    const fresh: Device[] = [];
    this.#devices.set(number, fresh);
    return fresh;
  }

  device(address: Address): Device | undefined {
    return this.#devices.get(address.number)?.find((one) => one.device === address.device);
  }

  linked(number: string): boolean {
    return (this.#devices.get(number)?.length ?? 0) > 0;
  }

  all(): Device[] {
    return [...this.#devices.values()].flat();
  }

  nextDevice(number: string): number {
    return this.#store.nextDevice(number);
  }

  addDevice(device: Device): void {
    this.#store.saveDevice(device);
    this.devices(device.number).push(device);
  }

  removeDevice(device: Device): void {
    this.#store.removeDevice(device);
    const kept = this.devices(device.number).filter((one) => one !== device);
    if (kept.length === 0) this.#devices.delete(device.number);
    else this.#devices.set(device.number, kept);
  }

  /** The keys for a first message to a device; a one-time key is used up. Undefined: there is no such device. */
  bundle(address: Address): Bundle | undefined {
    if (address.device === 0) return this.#bundleOfPhone(address.number);
    const device = this.device(address);
    if (device === undefined) return undefined;
    const { id, value, signature } = device.signedPreKey;
    return {
      registrationId: device.registrationId, identity: device.identity, preKey: this.#store.takePreKey(device),
      signedPreKey: { id, value: Buffer.from(value, 'base64'), signature: Buffer.from(signature, 'base64') },
    };
  }

  /** A phone makes its one-time keys when somebody asks for one: it never runs out. */
  #bundleOfPhone(number: string): Bundle {
    const { creds } = this.account(number);
    const pair = Curve.generateKeyPair();
    const id = 1 + (this.#runtime.bytes(4).readUInt32BE(0) % NEXT_ID);
    this.#store.putKey({ number, type: 'pre-key', id: String(id) }, Buffer.from(JSON.stringify(texts(pair))));
    const { signedPreKey } = creds;
    return {
      registrationId: creds.registrationId, identity: creds.signedIdentityKey.public, preKey: { id, value: pair.public },
      signedPreKey: { id: signedPreKey.keyId, value: signedPreKey.keyPair.public, signature: signedPreKey.signature },
    };
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const texts = (pair: KeyPair): [string, string] => [base64(pair.public), base64(pair.private)];

/** A key pair as it is kept: public and private in base64. */
export function pairOf([publicKey, privateKey]: [string, string]): KeyPair {
  return { public: Buffer.from(publicKey, 'base64'), private: Buffer.from(privateKey, 'base64') };
}

function credsOf(kept: KeptKeys): SignalCreds {
  return {
    signedIdentityKey: pairOf(kept.identity), registrationId: kept.registration,
    signedPreKey: { keyId: kept.signed.id, keyPair: pairOf(kept.signed.pair), signature: Buffer.from(kept.signed.signature, 'base64') },
  };
}
