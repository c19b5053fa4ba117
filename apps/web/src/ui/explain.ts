import { NoAnswerError, ProblemError } from '@centralita/sdk';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Errors that agents meet, in their language; of others the server's own words are shown. */
const OWN = [
  'conversations.window_closed', 'conversations.no_route', 'conversations.cannot_resend', 'conversations.not_found', 'inbox.held_by_other', 'inbox.file_not_found', 'inbox.not_at_carrier',
  'media.empty', 'media.cut_off',
] as const;

/** Says an error of the server in words; the server's own where it names the field or the reason. */
export function useExplain(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error: unknown) => {
      if (error instanceof NoAnswerError) return t('problem.network');
      if (!(error instanceof ProblemError)) return error instanceof Error ? error.message : String(error);
      if (error.status === 429) return t('problem.limited');
      if (error.status === 403) return error.problem.detail ?? t('problem.forbidden');
      if (error.status === 413) return t('problem.too_large');
      if (error.status === 415) return t('problem.bad_type');
      if (error.status >= 500) {
        const reference = error.problem.request_id ? ` ${t('problem.reference', { id: error.problem.request_id })}` : '';
        return t('problem.server') + reference;
      }
      const own = OWN.find((code) => code === error.code);
      if (own) return t(`problem.${own}`);
      const { errors, title, detail } = error.problem;
      return errors?.map((e) => e.message).join(' ') || [title, detail].filter(Boolean).join(' ');
    },
    [t],
  );
}
