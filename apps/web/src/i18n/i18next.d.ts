import 'i18next';
import type administration from './admin.en.json';
import type en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    // What carriers call things is asked for by the names that the server tells: hundreds of keys the compiler cannot check and need not know.
    resources: { translation: typeof en & Omit<typeof administration, 'carriers'> };
    returnNull: false;
  }
}
