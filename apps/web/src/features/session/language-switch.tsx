import { useTranslation } from 'react-i18next';
import { switchLanguage } from '../../i18n/index.ts';
import { LANGUAGE_CODES, LANGUAGES } from '../../i18n/language.ts';
import classes from './language-switch.module.css';

/** The languages by their own names, so that everybody finds theirs. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <div className={classes.row} role="group" aria-label={t('nav.language')}>
      {LANGUAGE_CODES.map((code) => (
        <button key={code} type="button" lang={code} className={classes.item} aria-pressed={i18n.language === code} onClick={() => void switchLanguage(code)}>
          {LANGUAGES[code]}
        </button>
      ))}
    </div>
  );
}
