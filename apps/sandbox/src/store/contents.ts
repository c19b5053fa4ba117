import type { Runtime } from '../runtime.ts';
import type { Journal, Row } from './journal.ts';
import { number as integer, text } from './journal.ts';

/** What Twilio keeps of something that can be sent by its sid. */
export interface Content {
  readonly sid: string;
  readonly wabaId: string;
  readonly friendlyName: string;
  readonly language: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly types: Readonly<Record<string, unknown>>;
  /** The template that WhatsApp reviews; null: it was not handed in. */
  readonly templateId: string | null;
  readonly createdAt: number;
}

export class Contents {
  readonly #journal: Journal;
  readonly #runtime: Runtime;
  readonly #sql;

  constructor(journal: Journal, runtime: Runtime) {
    this.#journal = journal;
    this.#runtime = runtime;
    this.#sql = {
      insert: journal.prepare('insert into contents values (?, ?, ?, ?, ?, ?, ?, ?)'),
      find: journal.prepare('select * from contents where waba_id = ? and sid = ?'),
      list: journal.prepare('select * from contents where waba_id = ? order by created_at, sid'),
      link: journal.prepare('update contents set template_id = ? where sid = ?'),
      remove: journal.prepare('delete from contents where sid = ?'),
    };
  }

  create(given: Omit<Content, 'sid' | 'templateId' | 'createdAt'>): Content {
    const content: Content = { ...given, sid: `HX${this.#runtime.hex(32)}`, templateId: null, createdAt: this.#runtime.now() };
    this.#journal.write();
    this.#sql.insert.run(content.sid, content.wabaId, content.friendlyName, content.language, JSON.stringify(content.variables), JSON.stringify(content.types), null, content.createdAt);
    return content;
  }

  find(wabaId: string, sid: string): Content | undefined {
    const row = this.#sql.find.get(wabaId, sid);
    return row === undefined ? undefined : contentOf(row);
  }

  list(wabaId: string): Content[] {
    return this.#sql.list.all(wabaId).map(contentOf);
  }

  link(sid: string, templateId: string): void {
    this.#journal.write();
    this.#sql.link.run(templateId, sid);
  }

  remove(sid: string): void {
    this.#journal.write();
    this.#sql.remove.run(sid);
  }
}

function contentOf(row: Row): Content {
  return {
    sid: text(row, 'sid'), wabaId: text(row, 'waba_id'), friendlyName: text(row, 'friendly_name'), language: text(row, 'language'),
    variables: JSON.parse(text(row, 'variables')) as Record<string, unknown>, types: JSON.parse(text(row, 'types')) as Record<string, unknown>,
    templateId: row['template_id'] === null ? null : text(row, 'template_id'), createdAt: integer(row, 'created_at'),
  };
}
