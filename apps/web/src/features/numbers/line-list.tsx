import { Button } from '@mantine/core';
import { IconDeviceMobile, IconPlus } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { phoneNumber } from '../../ui/format.ts';
import { Blank } from '../../ui/blank.tsx';
import { Loaded, Section } from '../companies/parts.tsx';
import classes from '../companies/parts.module.css';
import { useMay } from '../session/me.ts';
import own from './numbers.module.css';
import { chainQuery, linesQuery } from './queries.ts';
import { lineState, StateTag } from './state-tag.tsx';
import { useWords } from './words.ts';

/** More than these are not asked how they do until they are opened. */
const WATCHED = 20;
const EVERY_MS = 15_000;

export function LineList() {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const may = useMay()('whatsapp:admin');
  const lines = useQuery(linesQuery);
  const accounts = lines.data?.accounts ?? [];
  const chains = useQueries({ queries: accounts.slice(0, WATCHED).map((a) => chainQuery(a.id, EVERY_MS)) });
  const connect = may && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => void navigate({ to: '/numbers/{-$lineId}', params: { lineId: 'connect' }, search: {} })}>{t('numbers.connect')}</Button>
  );
  return (
    <Section hint={t('numbers.hint')} action={connect}>
      <Loaded query={lines}>
        {() => (accounts.length === 0 ? <Blank icon={IconDeviceMobile} title={t('numbers.empty')} hint={t('numbers.empty_hint')} /> : (
          <ul className={classes.rows}>
            {accounts.map((a, i) => {
              const routes = chains[i]?.data?.routes;
              return (
                <li key={a.id} className={classes.row} data-off={a.status === 'disabled' || undefined}>
                  <Link to="/numbers/{-$lineId}" params={{ lineId: a.id }} className={`${classes.text} ${own.open}`}>
                    <span className={classes.title}>{a.name}</span>
                    <span className={classes.subtitle}>{a.phone_number === null ? null : `${phoneNumber(a.phone_number)} · `}{a.routes.map((r) => words.kind(r.account_type)).join(' → ')}</span>
                  </Link>
                  {a.status === 'disabled' ? <span className={classes.tag}>{t('numbers.disabled')}</span> : routes && <StateTag state={lineState(routes.map((r) => r.state))} />}
                  <span className={classes.side}>{t('numbers.count', { count: a.routes.length })}</span>
                </li>
              );
            })}
          </ul>
        ))}
      </Loaded>
    </Section>
  );
}
