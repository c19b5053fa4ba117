const decimals = new Map<string, string>();

/** `,` or `.`: how the locale separates decimals. */
function decimalOf(locale: string): string {
  let decimal = decimals.get(locale);
  if (decimal === undefined) {
    try {
      decimal = new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')?.value === ',' ? ',' : '.';
    } catch {
      decimal = '.';
    }
    decimals.set(locale, decimal);
  }
  return decimal;
}

/**
 * A number as people type it: `1.234,5` and `1234.5` in Spanish of Chile, `1,234.5` in English. A separator is read as the
 * locale does; the other one is taken for decimals where it cannot group thousands (`2.5` is two and a half everywhere).
 */
export function readNumber(text: string, locale: string): number | undefined {
  const typed = text.replace(/[\s\p{Currency_Symbol}]/gu, '');
  if (!/^[+-]?\d[\d.,]*$/.test(typed) || typed.length > 40) return undefined;
  const decimal = decimalOf(locale);
  const group = decimal === ',' ? '.' : ',';
  const esc = (separator: string): string => `\\${separator}`;
  const grouped = new RegExp(`^[+-]?\\d{1,3}(${esc(group)}\\d{3})+(${esc(decimal)}\\d+)?$`);
  const written = new RegExp(`^[+-]?\\d+(${esc(decimal)}\\d+)?$`);
  const other = new RegExp(`^[+-]?(\\d+|\\d{1,3}(${esc(decimal)}\\d{3})+)(${esc(group)}\\d+)?$`);
  let digits: string;
  if (grouped.test(typed) || written.test(typed)) digits = typed.replaceAll(group, '').replace(decimal, '.');
  else if (other.test(typed)) digits = typed.replaceAll(decimal, '').replace(group, '.');
  else return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}
