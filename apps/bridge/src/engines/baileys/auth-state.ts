import { AsyncLocalStorage } from 'node:async_hooks';
import { BufferJSON, initAuthCreds, proto, type AuthenticationCreds, type SignalDataSet, type SignalDataTypeMap, type SignalKeyStore } from 'baileys';
import type { KeyEntry, KeyStore } from '../../engine.ts';

const CREDS = 'creds';

export async function loadCreds(keys: KeyStore): Promise<AuthenticationCreds> {
  const kept = (await keys.get(CREDS, ['']))[''];
  return kept === undefined ? initAuthCreds() : revive(kept) as AuthenticationCreds;
}
export function saveCreds(keys: KeyStore, creds: AuthenticationCreds): void {
  keys.set([{ type: CREDS, id: '', value: JSON.stringify(creds, BufferJSON.replacer) }]);
}

/** Baileys' keys on the session's store: seen at once, durable before anything that depends on them leaves. */
export function signalKeys(keys: KeyStore): SignalKeyStore {
  return {
    async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const found = await keys.get(type, ids);
      return Object.fromEntries(Object.entries(found).map(([id, text]) => [id, reviveAs(type, text)])) as Record<string, SignalDataTypeMap[T]>;
    },
    set(data: SignalDataSet) {
      const entries: KeyEntry[] = [];
      for (const [type, values] of Object.entries(data)) {
        for (const [id, value] of Object.entries(values ?? {})) entries.push({ type, id, value: value === null || value === undefined ? null : JSON.stringify(value, BufferJSON.replacer) });
      }
      keys.set(entries);
    },
  };
}

function reviveAs(type: keyof SignalDataTypeMap, text: string): unknown {
  const value = revive(text);
  return type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value as Record<string, unknown>) : value;
}
const revive = (text: string): unknown => JSON.parse(text, BufferJSON.reviver) as unknown;

export type SignalKeysWithTransaction = SignalKeyStore & {
  isInTransaction(): boolean;
  transaction<T>(work: () => Promise<T>, key: string): Promise<T>;
};

/**
 * Keys for the Signal repository, written through at once, one operation at a time. Baileys' own transactions keep an outgoing message's
 * ratchet in memory until after its frame was handed to the socket, and lock a person's number and LID apart, though both lead to the
 * same ratchet: a message that comes while one goes would lose its step. Operations take about a millisecond of the one core there is;
 * what an operation does inside itself is part of it.
 */
export function directKeys(store: SignalKeyStore): SignalKeysWithTransaction {
  const inside = new AsyncLocalStorage<true>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    get: (type, ids) => store.get(type, ids),
    set: (data) => store.set(data),
    isInTransaction: () => inside.getStore() === true,
    transaction<T>(work: () => Promise<T>): Promise<T> {
      if (inside.getStore()) return work();
      const mine = last.then(() => inside.run(true, work));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
