import type { ContactCard } from '../../messaging/index.ts';
import { idText, isWire, text, type Wire } from './wire.ts';

/**
 * A contact card as sent by a person: may have no name, and may hold everything in a `vcard` (providers.md §1.7).
 * The whole card stays in `wire`.
 */
export function readCard(w: Wire): ContactCard {
  const vcard = text(w['vcard']) ?? '';
  const phones = objects(w['phones']).map((p) => pick({ phone: idText(p['phone']), wa_id: idText(p['wa_id']), type: text(p['type']) }));
  const emails = objects(w['emails']).map((e) => pick({ email: text(e['email']), type: text(e['type']) }));
  if (phones.length === 0) for (const { value: phone, params } of vcardLines(vcard, 'TEL')) phones.push(pick({ phone, wa_id: /;waid=(\d+)/i.exec(params)?.[1] }));
  if (emails.length === 0) for (const email of vcardValues(vcard, 'EMAIL')) emails.push({ email });
  return { name: nameOf(w, vcard) ?? phones[0]?.phone ?? phones[0]?.wa_id ?? '', phones, emails, wire: w };
}

function nameOf(w: Wire, vcard: string): string | undefined {
  const name = isWire(w['name']) ? w['name'] : {};
  const parts = ['prefix', 'first_name', 'middle_name', 'last_name', 'suffix'].map((part) => text(name[part])).filter((p) => p !== undefined);
  return text(name['formatted_name']) ?? text(parts.join(' ')) ?? text(w['name']) ?? vcardValues(vcard, 'FN')[0];
}

const vcardValues = (vcard: string, property: string): string[] => vcardLines(vcard, property).map((line) => line.value);

/** A property in a vCard 3 or 4, wherever it stands: `TEL;type=CELL;waid=15550002:+1 555 0002`, also grouped (`item1.TEL`). `params` begins with `;`. */
function vcardLines(vcard: string, property: string): { readonly value: string; readonly params: string }[] {
  if (vcard === '') return [];
  const lines = vcard.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/);
  return lines.flatMap((line) => {
    const m = /^(?:[\w-]+\.)?([\w-]+)((?:;[^:]*)?):(.*)$/.exec(line);
    const value = m?.[1]?.toUpperCase() === property ? m[3]!.replace(/^tel:/i, '').trim() : '';
    return value === '' ? [] : [{ value: value.replaceAll(/\\([,;\\])/g, '$1'), params: m![2]! }];
  });
}

function objects(value: unknown): Wire[] {
  return Array.isArray(value) ? value.filter(isWire) : [];
}

function pick<K extends string>(fields: Record<K, string | undefined>): Partial<Record<K, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as Partial<Record<K, string>>;
}
