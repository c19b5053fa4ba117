import { IconShoppingBag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { price } from '../../../../ui/format.ts';
import type { Content } from '../content.ts';
import { RichText } from '../rich-text.tsx';
import { useThread } from '../thread-context.ts';
import classes from './cards.module.css';

export function OrderCard({ content: c }: { content: Extract<Content, { type: 'order' }> }) {
  const { t } = useTranslation();
  const { locale } = useThread();
  const items = c.items ?? [];
  const currencies = new Set(items.map((i) => i.currency));
  // A sum says something only when all prices are there and in one currency.
  const total = currencies.size === 1 && items.every((i) => i.price !== undefined) ? items.reduce((sum, i) => sum + i.price! * (i.quantity ?? 1), 0) : null;
  return (
    <div className={classes.card}>
      <p className={classes.label}><IconShoppingBag size={14} stroke={1.75} aria-hidden />{t('type.order')} · {t('content.order_items', { count: items.length })}</p>
      <ul className={classes.items}>
        {items.map((item, i) => (
          <li key={i}>
            <span className="tabular">{item.quantity ?? 1} ×</span>
            <span className={classes.product}>{item.product}</span>
            {item.price !== undefined && <span className="tabular">{price(item.price * (item.quantity ?? 1), item.currency, locale)}</span>}
          </li>
        ))}
        {total !== null && items.length > 0 && (
          <li className={classes.total}><span>{t('content.order_total')}</span><span className="tabular">{price(total, items[0]?.currency, locale)}</span></li>
        )}
      </ul>
      {c.text && <RichText text={c.text} />}
      {c.catalog_id && <p className={classes.footer}>{t('content.catalog', { id: c.catalog_id })}</p>}
    </div>
  );
}
