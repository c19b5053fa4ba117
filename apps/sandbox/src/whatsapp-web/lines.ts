/** How talk over WhatsApp Web lies in the sandbox's tables: a linked phone is a number of the company, and its id is its JID. */
import type { Sandbox } from '../context.ts';
import { addNumber } from '../network/add-number.ts';
import type { BusinessNumber } from '../store/identities.ts';

/** The `phone_number_id` of a phone that was linked. */
export const lineId = (number: string): string => `${number}@s.whatsapp.net`;

export function lineOf(sandbox: Sandbox, number: string): BusinessNumber | undefined {
  const line = sandbox.identities.byBusinessNumber(number);
  return line?.carrier === 'whatsapp-web' ? line : undefined;
}

/** A phone becomes a number of the company with its first linked device, and stays one. */
export function ensureLine(sandbox: Sandbox, number: string): BusinessNumber {
  const known = lineOf(sandbox, number);
  if (known !== undefined) return known;
  const phone = sandbox.phones.ensure(number);
  return addNumber(sandbox, { phoneNumberId: lineId(number), businessNumber: number, name: phone.name || phone.display, tier: 'UNLIMITED', own: 'app', carrier: 'whatsapp-web', line: {} });
}
