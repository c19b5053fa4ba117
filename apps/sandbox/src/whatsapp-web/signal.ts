/** The Signal protocol as the phones speak it: Baileys' repository over keys in the sandbox's own store. */
import { DEFAULT_CONNECTION_CONFIG, generateSignalPubKey } from 'baileys';
import type { SignalDataSet, SignalDataTypeMap, SignalKeyStoreWithTransaction, SignalRepositoryWithLIDStore } from 'baileys';
import { Lru } from '../lru.ts';
import { pairOf } from './directory.ts';
import type { Address, Directory } from './directory.ts';
import { lid } from './node.ts';
import type { WebStore } from './store.ts';

const silent = (): void => undefined;
export const SILENT_LOGGER = { level: 'silent', child: () => SILENT_LOGGER, trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent };

/** How the kinds of keys that a phone has are kept; for others it has no use. */
const KINDS: Readonly<Record<string, { read(kept: Buffer): unknown; write(value: unknown): Uint8Array }>> = {
  // A session is an object of strings and numbers in libsignal's own form.
  session: { read: (kept) => JSON.parse(kept.toString()) as unknown, write: (value) => Buffer.from(JSON.stringify(value)) },
  'sender-key': { read: (kept) => kept, write: bytesOf }, 'identity-key': { read: (kept) => kept, write: bytesOf },
  // Made by the directory; here they are only read and used up.
  'pre-key': { read: (kept) => pairOf(JSON.parse(kept.toString()) as [string, string]), write: bytesOf },
};

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error('a key that is no bytes');
}

export interface Sealing {
  readonly type: 'pkmsg' | 'msg';
  readonly ciphertext: Buffer;
}

export class Signal {
  readonly #store: WebStore;
  readonly #directory: Directory;
  readonly #repositories = new Lru<string, SignalRepositoryWithLIDStore>(2000);

  constructor(store: WebStore, directory: Directory) {
    this.#store = store;
    this.#directory = directory;
  }

  /** Everything of a phone runs one after the other; it all happens within one turn of the event loop, and so within one commit. */
  #of(number: string): SignalRepositoryWithLIDStore {
    const known = this.#repositories.get(number);
    if (known !== undefined) return known;
    const made = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds: this.#directory.account(number).creds, keys: this.#keys(number) }, SILENT_LOGGER);
    // It clears a cache by timers, of which thousands of phones would keep thousands: phones only use LIDs and need no mapping.
    made.close?.();
    this.#repositories.set(number, made);
    return made;
  }

  #keys(number: string): SignalKeyStoreWithTransaction {
    const store = this.#store;
    return {
      get: <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
        const found: { [id: string]: SignalDataTypeMap[T] } = {};
        for (const id of ids) {
          const kept = type in KINDS ? store.key(number, type, id) : undefined;
          if (kept !== undefined) found[id] = KINDS[type]?.read(kept) as SignalDataTypeMap[T];
        }
        return found;
      },
      set: (data: SignalDataSet) => {
        for (const [type, values] of Object.entries(data)) {
          const kind = KINDS[type];
          if (kind === undefined) continue;
          for (const [id, value] of Object.entries(values ?? {})) store.putKey({ number, type, id }, value === null ? null : kind.write(value));
        }
      },
      isInTransaction: () => false,
      transaction: (work) => work(),
    };
  }

  #jid(address: Address): string {
    return lid(this.#directory.account(address.number).lid, address.device);
  }

  /** Undefined: the other device has gone. */
  async seal(from: string, to: Address, data: Uint8Array): Promise<Sealing | undefined> {
    const repository = this.#of(from);
    const jid = this.#jid(to);
    if (!(await repository.validateSession(jid)).exists && !(await this.#begin(from, to))) return undefined;
    const { type, ciphertext } = await repository.encryptMessage({ jid, data });
    return { type, ciphertext: Buffer.from(ciphertext) };
  }

  async #begin(from: string, to: Address): Promise<boolean> {
    const bundle = this.#directory.bundle(to);
    if (bundle === undefined) return false;
    await this.#of(from).injectE2ESession({
      jid: this.#jid(to),
      session: {
        registrationId: bundle.registrationId, identityKey: generateSignalPubKey(bundle.identity),
        signedPreKey: { keyId: bundle.signedPreKey.id, publicKey: generateSignalPubKey(bundle.signedPreKey.value), signature: bundle.signedPreKey.signature },
        ...(bundle.preKey === undefined ? {} : { preKey: { keyId: bundle.preKey.id, publicKey: generateSignalPubKey(bundle.preKey.value) } }),
      },
    });
    return true;
  }

  /** Forgets what was agreed with a device, so that the next message begins anew. */
  async forget(of: string, other: Address): Promise<void> {
    await this.#of(of).deleteSession([this.#jid(other)]);
  }

  /** Throws when it cannot be decrypted. */
  async open(of: string, author: Address, sealed: { kind: 'pkmsg' | 'msg'; bytes: Buffer }): Promise<Buffer> {
    return Buffer.from(await this.#of(of).decryptMessage({ jid: this.#jid(author), type: sealed.kind, ciphertext: sealed.bytes }));
  }

  async openGroup(of: string, author: Address, sealed: { group: string; bytes: Buffer }): Promise<Buffer> {
    return Buffer.from(await this.#of(of).decryptGroupMessage({ group: sealed.group, authorJid: this.#jid(author), msg: sealed.bytes }));
  }

  async learnSenderKey(of: string, author: Address, item: { groupId?: string | null; axolotlSenderKeyDistributionMessage?: Uint8Array | null }): Promise<void> {
    await this.#of(of).processSenderKeyDistributionMessage({ authorJid: this.#jid(author), item });
  }

  /** A message for a group, and the key by which its members read it. */
  async sealGroup(from: string, group: string, data: Uint8Array): Promise<{ ciphertext: Buffer; senderKey: Uint8Array }> {
    const sealed = await this.#of(from).encryptGroupMessage({ group, data, meId: this.#jid({ number: from, device: 0 }) });
    return { ciphertext: Buffer.from(sealed.ciphertext), senderKey: sealed.senderKeyDistributionMessage };
  }

  forgetAll(): void {
    this.#repositories.clear();
  }
}
