/** Linked devices of a phone: the QR code it could scan now, the code it is asked for, and what it has linked. */
import { api } from './api.js';
import { h } from './dom.js';
import { locale, t } from './i18n.js';
import { form, openSheet, toast } from './sheets.js';
import { state } from './state.js';

/** A line in the phone while somebody shows a QR code, or waits for its code. */
export function linkBar(held, view) {
  const element = h('div.link-bar', { hidden: true });
  let shown = '';
  const link = async (body) => {
    try {
      await api.link(held.phone.number, body);
      toast(view.frame(), t('device_linked'));
    } catch (error) {
      toast(view.frame(), error.message);
    }
  };
  return {
    element,
    update: () => {
      const waits = state.codes.waiting.includes(held.phone.number);
      const key = JSON.stringify([waits, state.codes.offers, locale()]);
      if (key === shown) return;
      shown = key;
      element.hidden = !waits && state.codes.offers.length === 0;
      element.replaceChildren(
        ...state.codes.offers.map((offer) => h('div', {}, h('span', {}, t('shows_qr', { name: offer.name })), h('button.primary', { type: 'button', onclick: () => link({ qr: offer.qr }) }, t('scan')))),
        ...(waits ? [codeForm(link)] : []));
    },
  };
}

function codeForm(link) {
  const input = h('input', { name: 'code', required: true, minlength: '8', maxlength: '12', autocomplete: 'off', spellcheck: 'false', 'aria-label': t('link_code') });
  return h('form', {
    onsubmit: (event) => {
      event.preventDefault();
      void link({ code: input.value });
    },
  }, h('span', {}, t('wants_code')), input, h('button.primary', { type: 'submit' }, t('link')));
}

/** What is linked, with a way to end it, and a field for a code from elsewhere. */
export async function linkedSheet(held, view) {
  let known;
  try {
    known = await api.linked(held.phone.number);
  } catch (error) {
    toast(view.frame(), error.message);
    return;
  }
  openSheet(view.frame(), t('linked_devices'), (close) => [
    ...(known.devices.length === 0 ? [h('p.muted', {}, t('no_devices'))] : known.devices.map((device) => h('div.device', {},
      h('div', {}, h('strong', {}, device.name), h('small', {}, device.connected ? t('device_here') : t('device_away', { time: new Date(device.seen_at).toLocaleString(locale()) })),
        device.waiting > 0 ? h('small', {}, t('device_waiting', { n: device.waiting })) : null),
      h('button.secondary', {
        type: 'button',
        onclick: async () => {
          await api.unlink(held.phone.number, device.device).catch((error) => toast(view.frame(), error.message));
          close();
        },
      }, t('unlink'))))),
    form({ qr: { label: t('paste_qr'), type: 'textarea' } }, t('scan'), async ({ qr }) => {
      await api.link(held.phone.number, { qr });
      toast(view.frame(), t('device_linked'));
      close();
    }),
  ]);
}
