/** Groups of a phone: made, and run by who may. */
import { api } from './api.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { form, openSheet, toast } from './sheets.js';

const numbers = (text) => text.split(/[\n,;]+/).map((one) => one.replace(/\D/g, '')).filter(Boolean);

export function newGroupSheet(held, view) {
  openSheet(view.frame(), t('new_group'), (close) => [
    form({ subject: { label: t('group_name') }, members: { label: t('group_members'), type: 'textarea' } }, t('new_group'), async ({ subject, members }) => {
      const group = await api.newGroup({ by: held.phone.number, subject, members: numbers(members) });
      held.company = group.id;
      close();
    }),
  ]);
}

/** Who is in it, and what this phone may do about that. */
export function groupSheet(held, view, group) {
  const act = async (change, close) => {
    try {
      await api.changeGroup(group.id, { by: held.phone.number, ...change });
      close();
    } catch (error) {
      toast(view.frame(), error.message);
    }
  };
  const own = group.members.find((member) => member.number === held.phone.number);
  const runs = own !== undefined && own.role !== 'member';
  openSheet(view.frame(), group.subject, (close) => [
    ...group.members.map((member) => h('div.device', {},
      h('div', {}, h('strong', {}, `+${member.number}`), h('small', {}, member.role === 'member' ? '' : t('group_admin'))),
      runs && member !== own ? h('button.secondary', { type: 'button', onclick: () => act(member.role === 'member' ? { promote: [member.number] } : { demote: [member.number] }, close) }, member.role === 'member' ? t('promote') : t('demote')) : null,
      runs && member !== own ? h('button.secondary', { type: 'button', onclick: () => act({ remove: [member.number] }, close) }, t('remove')) : null)),
    runs ? form({ add: { label: t('group_members'), type: 'tel' } }, t('add'), ({ add }) => act({ add: numbers(add) }, close)) : null,
    runs ? form({ subject: { label: t('group_name'), value: group.subject } }, t('rename'), ({ subject }) => act({ subject }, close)) : null,
    h('button.secondary', { type: 'button', onclick: () => act({ leave: true }, close) }, t('leave_group')),
  ].filter(Boolean));
}
