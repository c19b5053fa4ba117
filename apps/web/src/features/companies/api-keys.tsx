import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { ApiKey } from '../../api/types.ts';
import { now } from '../../api/runtime.ts';
import { useLocale } from '../../i18n/index.ts';
import { Blank } from '../../ui/blank.tsx';
import { fullTime } from '../../ui/format.ts';
import { KeyForm } from './key-form.tsx';
import { Dialog, Loaded, SecretDialog, Section, Tag, useChange } from './parts.tsx';
import classes from './parts.module.css';
import { businessesQuery, keysQuery } from './queries.ts';

export function ApiKeys() {
  const { t } = useTranslation();
  const keys = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<string>();
  const [ending, setEnding] = useState<ApiKey>();
  return (
    <Section hint={t('keys.hint')} action={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>{t('keys.new')}</Button>}>
      <Loaded query={keys}>
        {(list) => (list.length === 0 ? <Blank icon={IconKey} title={t('keys.empty')} hint={t('keys.empty_hint')} />
          : <ul className={classes.rows}>{list.map((key) => <Key key={key.id} apiKey={key} onRevoke={() => setEnding(key)} />)}</ul>)}
      </Loaded>
      {making && (
        <KeyForm
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setShown(key);
          }}
        />
      )}
      {shown !== undefined && <SecretDialog title={t('keys.made')} note={t('keys.made_note')} secret={shown} onClose={() => setShown(undefined)} />}
      {ending && <Revoke apiKey={ending} onClose={() => setEnding(undefined)} />}
    </Section>
  );
}

function Key({ apiKey: k, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data: businesses = [] } = useQuery({ ...businessesQuery, enabled: k.business_ids.length > 0 });
  const reach = k.business_ids.map((id) => businesses.find((b) => b.id === id)?.name ?? id);
  const revoked = k.revoked_at !== null;
  const expired = !revoked && k.expires_at !== null && Date.parse(k.expires_at) <= now();
  const about = [t(`nav.role_${k.role}`), k.scopes && t('keys.scopes_count', { count: k.scopes.length }), reach.join(', '), k.allowed_ips?.join(', '), k.created_by?.name].filter(Boolean).join(' · ');
  return (
    <li className={classes.row} data-off={revoked || expired || undefined}>
      <span className={classes.text}>
        <span className={classes.title}>{k.name} <code>{k.prefix}…</code></span>
        <span className={classes.subtitle} title={k.scopes?.join(' ')}>{about}</span>
      </span>
      {k.platform && <Tag>{t('people.platform_tag')}</Tag>}
      {revoked && <Tag>{t('keys.revoked')}</Tag>}
      {expired && <Tag tone="warn">{t('keys.expired')}</Tag>}
      <span className={classes.side}>
        {k.last_used_at ? t('keys.last_used', { at: fullTime(k.last_used_at, locale) }) : t('keys.never_used')}
        {k.expires_at !== null && !revoked && <><br />{t('keys.until', { at: fullTime(k.expires_at, locale) })}</>}
      </span>
      {!revoked && <Button size="compact-md" variant="default" aria-label={t('keys.revoke_name', { name: k.name })} onClick={onRevoke}>{t('keys.revoke')}</Button>}
    </li>
  );
}

function Revoke({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation();
  const revoke = useChange(['api-keys'], () => answer(api.DELETE('/api/api-keys/{id}', at({ id: apiKey.id }))), { after: onClose });
  return (
    <Dialog danger title={t('keys.revoke_name', { name: apiKey.name })} submit={t('keys.revoke')} onClose={onClose} onSubmit={() => revoke.mutate()} pending={revoke.isPending} error={revoke.error}>
      <p className={classes.note}>{t('keys.revoke_note')}</p>
    </Dialog>
  );
}
