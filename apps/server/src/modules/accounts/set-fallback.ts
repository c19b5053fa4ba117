import type { Runtime } from '../../runtime.ts';
import { forgetAccounts } from './directory.ts';
import { updateFallback } from './store.ts';

/** After how many failures in a row an account leaves a route for the next one, and how long until it is asked again (seconds). */
export async function setFallback(rt: Runtime, accountId: string, fallback: { readonly fallback_threshold_errors?: number; readonly fallback_cooldown_seconds?: number }): Promise<void> {
  await rt.db.shared((tx) => updateFallback(tx, accountId, fallback));
  forgetAccounts(rt);
}
