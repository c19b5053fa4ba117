/** What can be changed about a phone. */
import { api } from './api.js';
import { h, iconButton } from './dom.js';
import { groupSheet, newGroupSheet } from './groups.js';
import { t } from './i18n.js';
import { linkedSheet } from './linked.js';
import { form, openSheet, toast } from './sheets.js';
import { companyOf, hold, putAway } from './state.js';

const SWITCHES = ['online', 'auto_read', 'on_whatsapp', 'share_number', 'marketing'];

/** The group whose chat is open. */
const groups = (held) => (held.phone.groups ?? []).filter((group) => group.id === companyOf(held)?.phone_number_id);

export function phoneMenu(held, view) {
  const open = () => openSheet(view.frame(), t('phone_options'), (close) => [
    ...SWITCHES.map((key) => h('label.switch', {}, h('span', {}, t(key)), h('input', {
      type: 'checkbox', role: 'switch', checked: held.phone[key],
      onchange: (event) => change(held, view, { [key]: event.target.checked }),
    }))),
    form({ name: { label: t('name'), value: held.phone.name } }, t('rename'), async ({ name }) => {
      await change(held, view, { name });
      close();
    }),
    h('div.stack', {},
      h('button.secondary', { type: 'button', onclick: () => linkedSheet(held, view) }, t('linked_devices')),
      h('button.secondary', { type: 'button', onclick: () => newGroupSheet(held, view) }, t('new_group')),
      ...groups(held).map((group) => h('button.secondary', { type: 'button', onclick: () => groupSheet(held, view, group) }, t('manage_group', { name: group.subject }))),
      h('button.secondary', {
        type: 'button',
        onclick: async () => {
          await api.window(held.phone.number, false, companyOf(held)?.phone_number_id);
          await hold(held.phone.number);
          close();
        },
      }, t('close_window')),
      h('button.secondary', { type: 'button', onclick: () => putAway(held.phone.number) }, t('put_away'))),
  ]);
  return iconButton('more', t('phone_options'), open);
}

async function change(held, view, patch) {
  try {
    held.phone = await api.changePhone(held.phone.number, patch);
  } catch (error) {
    toast(view.frame(), error.message);
  }
}
