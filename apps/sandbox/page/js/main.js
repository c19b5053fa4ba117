import { api, listen } from './api.js';
import { phoneFrame } from './chat.js';
import { h, icon, iconButton } from './dom.js';
import { locale, switchLanguage, t } from './i18n.js';
import { panel } from './panel.js';
import { form } from './sheets.js';
import { changed, firstPhones, hold, onChange, putAway, refresh, state, take } from './state.js';

/** Below this width one phone is in the hand at a time. */
const NARROW = window.matchMedia('(max-width: 720px)');
const app = document.getElementById('app');
const frames = new Map();
let current = null;
let side = null;
let parts = null;

function theme() {
  return localStorage.getItem('theme') ?? (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

function applyTheme() {
  document.documentElement.dataset.theme = theme();
}

function build() {
  document.documentElement.lang = locale();
  document.title = t('title');
  frames.clear();
  side = panel(() => showPanel(null));
  const status = h('button.hook', { type: 'button', onclick: () => showPanel('deliveries') });
  const faults = h('button.chip', { type: 'button', onclick: () => showPanel('faults'), 'aria-label': t('open_panel', { name: t('faults') }) });
  const connection = h('button.chip', { type: 'button', onclick: () => showPanel('settings'), 'aria-label': t('open_panel', { name: t('settings') }) }, icon('hook', 16), h('span', {}, t('settings')));
  const lost = h('div.lost', { role: 'alert', hidden: true }, t('lost'));
  const tabs = h('nav.phone-tabs', { 'aria-label': t('choose_phone') });
  const desk = h('main.desk', { 'aria-label': t('desk') });
  parts = { status, faults, lost, tabs, desk };
  app.replaceChildren(
    h('header.top', {},
      h('div.brand', {}, h('img', { src: '/page/icon.svg', alt: '', width: 28, height: 28 }), h('div', {}, h('h1', {}, t('title')), h('small', {}, t('subtitle')))),
      h('div.tools', {}, status, faults, connection,
        h('button.chip.language', { type: 'button', 'aria-label': t('language'), onclick: () => { switchLanguage(); build(); drawAll(); } }, h('span', {}, t('language')), h('abbr', {}, locale() === 'es' ? 'EN' : 'ES')),
        iconButton(theme() === 'dark' ? 'sun' : 'moon', t('theme'), () => { localStorage.setItem('theme', theme() === 'dark' ? 'light' : 'dark'); applyTheme(); build(); drawAll(); }))),
    lost, tabs, h('div.table', {}, desk, side.element));
}

function showPanel(name) {
  if (name === null || side.shown === name) side.hide();
  else side.open(name);
  app.classList.toggle('with-panel', side.shown !== null);
}

function drawDesk() {
  const numbers = [...state.held.keys()];
  if (current === null || !(state.held.has(current) || current === 'add')) current = numbers[0] ?? 'add';
  for (const number of frames.keys()) if (!state.held.has(number)) frames.delete(number);
  for (const [number, held] of state.held) if (!frames.has(number)) frames.set(number, phoneFrame(held));
  const add = addCard();
  const wanted = [...frames.values()].map((frame) => frame.element);
  for (const child of [...parts.desk.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((node, at) => {
    if (parts.desk.children[at] !== node) parts.desk.insertBefore(node, parts.desk.children[at] ?? null);
  });
  parts.desk.append(add);
  for (const [number, frame] of frames) frame.element.classList.toggle('current', number === current);
  add.classList.toggle('current', current === 'add');
  drawTabs();
}

function drawTabs() {
  const choose = (number) => { current = number; drawDesk(); frames.get(number)?.update(); };
  parts.tabs.replaceChildren(
    ...[...state.held].map(([number, held]) => h('button', { type: 'button', 'aria-current': String(number === current), onclick: () => choose(number) }, held.phone.name || held.phone.display)),
    h('button', { type: 'button', 'aria-label': t('add_phone'), 'aria-current': String(current === 'add'), onclick: () => choose('add') }, icon('plus', 16)));
}

function addCard() {
  const free = state.known.filter((phone) => !state.held.has(phone.number)).slice(0, 4);
  const pick = async (number) => {
    current = await hold(number);
    drawDesk();
    if (!NARROW.matches) frames.get(current)?.element.scrollIntoView({ behavior: 'smooth', inline: 'center' });
  };
  return h('section.add-card', { 'aria-label': t('add_phone') },
    h('h2', {}, t('add_phone')),
    state.held.size === 0 ? h('p.muted', {}, `${t('no_phones')} ${t('no_phones_hint')}`) : null,
    free.length === 0 ? null : h('div.stack', {}, h('h3', {}, t('suggested')), ...free.map((phone) => h('button.person', { type: 'button', onclick: () => pick(phone.number) },
      h('span.avatar', { 'aria-hidden': 'true' }, (phone.name || phone.display).replace('+', '').slice(0, 1)), h('span', {}, h('strong', {}, phone.name || phone.display), h('small', {}, phone.display))))),
    form({ number: { label: t('number'), type: 'tel' }, name: { label: t('name'), required: false } }, t('add'), async ({ number, name }) => {
      const phone = await api.addPhone(number.replace(/\D/g, ''), name);
      await pick(phone.number);
    }));
}

function drawStatus() {
  const { status, faults, lost } = parts;
  lost.hidden = state.connected;
  const count = state.faults.length;
  faults.replaceChildren(icon('bolt', 16), h('span', {}, count === 0 ? t('faults') : count === 1 ? t('one_fault') : t('active_faults', { n: count })));
  faults.classList.toggle('alarm', count > 0);
  const failing = [...state.failing.values()].sort((a, b) => a.next_attempt_at - b.next_attempt_at)[0];
  const heard = state.numbers.some((number) => number.callback_url !== null);
  const [level, text] = failing !== undefined
    ? ['bad', t('hook_retry', { why: failing.last_error, s: Math.max(0, Math.ceil((failing.next_attempt_at - Date.now()) / 1000)) })]
    : heard ? ['good', t('hook_ok')] : ['none', t('hook_none')];
  const key = `${level}${text}`;
  if (status.dataset.key === key) return;
  status.dataset.key = key;
  status.dataset.level = level;
  status.replaceChildren(h('span.dot', { 'aria-hidden': 'true' }), h('span', {}, text));
}

function drawAll() {
  drawDesk();
  drawStatus();
  for (const frame of frames.values()) frame.update();
}

/** Many events in a burst are drawn once. */
const dirty = new Set();
onChange((what) => {
  if (dirty.size === 0) requestAnimationFrame(() => {
    const now = new Set(dirty);
    dirty.clear();
    if (now.has('desk')) drawDesk();
    for (const [number, frame] of frames) if (now.has(`phone:${number}`) || now.has('desk')) frame.update();
    if (now.has('desk') || now.has('faults') || now.has('deliveries') || now.has('connection')) drawStatus();
  });
  dirty.add(what);
});

async function start() {
  applyTheme();
  build();
  try {
    await refresh();
  } catch {
    state.connected = false;
  }
  const wanted = firstPhones() ?? state.known.filter((phone) => phone.suggested).slice(0, NARROW.matches ? 1 : 2).map((phone) => phone.number);
  for (const number of wanted) await hold(number).catch(() => putAway(number));
  current = null;
  drawAll();
  let lostOnce = false;
  listen({
    onEvent: take,
    onOpen: () => {
      state.connected = true;
      changed('connection');
      if (lostOnce) refresh().catch(() => undefined);
    },
    onLost: () => {
      lostOnce = true;
      state.connected = false;
      changed('connection');
    },
  });
  // Countdowns.
  setInterval(() => { if (state.failing.size > 0) drawStatus(); }, 500);
}

void start();
