import { IconSpeakerphone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { safeLink } from '../safe-link.ts';
import classes from './cards.module.css';
import { Extra } from './extra.tsx';

/** The advertisement a conversation came from. Its picture lies elsewhere; nothing is fetched from there. */
export function Referral({ referral }: { referral: Record<string, unknown> }) {
  const { t } = useTranslation();
  const text = (key: string): string | null => (typeof referral[key] === 'string' && referral[key] !== '' ? referral[key] : null);
  const link = safeLink(text('source_url'));
  return (
    <section className={classes.ad}>
      <p className={classes.label}><IconSpeakerphone size={14} stroke={1.75} aria-hidden />{t('content.referral')}</p>
      {text('headline') && <p className={classes.strong}>{text('headline')}</p>}
      {text('body') && <p className={classes.soft}>{text('body')}</p>}
      {link && <a className={classes.textLink} href={link} target="_blank" rel="noopener noreferrer nofollow">{t('content.referral_open')}</a>}
      <Extra extra={referral} label={t('content.raw')} />
    </section>
  );
}
