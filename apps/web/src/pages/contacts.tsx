import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ContactDrawer } from '../features/contacts/contact-drawer.tsx';
import { ContactList } from '../features/contacts/contact-list.tsx';
import { navOpen } from '../features/shell/shell-state.ts';
import { TabPage } from '../ui/tab-page.tsx';

/** The people a company talks with; one of them at the side. */
export function ContactsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { contactId } = useParams({ strict: false });
  const { q, label, active } = useSearch({ from: '/app/contacts/{-$contactId}' });
  const search = { q, label, active };
  return (
    <TabPage title={t('nav.contacts')} lead={t('contacts.lead')} onMenu={() => navOpen.set(true)} tabs={false}>
      <ContactList search={search} />
      {contactId !== undefined && <ContactDrawer key={contactId} id={contactId} onClose={() => void navigate({ to: '/contacts/{-$contactId}', params: { contactId: undefined }, search })} />}
    </TabPage>
  );
}
