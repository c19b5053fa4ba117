import { parsePhoneNumberFromString } from 'libphonenumber-js';

const DIGITS = /^[1-9]\d{6,14}$/;

/**
 * The digits, country code first, of a number as people and systems write it: `593987654321`, `+593987654321`, or with signs between
 * (`+593 98 765-4321`). Undefined: it is no international number. Digits are never changed, not even where WhatsApp writes them otherwise.
 */
export function parsePhone(text: string): string | undefined {
  const bare = text.trim().replace(/^(tel|whatsapp):/i, '').replace(/^\+/, '');
  if (DIGITS.test(bare)) return bare;
  // With signs between, only a number that some country's plan knows: “12-34 / 5 pm” is not one.
  const parsed = /^\+?[\d\s().\-/]+$/.test(text.trim()) ? parsePhoneNumberFromString(`+${bare}`) : undefined;
  return parsed?.isPossible() ? parsed.number.slice(1) : undefined;
}

/** As the API answers it: `+593987654321`. */
export const e164 = (digits: string): string => `+${digits}`;
export const e164OrNull = (digits: string | null | undefined): string | null => (digits === null || digits === undefined ? null : /^\d+$/.test(digits) ? e164(digits) : digits);

/**
 * Every way in which WhatsApp may write this number, itself first. Three countries changed their plans and WhatsApp keeps both ways:
 * Brazil put a 9 before mobile numbers (and keeps older accounts without it), Mexico had a 1 and Argentina has a 9 behind the country code.
 */
export function phoneVariants(digits: string): string[] {
  const brazil = /^55(\d\d)(9?)([6-9]\d{7})$/.exec(digits);
  if (brazil) return [digits, brazil[2] === '9' ? `55${brazil[1]}${brazil[3]}` : `55${brazil[1]}9${brazil[3]}`];
  const mexico = /^52(1?)([2-9]\d{9})$/.exec(digits);
  if (mexico) return [digits, mexico[1] === '1' ? `52${mexico[2]}` : `521${mexico[2]}`];
  const argentina = /^54(9?)([1-8]\d{9})$/.exec(digits);
  if (argentina) return [digits, argentina[1] === '9' ? `54${argentina[2]}` : `549${argentina[2]}`];
  return [digits];
}
