import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';

export interface Acquaintance {
  /** When the contact last wrote. */
  readonly wrote_at: Date | null;
  /** Something was said to the contact before this message. */
  readonly earlier: boolean;
}
type Rule = (tx: Tx, messages: readonly { readonly message_id: string; readonly conversation_id: string }[]) => Promise<ReadonlyMap<string, Acquaintance>>;
const rules = new WeakMap<Runtime['db'], Rule>();

/** Whoever keeps the timelines says how well the number and the contact of a message know each other. */
export function setAcquaintanceRule(rt: Runtime, rule: Rule): void {
  rules.set(rt.db, rule);
}

/** By message. */
export async function acquaintance(rt: Runtime, tx: Tx, messages: Parameters<Rule>[1]): Promise<ReadonlyMap<string, Acquaintance>> {
  return await rules.get(rt.db)?.(tx, messages) ?? new Map();
}
