import { useTranslation } from 'react-i18next';
import type { RouteDetails } from '../../api/types.ts';
import { phoneNumber } from '../../ui/format.ts';

/** Words for what servers newer than this page may bring: the catalogue's where it has them, else the server's own. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const known = (key: string, otherwise: string): string => (i18n.exists(key) ? t(key as 'connect.title') : otherwise);
  return {
    kind: (type: string): string => known(`carriers.kind_${type}`, type),
    about: (type: string): string => known(`carriers.about_${type}`, ''),
    label: (field: string): string => known(`carriers.label_${field}`, field),
    help: (type: string, field: { name: string; help: string }): string => known(`carriers.help_${type}_${field.name}`, field.help),
    problem: (code: string): string => known(`numbers.problem_${code}`, code),
  };
}

/** A number as people know it; what its carrier calls it where it tells no number. */
export const nameOf = (route: Pick<RouteDetails, 'phone_number' | 'sender_id'>): string => (route.phone_number === null ? route.sender_id : phoneNumber(route.phone_number));
