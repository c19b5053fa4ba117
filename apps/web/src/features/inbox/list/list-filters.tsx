import { IconChevronDown } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccountSummary, type Filter, FILTERS } from '../../../api/types.ts';
import { phoneNumber } from '../../../ui/format.ts';
import { PopMenu } from '../../../ui/pop-menu.tsx';
import classes from './list-filters.module.css';

/** The views in one row, where the side with them is hidden. */
export function FilterChips({ selected }: { selected: Filter }) {
  const { t } = useTranslation();
  return (
    <nav className={classes.chips} aria-label={t('nav.views')}>
      {FILTERS.map((name) => (
        <Link key={name} to="/inbox" search={(s) => ({ ...s, q: undefined, filter: name === 'all' ? undefined : name })} className={classes.chip} data-active={selected === name || undefined} aria-current={selected === name ? 'page' : undefined}>
          {t(`filter.${name}`)}
        </Link>
      ))}
    </nav>
  );
}

export function AccountSelect({ accounts, selected }: { accounts: readonly AccountSummary[]; selected: string | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const current = accounts.find((a) => a.id === selected);
  const choose = (account: string | undefined): void => void navigate({ to: '.', search: (s) => ({ ...s, account }) });
  const choice = (id: string | undefined, label: ReactNode) => ({ kind: 'item' as const, key: id ?? 'all', label, checked: id === selected, onClick: () => choose(id) });
  return (
    <PopMenu
      place={{ position: 'bottom-end', width: 240 }}
      target={
        <button type="button" className={classes.account} aria-label={`${t('details.account')}: ${current?.name ?? t('nav.all_accounts')}`}>
          <span className={classes.accountName}>{current?.name ?? t('nav.all_accounts')}</span>
          <IconChevronDown size={14} stroke={2} aria-hidden />
        </button>
      }
      entries={() => [
        choice(undefined, t('nav.all_accounts')),
        { kind: 'divider', key: 'divider' },
        ...accounts.map((a) => choice(a.id, <>{a.name}{a.phone_number && <span className={classes.number}>{phoneNumber(a.phone_number)}</span>}</>)),
      ]}
    />
  );
}
