import { warnSeldom } from '@centralita/platform/log';
import type { Runtime } from '../../runtime.ts';
import { ReceiptWriter } from './receipt-writer.ts';
import { LANE } from './store.ts';

const writers = new WeakMap<Runtime['intakeDb'], ReceiptWriter>();

/** The one writer of this process. */
export function writerOf(rt: Runtime): ReceiptWriter {
  let writer = writers.get(rt.intakeDb);
  if (!writer) {
    const warn = warnSeldom(rt.log);
    writer = new ReceiptWriter({
      db: rt.intakeDb, patienceMs: rt.config.databaseTimeoutSeconds * 1000,
      onBatch: (rows) => rt.metrics.receiptBatch.observe(rows),
      onStored: () => rt.lanes.kick(LANE),
      onError: (error) => warn({ error: error.message }, 'webhooks could not be stored; their senders were told to come back'),
    });
    writers.set(rt.intakeDb, writer);
  }
  return writer;
}

/** Acknowledging goes before unpacking: how many webhooks wait for their commit in this process. */
export const pressure = (rt: Runtime): number => writers.get(rt.intakeDb)?.pressure ?? 0;
