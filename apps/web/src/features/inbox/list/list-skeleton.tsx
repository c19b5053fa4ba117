import { useTranslation } from 'react-i18next';
import classes from './list-skeleton.module.css';

/** Rows without words yet; widths that differ, so that it looks like a list. */
export function ListSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('app.loading')} className={classes.list}>
      {[58, 42, 66, 50, 38, 61, 47, 55, 44].map((width, i) => (
        <div key={width} className={classes.row} style={{ opacity: 1 - i * 0.09 }}>
          <span className={classes.face} />
          <span className={classes.lines}>
            <span className={classes.line} style={{ width: `${width}%` }} />
            <span className={classes.line} style={{ width: `${width + 24}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}
