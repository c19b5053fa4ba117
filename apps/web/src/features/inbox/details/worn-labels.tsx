import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, at } from '../../../api/client.ts';
import type { Conversation } from '../../../api/types.ts';
import { useExplain } from '../../../ui/explain.ts';
import { notify } from '../../../ui/notify.ts';
import { LabelEditor } from '../../contacts/label-chips.tsx';
import { useMay, useMe } from '../../session/me.ts';
import { applyConversations } from '../live/apply.ts';
import classes from './details.module.css';

export function WornLabels({ conversation: c }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const me = useMe();
  const may = useMay()('whatsapp:handle_conversations');
  const client = useQueryClient();
  const toggle = useMutation({
    mutationFn: ({ label, on }: { label: string; on: boolean }) => {
      const where = at({ id: c.id, label });
      return answer(on ? api.PUT('/api/conversations/{id}/labels/{label}', where) : api.DELETE('/api/conversations/{id}/labels/{label}', where));
    },
    onSuccess: (next) => applyConversations(client, [next], me.user.id),
    onError: (error) => notify({ tone: 'bad', message: explain(error) }),
  });
  return (
    <section className={classes.section} aria-label={t('labels.title')}>
      <h3 className={classes.heading}>{t('labels.title')}</h3>
      <LabelEditor worn={c.labels} onToggle={may ? (label, on) => toggle.mutate({ label: label.id, on }) : undefined} />
    </section>
  );
}
