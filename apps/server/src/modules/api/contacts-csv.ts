import { isUtf8 } from 'node:buffer';
import type { Contact, ImportedContacts } from '@centralita/contracts';
import { CreateContact } from '@centralita/contracts';
import { isAppError } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import type { Reach } from '../accounts/index.ts';
import { changeContact, contactErrors, createContact, fieldNames, findPhones, labelContact, listLabels, parseAddress, type ContactsAsked } from '../contacts/index.ts';
import { reachable } from './contact-reach.ts';
import { csvLine, parseCsv } from './csv.ts';
import { listContacts } from './list-contacts.ts';

const FIXED = ['id', 'name', 'phone_number', 'language', 'labels', 'addresses', 'last_active_at', 'created_at'] as const;
const FIELD = 'field:';
/** Contacts in one transaction. */
const AT_ONCE = 200;
const MOST_LINES = 5000;

/** The contacts of the list, a line each, made while they are read. Each page is its own moment. */
export async function* exportCsv(rt: Runtime, company: CompanyRef, { asked, reach }: { readonly asked: Omit<ContactsAsked, 'limit' | 'after'>; readonly reach: Reach }): AsyncGenerator<string> {
  const names = await rt.db.withCompany(company, fieldNames);
  yield csvLine([...FIXED, ...names.map((name) => `${FIELD}${name}`)]);
  let after: ContactsAsked['after'];
  do {
    const page = await rt.db.withCompany(company, (tx) => listContacts(tx, reach, { ...asked, after, limit: AT_ONCE }));
    after = page.next;
    if (page.contacts.length > 0) yield page.contacts.map((contact) => csvLine([...fixedOf(contact), ...names.map((name) => contact.fields[name])])).join('');
  } while (after !== undefined);
}
const fixedOf = (c: Contact): (string | null)[] => [
  c.id, c.name, c.phone_number, c.language, c.labels.map((l) => l.name).join('|'), c.addresses.map((a) => `${a.kind}:${a.value}`).join(' '), c.last_active_at, c.created_at,
];

const Line = CreateContact.pick({ name: true, language: true, fields: true });
interface Wish extends z.infer<typeof Line> {
  readonly line: number;
  readonly phone: string;
  readonly labels: readonly string[];
}
interface Wrong {
  readonly line: number;
  readonly code: string;
  readonly detail: string;
}

/** Adds and changes contacts, line by line. Throws `contacts.bad_file`. */
export async function importCsv(rt: Runtime, company: CompanyRef, { file, reach }: { readonly file: Buffer; readonly reach: Reach }): Promise<ImportedContacts> {
  // Excel's plain "CSV" is Windows-1252: read as UTF-8, every accent in it would be lost.
  if (!isUtf8(file) || file.includes(0)) throw contactErrors.bad_file('It is not UTF-8. In Excel, save it as “CSV UTF-8”.');
  const { wishes, errors } = readLines(file.toString('utf8'));
  const labels = new Map((await rt.db.withCompany(company, listLabels)).map((l) => [fold(l.name), l.id]));
  let [created, changed] = [0, 0];
  for (const wish of wishes) {
    try {
      // A transaction for each: what is wrong with one line is that line's.
      if (await importOne(rt, company, { wish, labels, reach })) created += 1;
      else changed += 1;
    } catch (error) {
      if (!isAppError(error)) throw error;
      errors.push({ line: wish.line, code: error.code, detail: error.message });
    }
  }
  return { created, changed, errors: errors.sort((a, b) => a.line - b.line) };
}

/** Whether the contact is new. */
function importOne(rt: Runtime, company: CompanyRef, { wish, labels, reach }: { readonly wish: Wish; readonly labels: ReadonlyMap<string, string>; readonly reach: Reach }): Promise<boolean> {
  return rt.db.withCompany(company, async (tx) => {
    const ids = wish.labels.map((name) => labels.get(fold(name)));
    const missing = ids.indexOf(undefined);
    if (missing >= 0) throw contactErrors.label_not_found(`“${wish.labels[missing]}”`);
    const change = { name: wish.name, language: wish.language, fields: wish.fields };
    const address = parseAddress({ kind: 'phone', value: wish.phone });
    const known = (await findPhones(tx, [address.value])).get(address.value)?.contact_id;
    if (known !== undefined && (await reachable(tx, reach, [known])).length === 0) throw contactErrors.address_taken();
    const id = known ?? await createContact(rt, tx, { ...change, addresses: [address] });
    if (known !== undefined) await changeContact(rt, tx, { id, change });
    for (const label of ids) await labelContact(rt, tx, { id, label: label!, on: true });
    return known === undefined;
  });
}

function readLines(text: string): { wishes: Wish[]; errors: Wrong[] } {
  const records = parseCsv(text);
  if (!records) throw contactErrors.bad_file('A quotation mark is not closed.');
  const [head, ...lines] = records;
  const columns = head?.cells.map((name) => name.trim()) ?? [];
  const phone = columns.findIndex((name) => /^(phone_number|phone)$/i.test(name));
  if (phone < 0) throw contactErrors.bad_file('The first line does not name phone_number.');
  if (lines.length > MOST_LINES) throw contactErrors.bad_file(`It has ${lines.length} lines; give at most ${MOST_LINES} at a time.`);
  const wishes: Wish[] = [];
  const errors: Wrong[] = [];
  for (const { line, cells } of lines) {
    const cell = (name: string): string | undefined => cells[columns.findIndex((c) => c.toLowerCase() === name)]?.trim() || undefined;
    const fields = Object.fromEntries(columns.flatMap((name, n) => (name.toLowerCase().startsWith(FIELD) && cells[n]?.trim() ? [[name.slice(FIELD.length).trim(), cells[n].trim()]] : [])));
    const parsed = Line.safeParse({ name: cell('name'), language: cell('language'), fields });
    if (!parsed.success) errors.push({ line, code: 'request.invalid', detail: parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join(' ') });
    else wishes.push({ ...parsed.data, line, phone: cells[phone] ?? '', labels: cell('labels')?.split('|').map((l) => l.trim()).filter((l) => l !== '') ?? [] });
  }
  return { wishes, errors };
}

const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
