import { setTimeout as sleep } from 'node:timers/promises';
import type { CompanyRef, Tx } from '@centralita/platform/database';
import type { DeliveryChange } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { deliveryStates, type DeliveryRow } from '../delivery/index.ts';

/** How long a caller waits for the carrier. */
export const PATIENCE_MS = 5000;
// The pump of another process gives no signal here: its messages are looked at a few times, each by its own id.
const LOOKS_MS = [300, 800, 1600, 3000] as const;

/** Whoever waits for the carrier's word on a message, woken by `delivery.changed`. */
export class Deliveries {
  readonly #waiting = new Map<string, () => void>();

  /** Inside the transaction that changed deliveries: wakes those who wait, after its commit. */
  note(tx: Tx, changes: readonly DeliveryChange[]): void {
    if (this.#waiting.size === 0) return;
    const concerned = changes.filter((c) => this.#waiting.has(c.message_id));
    if (concerned.length > 0) tx.onCommit(() => concerned.forEach((c) => this.#waiting.get(c.message_id)?.()));
  }

  /** From now on a change of this message is not missed; call it before anybody can send it, and `forget` in the end. */
  expect(messageId: string): Expected {
    let changed = Promise.withResolvers<void>();
    this.#waiting.set(messageId, () => changed.resolve());
    return {
      next: () => changed.promise.then(() => {
        changed = Promise.withResolvers<void>();
      }),
      forget: () => this.#waiting.delete(messageId),
    };
  }
}
export interface Expected {
  next(): Promise<void>;
  forget(): void;
}

const all = new WeakMap<Runtime['events'], Deliveries>();
export function deliveriesOf(rt: Runtime): Deliveries {
  let mine = all.get(rt.events);
  if (!mine) all.set(rt.events, mine = new Deliveries());
  return mine;
}

/** Whether the carrier (or we) have said the last word that a caller waits for. */
export const isSettled = (row: Pick<DeliveryRow, 'status'>): boolean => row.status !== 'queued' && row.status !== 'sending';

/** The delivery as soon as the carrier has answered, or as it stands after five seconds. */
export async function awaitDelivery(rt: Runtime, company: CompanyRef, { message_id, expected }: { message_id: string; expected: Expected }): Promise<DeliveryRow> {
  const end = performance.now() + PATIENCE_MS;
  const looks = [...LOOKS_MS, PATIENCE_MS].map((ms) => end - PATIENCE_MS + ms);
  const done = new AbortController();
  try {
    for (;;) {
      const until = looks.shift() ?? end;
      await Promise.race([expected.next(), sleep(Math.max(until - performance.now(), 0), undefined, { signal: done.signal }).catch(() => undefined)]);
      const row = await readDelivery(rt, company, message_id);
      if (isSettled(row) || performance.now() >= end) return row;
    }
  } finally {
    done.abort();
    expected.forget();
  }
}

export async function readDelivery(rt: Runtime, company: CompanyRef, messageId: string): Promise<DeliveryRow> {
  const [row] = await rt.db.withCompany(company, (tx) => deliveryStates(tx, [messageId]));
  if (!row) throw new Error(`message ${messageId} has no delivery`);
  return row;
}
