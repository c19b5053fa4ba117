import { Button } from '@mantine/core';
import { IconKey, IconMailForward, IconPencil, IconUserCheck, IconUserOff, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { User, UserLink } from '../../api/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { fullTime } from '../../ui/format.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { useMay, useMe } from '../session/me.ts';
import { Loaded, RowMenu, SecretDialog, Section, Tag, useChange } from './parts.tsx';
import classes from './parts.module.css';
import { PersonForm } from './person-form.tsx';
import { usersQuery } from './queries.ts';

const ICON = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

export function People() {
  const { t } = useTranslation();
  const users = useQuery(usersQuery);
  const [editing, setEditing] = useState<User | 'new'>();
  const [link, setLink] = useState<UserLink>();
  return (
    <Section hint={t('people.hint')} action={<Button leftSection={<IconUserPlus {...ICON} />} onClick={() => setEditing('new')}>{t('people.invite')}</Button>}>
      <Loaded query={users}>{(list) => <ul className={classes.rows}>{list.map((user) => <Person key={user.id} user={user} onEdit={() => setEditing(user)} onLink={setLink} />)}</ul>}</Loaded>
      {editing !== undefined && (
        <PersonForm
          user={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)}
          onInvited={(made) => {
            setEditing(undefined);
            setLink(made);
          }}
        />
      )}
      {link && <LinkShown link={link} onClose={() => setLink(undefined)} />}
    </Section>
  );
}

/** A link that lets somebody in, to be handed over. */
export function LinkShown({ link, onClose }: { link: UserLink; onClose: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return <SecretDialog title={t(`people.link_${link.purpose}`)} note={t('people.link_note', { until: fullTime(link.expires_at, locale) })} secret={link.url} onClose={onClose} />;
}

function Person({ user, onEdit, onLink }: { user: User; onEdit: () => void; onLink: (link: UserLink) => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const me = useMe();
  const operator = useMay()('platform:admin');
  const own = user.id === me.user.id;
  const makeLink = useChange(['users'], () => answer(api.POST('/api/users/{id}/link', at({ id: user.id }))), { after: onLink });
  const change = useChange(['users'], (body: { disabled?: boolean; platform?: boolean }) => answer(api.PATCH('/api/users/{id}', { ...at({ id: user.id }), body })), { done: t('admin.saved') });
  const off = user.status === 'disabled';

  const entries = (): MenuEntry[] => [
    { kind: 'item', key: 'edit', icon: <IconPencil {...ICON} />, label: t('people.edit'), onClick: onEdit },
    ...(off ? [] : [{ kind: 'item' as const, key: 'link', icon: user.status === 'invited' ? <IconMailForward {...ICON} /> : <IconKey {...ICON} />, label: t(user.status === 'invited' ? 'people.new_invitation' : 'people.new_password'), onClick: () => makeLink.mutate() }]),
    ...(operator && !own ? [{ kind: 'item' as const, key: 'platform', checked: user.platform, label: t('people.platform'), onClick: () => change.mutate({ platform: !user.platform }) }] : []),
    ...(own ? [] : [
      { kind: 'divider' as const, key: 'd' },
      { kind: 'item' as const, key: 'off', icon: off ? <IconUserCheck {...ICON} /> : <IconUserOff {...ICON} />, label: t(off ? 'people.enable' : 'people.disable'), onClick: () => change.mutate({ disabled: !off }) },
    ]),
  ];
  return (
    <li className={classes.row} data-off={off || undefined}>
      <Avatar id={user.id} name={user.name} size={32} />
      <span className={classes.text}>
        <span className={classes.title}>{user.name}</span>
        <span className={classes.subtitle}>{user.email}</span>
      </span>
      {user.platform && <Tag>{t('people.platform_tag')}</Tag>}
      {user.status !== 'active' && <Tag tone={off ? undefined : 'warn'}>{t(`people.status_${user.status}`)}</Tag>}
      <span className={classes.side}>
        {t(`nav.role_${user.role}`)}
        <br />
        {user.last_login_at ? t('people.last_login', { at: fullTime(user.last_login_at, locale) }) : t('people.never')}
      </span>
      <RowMenu label={t('people.menu', { name: user.name })} entries={entries} />
    </li>
  );
}
