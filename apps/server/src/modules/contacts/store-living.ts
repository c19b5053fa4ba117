import type { Tx } from '@centralita/platform/database';

/** Who these contacts are by now: a merged one is the one it was merged into. Unknown ids are missing. */
export async function livingContacts(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ asked: string; id: string }>(`
    with recursive chain as (
      select c.id as asked, c.id, c.merged_into from {c}.contacts c where c.id = any($1)
      union all select chain.asked, c.id, c.merged_into from chain join {c}.contacts c on c.id = chain.merged_into)
    select asked, id from chain where merged_into is null`, [ids]);
  return new Map(rows.map((r) => [r.asked, r.id]));
}
