import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import type { Route } from '../accounts/index.ts';

interface Question {
  readonly route: Route;
  readonly conversations: readonly string[];
}
type Rule = (tx: Tx, question: Question) => Promise<ReadonlySet<string>>;
const rules = new WeakMap<Runtime['db'], Rule>();

/** Whoever keeps the timelines says in which conversations one may write freely on a route now. */
export function setWindowRule(rt: Runtime, rule: Rule): void {
  rules.set(rt.db, rule);
}

/** The conversations in which one may write freely on this route. */
export async function mayWriteOn(rt: Runtime, tx: Tx, question: Question): Promise<ReadonlySet<string>> {
  return await rules.get(rt.db)?.(tx, question) ?? new Set(question.conversations);
}
