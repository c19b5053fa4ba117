import { defineSql, type Tx } from '@centralita/platform/database';

const LIVING = defineSql('contact_living', `
  with recursive chain as (
    select c.id as asked, c.id, c.merged_into from {c}.contacts c where c.id = any($1)
    union all select chain.asked, c.id, c.merged_into from chain join {c}.contacts c on c.id = chain.merged_into)
  select asked, id from chain where merged_into is null`);

/** Who these contacts are by now: a merged one is the one it was merged into. Unknown ids are missing. */
export const livingContacts = async (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map((await tx.query<{ asked: string; id: string }>(LIVING, [ids])).map((r) => [r.asked, r.id]));
