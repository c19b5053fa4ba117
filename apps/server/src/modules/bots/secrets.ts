import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { putSecret, removeSecret, sealedSecrets } from './store.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Keeps a secret that flows may put into calls (`{{ secrets.NAME }}`), sealed; null removes it. Throws `bots.secret_name`. */
export async function setSecret(rt: Runtime, tx: Tx, name: string, value: string | null): Promise<void> {
  if (!NAME.test(name)) throw errors.secret_name();
  if (value === null) await removeSecret(tx, name);
  else await putSecret(tx, name, rt.sealer.seal(value));
}

/** The values of these secrets, in the clear; those that are not set are missing. */
export async function openSecrets(rt: Runtime, tx: Tx, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map();
  return new Map((await sealedSecrets(tx, names)).map((s) => [s.name, rt.sealer.open(s.sealed)]));
}
