import i18next, { type ResourceKey } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { chooseLanguage, chooseLocale, keepLanguage, keptLanguage, type Language, LANGUAGE_CODES } from './language.ts';

/** Only the language that is shown is fetched. */
const load: Record<Language, () => Promise<{ default: ResourceKey }>> = {
  es: () => import('./es.json'),
  en: () => import('./en.json'),
  pt: () => import('./pt.json'),
};

/** What the pages of the administration say: fetched with the first of them, never with the inbox. */
const loadAdministration: Record<Language, () => Promise<{ default: ResourceKey }>> = {
  es: () => import('./admin.es.json'),
  en: () => import('./admin.en.json'),
  pt: () => import('./admin.pt.json'),
};
let administrationWanted = false;

export async function wantAdministration(language: Language = currentLanguage()): Promise<void> {
  administrationWanted = true;
  if (i18next.exists('admin.save', { lng: language })) return;
  const { default: catalogue } = await loadAdministration[language]();
  i18next.addResourceBundle(language, 'translation', catalogue, true);
}

export async function startI18n(): Promise<void> {
  const language = chooseLanguage(keptLanguage(), navigator.languages);
  const { default: catalogue } = await load[language]();
  await i18next.use(initReactI18next).init({
    lng: language,
    supportedLngs: LANGUAGE_CODES,
    fallbackLng: false,
    resources: { [language]: { translation: catalogue } },
    partialBundledLanguages: true,
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = language;
}

export async function switchLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const { default: catalogue } = await load[language]();
    i18next.addResourceBundle(language, 'translation', catalogue);
  }
  if (administrationWanted) await wantAdministration(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  keepLanguage(language);
}

export function currentLanguage(): Language {
  return chooseLanguage(i18next.language, []);
}

/** The locale that dates and numbers are written in; follows the language. */
export function useLocale(): string {
  const { i18n } = useTranslation();
  return chooseLocale(chooseLanguage(i18n.language, []), navigator.languages);
}
