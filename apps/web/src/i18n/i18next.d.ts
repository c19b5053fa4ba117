import 'i18next';
import type administration from './admin.en.json';
import type en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en & typeof administration };
    returnNull: false;
  }
}
