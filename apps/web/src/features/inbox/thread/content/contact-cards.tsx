import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../../../api/runtime.ts';
import { Avatar } from '../../../../ui/avatar.tsx';
import { phoneNumber } from '../../../../ui/format.ts';
import type { Card } from '../content.ts';
import classes from './cards.module.css';
import { Extra } from './extra.tsx';

/** Parts of a card that are read out above its data. */
const SHOWN = new Set(['name', 'phones', 'emails', 'org']);

export function ContactCards({ contacts }: { contacts: readonly Card[] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.people}>
      {contacts.map((card, i) => {
        const organisation = companyOf(card.wire);
        const rest = Object.fromEntries(Object.entries(card.wire ?? {}).filter(([part]) => !SHOWN.has(part)));
        return (
          <li key={`${card.name ?? ''} ${i}`} className={classes.person}>
            <Avatar id={card.name ?? String(i)} name={card.name ?? null} size={36} />
            <div className={classes.personText}>
              <p className={classes.strong}>{card.name || t('list.unnamed')}</p>
              {organisation && <p className={classes.soft}>{organisation}</p>}
              {(card.phones ?? []).map((p, j) => {
                const number = p.phone ?? p.wa_id;
                return number ? (
                  <p key={j} className={classes.number}>
                    <span className="tabular">{phoneNumber(number.replace(/[\s()-]/g, ''))}</span>
                    <button type="button" className={classes.copy} onClick={() => void copyText(number)} aria-label={`${t('content.save_number')} ${number}`}><IconCopy size={14} stroke={1.75} aria-hidden /></button>
                  </p>
                ) : null;
              })}
              {(card.emails ?? []).map((e, j) => (e.email ? <p key={j} className={classes.soft}><a href={`mailto:${e.email}`}>{e.email}</a></p> : null))}
              {Object.keys(rest).length > 0 && <Extra extra={rest} label={t('content.raw')} />}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function companyOf(wire: Record<string, unknown> | undefined): string | null {
  const org = wire?.org;
  if (!org || typeof org !== 'object') return null;
  const { company, title } = org as { company?: unknown; title?: unknown };
  return [title, company].filter((x) => typeof x === 'string' && x).join(' · ') || null;
}
