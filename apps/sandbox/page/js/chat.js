/** One phone in the hand: its chat with the company. */
import { api } from './api.js';
import { bubble, signature } from './bubbles.js';
import { composer } from './composer.js';
import { h, icon } from './dom.js';
import { day, locale, t } from './i18n.js';
import { linkBar } from './linked.js';
import { phoneMenu } from './phone-menu.js';
import { copyText, form, openSheet, toast } from './sheets.js';
import { companyOf, loadEarlier, partnersOf } from './state.js';

/** The frame of a phone and a function that brings it up to date. */
export function phoneFrame(held) {
  const { phone } = held;
  const bubbles = new Map();
  const name = () => held.phone.name || held.phone.display;
  const company = () => companyOf(held);
  const view = {
    frame: () => frame,
    find: (id) => held.messages.get(id),
    companyName: () => company()?.name ?? t('company'),
    answered: (id) => [...held.messages.values()].some((message) => message.direction === 'out' && message.context?.message_id === id && (message.type === 'interactive' || message.type === 'button')),
    myReaction: (id) => reactionsOf(held).get(id)?.out,
    send: async (message) => {
      try {
        await api.send(phone.number, { to: company()?.business_number, ...message });
        return true;
      } catch (error) {
        toast(frame, error.message === 'offline' ? t('offline') : error.message);
        return false;
      }
    },
    react: (message, emoji) => view.send({ type: 'reaction', reaction: { message_id: message.id, ...(emoji ? { emoji } : {}) } }),
    revoke: (message) => view.send({ type: 'revoke', revoke: { original_message_id: message.id } }),
    reply: (message) => writer.quote(message),
    copy: async (text) => toast(frame, (await copyText(text)) ? t('copied') : text),
    played: (message) => api.played(phone.number, message.id).catch(() => undefined),
    show: (id) => {
      const target = bubbles.get(id)?.element;
      target?.scrollIntoView({ block: 'center', behavior: 'smooth' });
      target?.focus({ preventScroll: true });
    },
    locationSheet: (contextId) => locationSheet(view, contextId),
  };
  const owner = h('span.owner', {});
  const power = h('span.power', {});
  const title = h('div.title', {});
  const scroller = h('div.scroller', { role: 'log', 'aria-live': 'polite', tabindex: '0', 'aria-label': t('chat_with', { name: view.companyName() }) });
  const news = h('div.news', { hidden: true });
  const writer = composer(view);
  const bar = linkBar(held, view);
  const frame = h('section.phone', { 'data-phone': phone.number },
    h('div.bezel', {}, owner, power, phoneMenu(held, view)),
    bar.element,
    h('header.chat-header', {}, title),
    scroller, news, writer.element);

  // Pictures that arrive make the chat longer; who was at its end stays there.
  scroller.addEventListener('load', (event) => {
    const grown = event.target.offsetHeight;
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < grown + 120) scroller.scrollTop = scroller.scrollHeight;
  }, true);

  const update = () => {
    const mine = company();
    frame.setAttribute('aria-label', t('phone_of', { name: name() }));
    bar.update();
    owner.replaceChildren(h('strong', {}, name()), h('small', {}, held.phone.display));
    power.replaceChildren(...(held.phone.online ? [] : [icon('off', 16)]));
    title.replaceChildren(...heading(held, { mine, update: () => { scroller.replaceChildren(); bubbles.clear(); update(); } }));
    frame.classList.toggle('offline', !held.phone.online);
    news.hidden = held.phone.online;
    news.textContent = t('off');
    showMessages(held, { scroller, bubbles, view, mine });
    if (held.phone.auto_read === false && document.visibilityState === 'visible') readSoon(held, mine);
  };
  update();
  return { element: frame, update };
}

/** With self-reading off, what is looked at for a second is read. */
function readSoon(held, mine) {
  if (mine === undefined || held.reading) return;
  const unread = [...held.messages.values()].some((message) => message.direction === 'in' && message.status === 'delivered' && message.phone_number_id === mine.phone_number_id);
  if (!unread) return;
  held.reading = setTimeout(() => {
    held.reading = undefined;
    if (document.hasFocus()) api.read(held.phone.number, mine.phone_number_id).catch(() => undefined);
  }, 1000);
}

function heading(held, { mine, update }) {
  const typing = mine !== undefined && held.typing.has(mine.phone_number_id);
  const chat = held.phone.chats?.find((one) => one.phone_number_id === mine?.phone_number_id);
  const end = chat?.window_closes_at ? new Date(chat.window_closes_at) : null;
  const open = end !== null && end > new Date();
  const window = open ? t('window_open', { time: end.toLocaleString(locale(), { weekday: 'short', hour: '2-digit', minute: '2-digit' }) }) : t('window_closed');
  const partners = partnersOf(held);
  const chooser = partners.length > 1 ? h('select', {
    'aria-label': t('company'),
    onchange: (event) => { held.company = event.target.value; update(); },
  }, ...partners.map((number) => h('option', { value: number.phone_number_id, selected: number.phone_number_id === mine?.phone_number_id }, number.name))) : h('strong', {}, mine?.name ?? t('company'));
  return [
    h('span.avatar', { 'aria-hidden': 'true' }, (mine?.name ?? '?').slice(0, 1)),
    h('div', {}, chooser, h('small', { class: typing ? 'typing-word' : '' }, typing ? t('typing') : mine?.display_phone_number ?? t('business'))),
    // Between phones there is no window.
    mine?.phone_number_id.includes('@') ? null : h('span.window', { class: open ? 'window open' : 'window', title: window, role: 'img', 'aria-label': window }, '24 h'),
  ].filter(Boolean);
}

/** For each message the emoji of both sides; the latest of each side counts. */
function reactionsOf(held) {
  const found = new Map();
  for (const message of sorted(held)) {
    if (message.type !== 'reaction') continue;
    const { message_id: id, emoji } = message.payload.reaction ?? {};
    const both = found.get(id) ?? {};
    both[message.direction] = emoji || undefined;
    found.set(id, both);
  }
  return found;
}

const sorted = (held) => [...held.messages.values()].sort((a, b) => a.cursor - b.cursor);

/** On the phone: what it sent, and what reached it. What failed shows as a note to whoever builds the company's side. */
function visible(message) {
  if (['reaction', 'edit', 'revoke', 'request_welcome', 'unopened'].includes(message.type)) return false;
  return message.direction === 'out' || message.received === true || ['delivered', 'read', 'played', 'failed'].includes(message.status);
}

function showMessages(held, { scroller, bubbles, view, mine }) {
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  const reactions = reactionsOf(held);
  const list = sorted(held).filter((message) => visible(message) && (mine === undefined || message.phone_number_id === mine.phone_number_id));
  const nodes = [];
  if (held.earlier !== null && held.earlier !== undefined) nodes.push(earlierButton(held, scroller));
  let lastDay = '';
  for (const message of list) {
    const today = day(message.timestamp);
    if (today !== lastDay) nodes.push(separator(scroller, today));
    lastDay = today;
    if (message.status === 'failed') {
      nodes.push(note(message));
      continue;
    }
    const mark = signature(message, view);
    let shown = bubbles.get(message.id);
    if (shown === undefined || shown.mark !== mark) {
      shown = { ...bubble(message, view), mark };
      bubbles.set(message.id, shown);
    }
    const both = reactions.get(message.id);
    shown.update(message, [both?.in, both?.out].filter(Boolean));
    nodes.push(shown.element);
  }
  if (list.length === 0) nodes.push(h('p.empty', {}, t('empty_chat', { name: mine?.name ?? t('company') })));
  if (mine !== undefined && held.typing.has(mine.phone_number_id)) nodes.push(h('div.message.in', {}, h('div.balloon.typing', { role: 'status', 'aria-label': t('typing') }, h('i'), h('i'), h('i'))));
  reconcile(scroller, nodes);
  for (const id of bubbles.keys()) if (!held.messages.has(id)) bubbles.delete(id);
  // A phone that lies on no desk yet, or under another, has no height to scroll.
  if (scroller.clientHeight === 0) return;
  if (atEnd || scroller.dataset.shown !== 'true') scroller.scrollTop = scroller.scrollHeight;
  scroller.dataset.shown = 'true';
}

/** Moves only what is out of place, so that a playing audio or an open menu stays. */
function reconcile(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
}

function separator(scroller, label) {
  const known = scroller.querySelector(`.day[data-day="${CSS.escape(label)}"]`);
  return known ?? h('div.day', { 'data-day': label, role: 'separator', 'aria-label': label }, h('span', {}, label));
}

function earlierButton(held, scroller) {
  return scroller.querySelector('.earlier') ?? h('button.earlier', {
    type: 'button',
    onclick: async () => {
      const height = scroller.scrollHeight - scroller.scrollTop;
      await loadEarlier(held).catch(() => undefined);
      scroller.scrollTop = scroller.scrollHeight - height;
    },
  }, t('earlier'));
}

function note(message) {
  const error = message.errors?.[0];
  return h('p.failed', { 'data-id': message.id, 'data-status': 'failed', title: error?.error_data?.details ?? '' }, `${t('failed_in')}: ${error?.code ?? ''} ${error?.title ?? ''}`);
}

function locationSheet(view, contextId) {
  openSheet(view.frame(), t('location'), (close) => {
    const fields = form({
      latitude: { label: t('latitude'), type: 'number', step: 'any', value: '-33.4378' }, longitude: { label: t('longitude'), type: 'number', step: 'any', value: '-70.6505' },
      name: { label: t('place'), value: 'Plaza de Armas', required: false }, address: { label: t('address'), value: 'Santiago', required: false },
    }, t('send'), async ({ latitude, longitude, name, address }) => {
      const location = { latitude: Number(latitude), longitude: Number(longitude), ...(name ? { name } : {}), ...(address ? { address } : {}) };
      if (await view.send({ type: 'location', location, ...(contextId ? { context: { message_id: contextId } } : {}) })) close();
    });
    const own = h('button.secondary', {
      type: 'button',
      onclick: () => navigator.geolocation?.getCurrentPosition(({ coords }) => {
        for (const key of ['latitude', 'longitude']) fields.elements.namedItem(key).value = coords[key].toFixed(5);
        for (const key of ['name', 'address']) fields.elements.namedItem(key).value = '';
      }),
    }, icon('pin', 16), t('my_position'));
    return [own, fields];
  });
}

