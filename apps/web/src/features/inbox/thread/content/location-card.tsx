import { IconCopy, IconMapPinFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../../../api/runtime.ts';
import type { Content } from '../content.ts';
import { safeLink } from '../safe-link.ts';
import classes from './location-card.module.css';

/** A place: drawn by ourselves, because map tiles would tell a third party where customers are. */
export function LocationCard({ content: c }: { content: Extract<Content, { type: 'location' }> }) {
  const { t } = useTranslation();
  const { latitude, longitude } = c;
  const known = latitude !== undefined && longitude !== undefined;
  const place = known ? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` : '';
  const map = known ? `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}` : null;
  const own = safeLink(c.url);
  return (
    <div className={classes.card}>
      <div className={classes.map} aria-hidden>
        <svg viewBox="0 0 260 96" preserveAspectRatio="xMidYMid slice">
          <path d="M-10 70 60 40l70 22 60-34 90 20" className={classes.road} />
          <path d="M40-10 78 50l-14 56M180-10l-20 50 30 66" className={classes.road} />
          <path d="M-10 22c60-14 110 14 170-4s80-8 110-2" className={classes.lane} />
          <path d="M100-10c-6 40 20 70 12 116M236-10c-10 30-8 70 6 116" className={classes.lane} />
          <rect x="92" y="66" width="46" height="26" rx="6" className={classes.park} />
        </svg>
        <IconMapPinFilled size={30} className={classes.pin} />
      </div>
      <div className={classes.text}>
        {c.name && <p className={classes.name}>{c.name}</p>}
        {c.address && <p className={classes.address}>{c.address}</p>}
        <p className={classes.row}>
          <span className="tabular">{place}</span>
          <button type="button" className={classes.copy} onClick={() => void copyText(place)} aria-label={t('app.copy')}><IconCopy size={14} stroke={1.75} aria-hidden /></button>
        </p>
        <p className={classes.links}>
          {map && <a href={map} target="_blank" rel="noopener noreferrer">{t('content.open_map')}</a>}
          {own && <a href={own} target="_blank" rel="noopener noreferrer nofollow">{new URL(own).hostname}</a>}
        </p>
      </div>
    </div>
  );
}
