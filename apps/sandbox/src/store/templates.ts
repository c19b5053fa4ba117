import type { Runtime } from '../runtime.ts';
import type { Journal, Row } from './journal.ts';
import { number as integer, text } from './journal.ts';

export type TemplateCategory = 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
export type TemplateStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED';
export const TEMPLATE_STATUSES: readonly TemplateStatus[] = ['PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED'];

export interface TemplateComponent {
  readonly type: string;
  readonly format?: string;
  readonly text?: string;
  readonly buttons?: readonly TemplateButton[];
  readonly cards?: readonly { readonly components: readonly TemplateComponent[] }[];
  readonly [key: string]: unknown;
}

export interface TemplateButton {
  readonly type: string;
  readonly text?: string;
  readonly url?: string;
  readonly phone_number?: string;
  readonly [key: string]: unknown;
}

export interface Template {
  readonly id: string;
  readonly wabaId: string;
  readonly name: string;
  readonly language: string;
  category: TemplateCategory;
  status: TemplateStatus;
  readonly parameterFormat: 'POSITIONAL' | 'NAMED';
  components: readonly TemplateComponent[];
  readonly createdAt: number;
}

export type NewTemplate = Pick<Template, 'wabaId' | 'name' | 'language' | 'category' | 'status' | 'parameterFormat' | 'components'>;

/** What every WABA starts with: Meta's own example, and two in Spanish. */
const SEEDS: readonly Omit<NewTemplate, 'wabaId' | 'status'>[] = [
  {
    name: 'hello_world', language: 'en_US', category: 'UTILITY', parameterFormat: 'POSITIONAL',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Hello World' },
      { type: 'BODY', text: 'Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message notification from the Cloud API, hosted by Meta. Thank you for taking the time to test with us.' },
      { type: 'FOOTER', text: 'WhatsApp Business Platform sample message' },
    ],
  },
  {
    name: 'aviso_de_hora', language: 'es', category: 'UTILITY', parameterFormat: 'POSITIONAL',
    components: [
      { type: 'BODY', text: 'Hola {{1}}, te recordamos tu hora para el {{2}}. Si no puedes venir, avísanos por aquí.', example: { body_text: [['Ana', 'lunes 3 a las 10:30']] } },
      { type: 'FOOTER', text: 'Municipalidad Demo' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Confirmo' }, { type: 'QUICK_REPLY', text: 'No puedo ir' }] },
    ],
  },
  {
    name: 'codigo_de_acceso', language: 'es', category: 'AUTHENTICATION', parameterFormat: 'POSITIONAL',
    components: [
      { type: 'BODY', text: 'Tu código de verificación es *{{1}}*. Por tu seguridad, no lo compartas.', add_security_recommendation: true, example: { body_text: [['123456']] } },
      { type: 'FOOTER', text: 'Este código caduca en 10 minutos.', code_expiration_minutes: 10 },
      { type: 'BUTTONS', buttons: [{ type: 'URL', otp_type: 'COPY_CODE', text: 'Copiar código', url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}', example: ['https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456'] }] },
    ],
  },
];

export class Templates {
  readonly #journal: Journal;
  readonly #runtime: Runtime;
  readonly #sql;

  constructor(journal: Journal, runtime: Runtime) {
    this.#journal = journal;
    this.#runtime = runtime;
    this.#sql = {
      find: journal.prepare('select * from templates where waba_id = ? and name = ? and language = ?'),
      byId: journal.prepare('select * from templates where id = ?'),
      named: journal.prepare('select * from templates where waba_id = ? and name = ? order by language'),
      list: journal.prepare('select * from templates where waba_id = ? order by name, language'),
      insert: journal.prepare('insert into templates values (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
      update: journal.prepare('update templates set category = ?, status = ?, components = ? where id = ?'),
      remove: journal.prepare('delete from templates where id = ?'),
      pending: journal.prepare("select * from templates where status = 'PENDING'"),
    };
  }

  seed(wabaId: string): void {
    for (const seed of SEEDS) this.create({ ...seed, wabaId, status: 'APPROVED' });
  }

  create(given: NewTemplate): Template {
    const template: Template = { ...given, id: this.#runtime.digits(15), createdAt: this.#runtime.now() };
    this.#journal.write();
    this.#sql.insert.run(
      template.id, template.wabaId, template.name, template.language, template.category, template.status,
      template.parameterFormat, JSON.stringify(template.components), template.createdAt,
    );
    return template;
  }

  find(wabaId: string, name: string, language: string): Template | undefined {
    const row = this.#sql.find.get(wabaId, name, language);
    return row === undefined ? undefined : templateOf(row);
  }

  byId(id: string): Template | undefined {
    const row = this.#sql.byId.get(id);
    return row === undefined ? undefined : templateOf(row);
  }

  /** All languages of a name. */
  named(wabaId: string, name: string): Template[] {
    return this.#sql.named.all(wabaId, name).map(templateOf);
  }

  list(wabaId: string): Template[] {
    return this.#sql.list.all(wabaId).map(templateOf);
  }

  pending(): Template[] {
    return this.#sql.pending.all().map(templateOf);
  }

  save(template: Template): void {
    this.#journal.write();
    this.#sql.update.run(template.category, template.status, JSON.stringify(template.components), template.id);
  }

  remove(template: Template): void {
    this.#journal.write();
    this.#sql.remove.run(template.id);
  }
}

function templateOf(row: Row): Template {
  const category = text(row, 'category');
  return {
    id: text(row, 'id'), wabaId: text(row, 'waba_id'), name: text(row, 'name'), language: text(row, 'language'),
    category: category === 'MARKETING' || category === 'AUTHENTICATION' ? category : 'UTILITY',
    status: TEMPLATE_STATUSES.find((known) => known === row['status']) ?? 'PENDING',
    parameterFormat: row['parameter_format'] === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    components: JSON.parse(text(row, 'components')) as TemplateComponent[], createdAt: integer(row, 'created_at'),
  };
}
