import { useTranslation } from 'react-i18next';
import { JsonView } from '../../../../ui/json-view.tsx';
import classes from './extra.module.css';

/** Wire fields nobody here knows: kept, and shown to whoever asks. */
export function Extra({ extra, label }: { extra: unknown; label?: string }) {
  const { t } = useTranslation();
  return (
    <details className={classes.fold}>
      <summary>{label ?? t('content.extra')}</summary>
      <JsonView value={extra} />
    </details>
  );
}
