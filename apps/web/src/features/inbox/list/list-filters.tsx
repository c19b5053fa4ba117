import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type AccountSummary, type Filter, FILTERS } from '../../../api/types.ts';
import { phoneNumber } from '../../../ui/format.ts';
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
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" className={classes.account} aria-label={`${t('details.account')}: ${current?.name ?? t('nav.all_accounts')}`}>
          <span className={classes.accountName}>{current?.name ?? t('nav.all_accounts')}</span>
          <IconChevronDown size={14} stroke={2} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => choose(undefined)} rightSection={selected ? undefined : <IconCheck size={15} aria-hidden />}>{t('nav.all_accounts')}</Menu.Item>
        <Menu.Divider />
        {accounts.map((a) => (
          <Menu.Item key={a.id} onClick={() => choose(a.id)} rightSection={a.id === selected ? <IconCheck size={15} aria-hidden /> : undefined}>
            {a.name}
            {a.phone_number && <span className={classes.number}>{phoneNumber(a.phone_number)}</span>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
