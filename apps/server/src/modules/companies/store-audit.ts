import type { Database, Tx } from '@centralita/platform/database';

export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly actor_kind: 'user' | 'key' | 'token' | 'system';
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly ip: string | null;
  readonly request_id: string | null;
  readonly action: string;
  readonly target_kind: string;
  readonly target_id: string | null;
  readonly target_name: string | null;
  readonly before: Record<string, never> | null;
  readonly after: Record<string, never> | null;
}

/** Through the function, so that a company's transaction can write too. */
export async function insertAudit(tx: Tx, companyId: string | null, entry: Omit<AuditRow, 'at' | 'before' | 'after'> & { before: unknown; after: unknown }): Promise<void> {
  await tx.query('select {s}.audit_add($1::uuid, $2::jsonb)', [companyId, JSON.stringify(entry)]);
}

export interface AuditWanted {
  readonly action?: string | undefined;
  readonly actor_id?: string | undefined;
  readonly target_id?: string | undefined;
  readonly before: string | null;
  readonly limit: number;
}

/** Newest first; `companyId` null: the installation's own. An action that ends with a dot means all that begin with it. */
export function auditOf(db: Database, companyId: string | null, wanted: AuditWanted): Promise<AuditRow[]> {
  return db.query(`
    select id, at, actor_kind, actor_id, actor_name, ip, request_id, action, target_kind, target_id, target_name, before, after from {s}.audit
     where company_id is not distinct from $1 and ($2::uuid is null or id < $2)
       and ($3::text is null or action = $3 or (right($3, 1) = '.' and starts_with(action, $3)))
       and ($4::text is null or actor_id = $4) and ($5::text is null or target_id = $5)
     order by id desc limit $6`,
  [companyId, wanted.before, wanted.action ?? null, wanted.actor_id ?? null, wanted.target_id ?? null, wanted.limit]);
}
