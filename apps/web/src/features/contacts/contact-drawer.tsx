import { ActionIcon, Button, Drawer } from '@mantine/core';
import { IconArrowsJoin, IconDownload, IconEraser, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../api/client.ts';
import type { Contact } from '../../api/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { fullTime, phoneNumber } from '../../ui/format.ts';
import { Loaded, useChange } from '../companies/parts.tsx';
import { keys } from '../inbox/live/apply.ts';
import { useMay } from '../session/me.ts';
import { AddressForm } from './address-form.tsx';
import { ContactForm } from './contact-form.tsx';
import own from './contacts.module.css';
import { EraseDialog } from './erase-dialog.tsx';
import { LabelEditor } from './label-chips.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { contactConversationsQuery, contactQuery } from './queries.ts';

/** One contact at the side of the list. */
export function ContactDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery(contactQuery(id));
  return (
    <Drawer opened onClose={onClose} position="right" size={460} title={t('contacts.one')} closeButtonProps={{ 'aria-label': t('app.close') }} transitionProps={{ duration: 120 }}>
      <Loaded query={query}>{(contact) => <Card contact={contact} />}</Loaded>
    </Drawer>
  );
}

type Doing = 'edit' | 'address' | 'merge' | 'erase';

function Card({ contact: c }: { contact: Contact }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing>();
  const done = (): void => setDoing(undefined);
  const keep = (saved: Contact): void => void client.setQueryData(keys.contact(c.id), saved);
  const toggle = useChange(keys.contacts, ({ label, on }: { label: string; on: boolean }) => {
    const where = at({ id: c.id, label });
    return answer(on ? api.PUT('/api/contacts/{id}/labels/{label}', where) : api.DELETE('/api/contacts/{id}/labels/{label}', where));
  }, { after: keep });
  const drop = useChange(keys.contacts, (a: Contact['addresses'][number]) => answer(api.DELETE('/api/contacts/{id}/addresses/{kind}/{value}', at({ id: c.id, kind: a.kind, value: a.value }))), { after: () => void client.invalidateQueries({ queryKey: keys.contact(c.id) }) });
  const { data: conversations } = useQuery(contactConversationsQuery(c.id));
  const erased = c.erased_at !== null;
  const manages = may('whatsapp:manage_contacts') && !erased;
  const stopped = Object.keys(c.stopped);
  return (
    <>
      <div className={own.face}>
        <Avatar id={c.id} name={c.name} size={52} />
        <div>
          <h2>{erased ? t('contacts.erased_one') : c.name ?? t('list.unnamed')}</h2>
          <p>{erased ? t('contacts.erased_at', { at: fullTime(c.erased_at!, locale) }) : t('contacts.since', { at: fullTime(c.created_at, locale) })}</p>
        </div>
      </div>
      {!erased && (
        <>
          <Part title={t('contacts.labels')}><LabelEditor worn={c.labels} onToggle={may('whatsapp:handle_conversations') ? (label, on) => toggle.mutate({ label: label.id, on }) : undefined} /></Part>
          <Part title={t('contacts.addresses')} action={manages && <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setDoing('address')}>{t('contacts.address_add')}</Button>}>
            <ul className={own.list}>
              {c.addresses.map((a, n) => (
                <li key={`${a.kind} ${a.value}`}>
                  <span className={own.grow}>{a.kind === 'phone' ? phoneNumber(a.value) : a.value}</span>
                  <span className={own.kind}>{n === 0 && c.addresses.length > 1 ? t('contacts.written_to') : a.kind === 'phone' ? '' : a.kind}</span>
                  {manages && c.addresses.length > 1 && <ActionIcon aria-label={t('contacts.address_drop', { value: a.value })} onClick={() => drop.mutate(a)}><IconTrash size={16} stroke={1.75} aria-hidden /></ActionIcon>}
                </li>
              ))}
            </ul>
          </Part>
          <Part title={t('contacts.known')} action={manages && <Button variant="subtle" size="compact-sm" leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setDoing('edit')}>{t('people.edit')}</Button>}>
            <dl className={own.facts}>
              {c.language !== null && <><dt>{t('contacts.language')}</dt><dd>{c.language}</dd></>}
              {Object.entries(c.fields).map(([name, value]) => <Fact key={name} name={name} value={String(value)} />)}
              {stopped.length > 0 && <Fact name={t('contacts.stopped')} value={stopped.join(', ')} />}
            </dl>
            {c.language === null && Object.keys(c.fields).length === 0 && stopped.length === 0 && <p className={own.none}>{t('contacts.nothing_known')}</p>}
          </Part>
        </>
      )}
      <Part title={t('contacts.conversations')}>
        {conversations?.length === 0 && <p className={own.none}>{t('contacts.no_conversations')}</p>}
        <ul className={own.list}>
          {conversations?.map((v) => (
            <li key={v.id}>
              <Link to="/inbox/$conversationId" params={{ conversationId: v.id }} className={own.link}>{v.account_name}<small>{v.last_message?.text || '—'}</small></Link>
              <span className={own.kind}>{t(v.status === 'open' ? 'details.status_open' : 'details.status_closed')}</span>
            </li>
          ))}
        </ul>
      </Part>
      {!erased && (manages || may('whatsapp:erase_contacts')) && (
        <div className={own.ways}>
          {manages && <Button variant="default" leftSection={<IconArrowsJoin size={16} stroke={1.75} aria-hidden />} onClick={() => setDoing('merge')}>{t('contacts.merge')}</Button>}
          {manages && <Button component="a" href={`/api/contacts/${c.id}/export`} download variant="default" c="var(--text)" leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}>{t('contacts.export')}</Button>}
          {may('whatsapp:erase_contacts') && <Button variant="light" color="red" leftSection={<IconEraser size={16} stroke={1.75} aria-hidden />} onClick={() => setDoing('erase')}>{t('contacts.erase')}</Button>}
        </div>
      )}
      {doing === 'edit' && <ContactForm contact={c} onClose={done} />}
      {doing === 'address' && <AddressForm contact={c} onClose={done} />}
      {doing === 'merge' && <MergeDialog contact={c} onClose={done} />}
      {doing === 'erase' && <EraseDialog contact={c} onClose={done} />}
    </>
  );
}

function Part({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={own.part} aria-label={title}>
      <div className={own.head}><h3>{title}</h3>{action}</div>
      {children}
    </section>
  );
}
const Fact = ({ name, value }: { name: string; value: string }) => <><dt>{name}</dt><dd>{value}</dd></>;
