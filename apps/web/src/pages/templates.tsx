import { useTranslation } from 'react-i18next';
import { navOpen } from '../features/shell/shell-state.ts';
import { TemplateList } from '../features/templates/template-list.tsx';
import { TabPage } from '../ui/tab-page.tsx';

/** The messages that WhatsApp approved beforehand. */
export function TemplatesPage() {
  const { t } = useTranslation();
  return <TabPage title={t('nav.templates')} lead={t('templates.lead')} onMenu={() => navOpen.set(true)} tabs={false}><TemplateList /></TabPage>;
}
