import { storage } from '../api/runtime.ts';

/** The languages of the interface, by the name their speakers give them. */
export const LANGUAGES = { es: 'Español', en: 'English', pt: 'Português' } as const;
export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as Language[];

const KEY = 'centralita.language';

const isLanguage = (value: string | null | undefined): value is Language => value !== null && value !== undefined && Object.hasOwn(LANGUAGES, value);

/** The one kept, else the first the browser asks for that we have, else English. */
export function chooseLanguage(kept: string | null, wanted: readonly string[]): Language {
  if (isLanguage(kept)) return kept;
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

/**
 * The locale for dates and numbers: the browser's own regional form of the language when it has one (es-PE, en-GB), so that
 * dates look as the reader is used to.
 */
export function chooseLocale(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}

export const keptLanguage = (): string | null => storage.get(KEY);
export const keepLanguage = (language: Language): void => storage.set(KEY, language);
