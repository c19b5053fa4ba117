import { useTranslation } from 'react-i18next';
import type { Subscription } from '../../api/types.ts';
import { Tag } from '../companies/parts.tsx';

/** How it does, in one word: nothing when all is well. */
export function StateTag({ subscription: s }: { subscription: Subscription }) {
  const { t } = useTranslation();
  if (s.status === 'disabled') return <Tag tone="bad">{t('subscriptions.disabled')}</Tag>;
  if (s.status === 'paused') return <Tag>{t('subscriptions.paused')}</Tag>;
  return s.failing_since ? <Tag tone="warn">{t('subscriptions.failing')}</Tag> : null;
}
