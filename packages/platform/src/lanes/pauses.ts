import type { Database } from '../database.ts';

/** Which lanes nobody takes up for now: whole kinds, or those of an owner (a company, or one lane by its key). Known here as of the last look. */
export class Pauses {
  readonly #db: Database;
  #known: ReadonlySet<string> = new Set();

  constructor(db: Database) {
    this.#db = db;
  }

  async look(): Promise<void> {
    const rows = await this.#db.query<{ kind: string; owner: string | null }>(
      'select kind, owner from {s}.lane_pauses union all select kind, null from {s}.lane_kinds where paused_at is not null');
    this.#known = new Set(rows.map((r) => (r.owner === null ? r.kind : `${r.kind} ${r.owner}`)));
  }

  has(kind: string, owners: readonly string[]): boolean {
    return this.#known.size > 0 && (this.#known.has(kind) || owners.some((owner) => this.#known.has(`${kind} ${owner}`)));
  }

  async set(kind: string, paused: boolean, owners: readonly string[] | undefined): Promise<void> {
    if (owners === undefined) {
      await this.#db.query('insert into {s}.lane_kinds (kind, paused_at) values ($1, $2) on conflict (kind) do update set paused_at = excluded.paused_at', [kind, paused ? new Date() : null]);
    } else if (paused) {
      await this.#db.query('insert into {s}.lane_pauses (kind, owner) select $1, u.o from unnest($2::uuid[]) as u(o) on conflict do nothing', [kind, owners]);
    } else {
      await this.#db.query('delete from {s}.lane_pauses where kind = $1 and owner = any($2)', [kind, owners]);
    }
    await this.look();
  }
}
