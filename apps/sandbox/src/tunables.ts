import type { Tunables } from './settings.ts';
import type { Journal } from './store/journal.ts';

/** The settings that may change while it runs; a change is remembered over restarts, until `POST /sandbox/reset`. */
export class TunableStore {
  #current: Tunables;
  readonly #initial: Tunables;
  readonly #journal: Journal;

  constructor(journal: Journal, initial: Tunables) {
    this.#journal = journal;
    this.#initial = initial;
    const row = journal.prepare("select value from meta where key = 'tunables'").get();
    this.#current = row === undefined ? initial : { ...initial, ...(JSON.parse(String(row['value'])) as Partial<Tunables>) };
  }

  get now(): Tunables {
    return this.#current;
  }

  change(patch: Partial<Tunables>): Tunables {
    const row = this.#journal.prepare("select value from meta where key = 'tunables'").get();
    const changed = { ...(row === undefined ? {} : (JSON.parse(String(row['value'])) as Partial<Tunables>)), ...patch };
    this.#journal.write();
    this.#journal.prepare("insert into meta values ('tunables', ?) on conflict do update set value = excluded.value").run(JSON.stringify(changed));
    this.#current = { ...this.#initial, ...changed };
    return this.#current;
  }

  forget(): void {
    this.#journal.write();
    this.#journal.prepare("delete from meta where key = 'tunables'").run();
    this.#current = this.#initial;
  }
}
