import { NoAnswerError, ProblemError } from '@centralita/sdk';
import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Errors that agents meet, in their language; of others the server's own words are shown. */
const OWN = [
  'conversations.window_closed', 'conversations.no_route', 'conversations.cannot_resend', 'conversations.not_found', 'inbox.held_by_other', 'inbox.file_not_found', 'inbox.not_at_carrier',
  'media.empty', 'media.cut_off', 'companies.limit_users', 'companies.limit_accounts', 'companies.limit_messages',
] as const;

/** Says an error of the server in words; the server's own where it names the field or the reason. */
export function useExplain(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback((error: unknown) => explain(t, error), [t]);
}

export function explain(t: TFunction, error: unknown): string {
  if (error instanceof NoAnswerError) return t('problem.network');
  if (!(error instanceof ProblemError)) return error instanceof Error ? error.message : String(error);
  const own = OWN.find((code) => code === error.code);
  if (own) return t(`problem.${own}`);
  const { errors, title, detail, request_id } = error.problem;
  // The reason that whoever runs the installation gave, if any.
  if (error.code === 'companies.suspended') return [t('problem.companies.suspended'), detail].filter(Boolean).join(' ');
  if (error.status === 429) return t('problem.limited');
  if (error.status === 403) return detail ?? t('problem.forbidden');
  if (error.status === 413) return t('problem.too_large');
  if (error.status === 415) return t('problem.bad_type');
  if (error.status >= 500) return t('problem.server') + (request_id ? ` ${t('problem.reference', { id: request_id })}` : '');
  return errors?.map((e) => e.message).join(' ') || [title, detail].filter(Boolean).join(' ');
}
