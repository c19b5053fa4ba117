import { isDeepStrictEqual } from 'node:util';
import { encodeId, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Caller } from './caller-type.ts';
import { insertAudit } from './store-audit.ts';

export interface AuditWish {
  /** `noun.verb_in_the_past`, such as `user.invited`. */
  readonly action: string;
  readonly target: { readonly kind: string; readonly id?: string | null; readonly name?: string | null };
  /** What it was and what it is, never a secret. */
  readonly before?: object | null;
  readonly after?: object | null;
  /** The company it happened in; null: in none. Otherwise the caller's. In a company's transaction it is always that company. */
  readonly companyId?: string | null;
}

/** Writes a change into the audit log, in the transaction that makes it. `system`: the installation itself, such as its command line. */
export async function audit(tx: Tx, by: Caller | 'system', wish: AuditWish): Promise<void> {
  const company = wish.companyId === undefined && by !== 'system' ? by.company.id : wish.companyId ?? null;
  const { target } = wish;
  await insertAudit(tx, company, {
    id: newUuid(), ...actorOf(by), action: wish.action, target_kind: target.kind, target_id: target.id ?? null, target_name: target.name ?? null,
    before: wish.before ?? null, after: wish.after ?? null,
  });
}

function actorOf(by: Caller | 'system'): { actor_kind: 'user' | 'key' | 'token' | 'system'; actor_id: string | null; actor_name: string; ip: string | null; request_id: string | null } {
  if (by === 'system') return { actor_kind: 'system', actor_id: null, actor_name: 'centralita', ip: null, request_id: null };
  const from = { ip: by.request?.ip ?? null, request_id: by.request?.id ?? null };
  if (by.user) return { actor_kind: 'user', actor_id: encodeId('usr', by.user.id), actor_name: by.user.name, ...from };
  if (by.key) return { actor_kind: 'key', actor_id: encodeId('key', by.key.id), actor_name: by.key.name, ...from };
  return { actor_kind: 'token', actor_id: by.token?.subject ?? null, actor_name: by.token?.name ?? '', ...from };
}

/** The fields that differ, as they were and as they are; undefined when nothing does. */
export function difference<T extends object>(before: T, after: T): { before: Partial<T>; after: Partial<T> } | undefined {
  const changed = (Object.keys(after) as (keyof T)[]).filter((key) => !isDeepStrictEqual(before[key], after[key]));
  if (changed.length === 0) return undefined;
  const pick = (from: T): Partial<T> => Object.fromEntries(changed.map((key) => [key, from[key] ?? null])) as Partial<T>;
  return { before: pick(before), after: pick(after) };
}
