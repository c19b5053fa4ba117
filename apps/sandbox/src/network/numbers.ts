/** What WhatsApp makes of a telephone number. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * The `wa_id` of a number, which may differ from what was dialled: Brazil drops the ninth digit from area 31 on,
 * Mexico puts a 1 after 52, Argentina a 9 after 54.
 */
export function waId(digits: string): string {
  const brazil = /^55([3-9]\d)9(\d{8})$/.exec(digits);
  if (brazil !== null && brazil[1] !== '30') return `55${brazil[1]}${brazil[2]}`;
  const mexico = /^52(\d{10})$/.exec(digits);
  if (mexico !== null) return `521${mexico[1]}`;
  const argentina = /^54([1-8]\d{9})$/.exec(digits);
  if (argentina !== null) return `549${argentina[1]}`;
  return digits;
}

/** Digits of `to` as Meta tolerates it (plus, hyphens, brackets, dots, spaces), or undefined when it is no number at all. */
export function plainDigits(to: string): string | undefined {
  const digits = to.replace(/[\s().\-\u00a0]/g, '');
  return /^\+?\d{5,20}$/.test(digits) ? digits.replace('+', '') : undefined;
}

/**
 * Without a plus and not a possible international number, Meta puts the business's own country code in front
 * (recorded: 4912345678 from Germany became 494912345678).
 */
export function withCountry(digits: string, businessNumber: string): string {
  if (parsePhoneNumberFromString(`+${digits}`)?.isPossible() === true) return digits;
  const country = parsePhoneNumberFromString(`+${businessNumber}`)?.countryCallingCode;
  return country === undefined || digits.startsWith(country) ? digits : `${country}${digits}`;
}

/** Two letters of the country, for business-scoped user ids; `XX` when the number belongs to none. */
export function countryOf(digits: string): string {
  return parsePhoneNumberFromString(`+${digits}`)?.country ?? 'XX';
}

/** As people write it: `+56 9 1234 5678`. */
export function international(digits: string): string {
  return parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? `+${digits}`;
}
