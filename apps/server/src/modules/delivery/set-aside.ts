import { newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { insertDeadLetters } from './store-dead-letters.ts';

/** Work that will not be tried again by itself. `kind`: `send`, `turn`, …; `reason` and `detail` are shown to people. */
export interface SetAside {
  readonly kind: string;
  readonly reason: string;
  readonly detail: string | null;
  readonly conversation_id: string | null;
  readonly message_id: string | null;
  readonly attempts: number;
}

/** Sets work of any room aside as dead letters, in the caller's transaction. */
export async function setAside(rt: Runtime, tx: Tx, items: readonly SetAside[]): Promise<void> {
  if (items.length === 0) return;
  await insertDeadLetters(tx, items.map((item) => ({ id: newUuid(), ...item })));
  tx.onCommit(() => {
    for (const item of items) rt.metrics.deadLetters.inc({ kind: item.kind });
  });
}
