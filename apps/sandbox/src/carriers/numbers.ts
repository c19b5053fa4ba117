/** Numbers behind other carriers than Meta: how one is made, and what its owner would be told. */
import type { Sandbox } from '../context.ts';
import type { Runtime } from '../runtime.ts';
import { addNumber } from '../network/add-number.ts';
import type { BusinessNumber, Carrier, CarrierLine, NewNumber } from '../store/identities.ts';
import type { Journal } from '../store/journal.ts';

export interface CarrierWish extends Pick<NewNumber, 'businessNumber' | 'name' | 'tier'> {
  /** Evolution: the instance's name; it is paired with a phone already. */
  readonly instance?: string | undefined;
}

export function addCarrierNumber(sandbox: Sandbox, carrier: Exclude<Carrier, 'meta' | 'whatsapp-web'>, wish: CarrierWish): BusinessNumber {
  const { instance, ...number } = wish;
  return addNumber(sandbox, { ...number, own: 'app', carrier, line: newLine(sandbox.runtime, carrier, instance) });
}

export function newLine(runtime: Runtime, carrier: Carrier, instance: string | undefined): CarrierLine {
  switch (carrier) {
    case 'meta': case 'whatsapp-web': return {};
    case '360dialog': return { key: runtime.token(40), partner_secret: runtime.hex(32) };
    case 'twilio': return { account_sid: `AC${runtime.hex(32)}`, auth_token: runtime.hex(32) };
    case 'evolution': return { instance: instance ?? `desk-${runtime.hex(6)}`, key: uuid(runtime).toUpperCase(), state: 'open', lid: '2.3.7' };
  }
}

/** What is shown of a number: where its API is and what it wants to see. */
export function carrierConfig(sandbox: Sandbox, business: BusinessNumber): Record<string, unknown> {
  const { line, carrier } = business;
  const shared = {
    carrier, business_number: business.businessNumber, phone_number_id: business.phoneNumberId, name: business.name, display_phone_number: business.display,
    tier: business.tier, callback_url: line.hook?.url ?? null, api_url: `${sandbox.origin}/${carrier}`,
  };
  switch (carrier) {
    case 'meta': return shared;
    case 'whatsapp-web': return { ...shared, api_url: null };
    case '360dialog': return { ...shared, waba_id: business.wabaId, api_key: line.key, partner_secret: line.partner_secret };
    case 'twilio': return { ...shared, account_sid: line.account_sid, auth_token: line.auth_token, from: `whatsapp:+${business.businessNumber}` };
    case 'evolution': return { ...shared, api_key: evolutionKey(sandbox.journal, sandbox.runtime), instance: line.instance, state: line.state, lid: line.lid };
  }
}

/** The key of the whole Evolution server; each instance has one of its own besides. */
export function evolutionKey(journal: Journal, runtime: Runtime): string {
  const row = journal.prepare("select value from meta where key = 'evolution_key'").get();
  if (row !== undefined) return String(row['value']);
  const key = runtime.hex(32);
  journal.write();
  journal.prepare("insert into meta values ('evolution_key', ?)").run(key);
  return key;
}

export function uuid(runtime: Runtime): string {
  return runtime.hex(32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
}
