import { newUuid } from '@centralita/kernel';
import { withDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import type { Scope } from '../../../../test/harness/defer.ts';

export interface Tables {
  readonly base: TestDatabase;
  readonly companyId: string;
  readonly appId: string;
  /** A session that shall run, with its account and route. */
  session(name: string, options?: { readonly wanted?: boolean }): Promise<string>;
}

/** A database with one company and the partitions of receipts, as the server leaves it. */
export async function openTables(t: Scope): Promise<Tables> {
  const base = await withDatabase(t);
  const { db } = base;
  const [companyId, appId] = [newUuid(), newUuid()];
  await db.query("insert into {s}.companies (id, slug, name, schema_name, role_name) values ($1, 'bed', 'Bed', 'c_bed', 'c_bed')", [companyId]);
  await db.query("insert into {s}.apps (id, company_id, provider, slug, secrets) values ($1, $2, 'baileys', 'bed', '')", [appId, companyId]);
  // Two days, for a test that runs over midnight.
  for (const offset of [0, 1]) {
    const [row] = await db.query<{ day: string; next: string; name: string }>(
      "select to_char(d, 'YYYY-MM-DD') as day, to_char(d + 1, 'YYYY-MM-DD') as next, 'receipts_' || to_char(d, 'YYYYMMDD') as name from (select (now() at time zone 'utc')::date + $1::integer as d) x", [offset]);
    await db.query(`create table {s}.${row!.name} partition of {s}.receipts for values from ('${row!.day}') to ('${row!.next}')`);
  }
  return {
    base, companyId, appId,
    async session(name, { wanted = true } = {}) {
      const [id, account, route] = [newUuid(), newUuid(), newUuid()];
      await db.query('insert into {s}.accounts (id, company_id, name) values ($1, $2, $3)', [account, companyId, name]);
      await db.query("insert into {s}.routes (id, company_id, account_id, app_id, provider, sender_id, credentials) values ($1, $2, $3, $4, 'baileys', $5, '')", [route, companyId, account, appId, name]);
      await db.query("insert into {s}.web_sessions (id, company_id, account_id, route_id, app_id, name, engine, sandbox, wanted) values ($1, $2, $3, $4, $5, $6, 'baileys', true, $7)",
        [id, companyId, account, route, appId, name, wanted]);
      await db.query("select pg_notify('centralita_bridge_hosts', '')");
      return id;
    },
  };
}
