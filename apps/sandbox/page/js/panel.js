/** The panel beside the phones: faults, webhooks, connection. */
import { api } from './api.js';
import { h, icon, iconButton } from './dom.js';
import { locale, t } from './i18n.js';
import { toast } from './sheets.js';
import { onChange, state } from './state.js';

const KINDS = ['latency', 'error', 'accept_then_drop', 'drop_before_accept', 'timeout', 'refuse', 'duplicate', 'reorder', 'silence', 'web_login', 'web_end', 'web_freeze', 'web_iq', 'web_message', 'web_media'];
/** Of WhatsApp Web: in which ways each can be done, and the code it answers with at first. */
const HOWS = {
  web_end: ['restart', 'replaced', 'device_removed', 'unavailable', 'stream_end', 'reset'], web_iq: ['drop', 'delay', 'duplicate', 'error'],
  web_message: ['in_nack', 'in_drop', 'in_delay', 'out_drop', 'out_delay', 'out_duplicate', 'out_corrupt'], web_media: ['upload', 'download'],
};
const FIRST_CODES = { error: 131016, web_login: 401, web_media: 500, in_nack: 463 };
const CODES = [131000, 131016, 131026, 131047, 131048, 131056, 130429, 190, 368, 80007, 4, 1, 2];
const TABS = ['faults', 'deliveries', 'settings'];

/** @param {() => void} close */
export function panel(close) {
  let tab = 'faults';
  const body = h('div.panel-body', { role: 'tabpanel', tabindex: '0' });
  const tabs = TABS.map((name) => h('button', { type: 'button', role: 'tab', onclick: () => choose(name) }, t(name)));
  const element = h('aside.panel', { 'aria-label': t('panel'), hidden: true },
    h('header', {}, h('div.tabs', { role: 'tablist' }, ...tabs), iconButton('close', t('close'), close)), body);
  let timer;
  const draw = () => {
    if (element.hidden) return;
    tabs.forEach((button, at) => button.setAttribute('aria-selected', String(TABS[at] === tab)));
    if (tab === 'faults') drawFaults(body);
    else if (tab === 'deliveries') void drawDeliveries(body);
    else drawSettings(body);
  };
  const choose = (name) => {
    tab = name;
    body.replaceChildren();
    draw();
  };
  onChange((what) => {
    if (element.hidden) return;
    if (what === 'faults' && tab === 'faults') draw();
    if ((what === 'deliveries' || what.startsWith('phone:')) && tab === 'deliveries') {
      clearTimeout(timer);
      timer = setTimeout(draw, 300);
    }
  });
  return {
    element,
    open: (name) => {
      element.hidden = false;
      choose(name);
      tabs[TABS.indexOf(name)]?.focus();
    },
    hide: () => { element.hidden = true; },
    get shown() { return element.hidden ? null : tab; },
  };
}

function drawFaults(body) {
  const list = body.querySelector('.fault-list') ?? h('div.fault-list', {});
  list.replaceChildren(...(state.faults.length === 0 ? [h('p.muted', {}, t('no_faults'))] : [
    ...state.faults.map((fault) => h('div.fault', { 'data-kind': fault.kind },
      h('div', {}, h('strong', {}, t(`f_${fault.kind}`)), h('small', {}, [
        fault.code === null ? null : fault.code, fault.kind === 'latency' ? `${fault.ms} ms` : null,
        fault.remaining === null ? t('until_lifted') : t('remaining', { n: fault.remaining }), fault.hits > 0 ? t('hits', { n: fault.hits }) : null,
        state.numbers.find((number) => number.phone_number_id === fault.phone_number_id)?.name,
      ].filter(Boolean).join(' · '))),
      h('button.secondary', { type: 'button', onclick: () => api.liftFault(fault.id).catch(() => undefined) }, t('lift')))),
    state.faults.length > 1 ? h('button.secondary', { type: 'button', onclick: () => api.liftFault() }, t('lift_all')) : null,
  ].filter(Boolean)));
  if (list.isConnected) return;
  body.replaceChildren(list, faultForm(body));
}

function faultForm(body) {
  const kind = h('select', { name: 'kind' }, ...KINDS.map((name) => h('option', { value: name }, t(`f_${name}`))));
  kind.value = 'error';
  const about = h('p.muted', {});
  const number = (name, value, label) => {
    const input = h('input', { type: 'number', name, min: '0', value: String(value) });
    return h('label.field', { 'data-for': name }, h('span', {}, label), input);
  };
  const codes = h('datalist', { id: 'codes' }, ...CODES.map((code) => h('option', { value: String(code) })));
  const code = number('code', 131016, t('code'));
  code.querySelector('input').setAttribute('list', 'codes');
  const ms = number('ms', 2000, t('milliseconds'));
  const times = number('times', 1, t('times'));
  const how = h('select', { name: 'how' });
  const hows = h('label.field', {}, h('span', {}, t('how')), how);
  const drop = h('label.switch', {}, h('span', {}, t('drop_them')), h('input', { type: 'checkbox', name: 'drop' }));
  const scope = h('select', { name: 'phone_number_id' }, h('option', { value: '' }, t('all_numbers')), ...state.numbers.map((one) => h('option', { value: one.phone_number_id }, one.name)));
  const fit = () => {
    const first = FIRST_CODES[kind.value] ?? FIRST_CODES[how.value];
    code.hidden = first === undefined;
    if (first !== undefined) code.querySelector('input').value = String(first);
    ms.hidden = kind.value !== 'latency' && !how.value.endsWith('delay');
  };
  const choose = () => {
    about.textContent = t(`d_${kind.value}`);
    const ways = HOWS[kind.value] ?? [];
    how.replaceChildren(...ways.map((way) => h('option', { value: way }, t(`how_${way}`))));
    hows.hidden = ways.length === 0;
    drop.hidden = kind.value !== 'silence';
    times.hidden = ['silence', 'latency', 'refuse', 'web_freeze'].includes(kind.value);
    fit();
  };
  kind.addEventListener('change', choose);
  how.addEventListener('change', fit);
  choose();
  return h('form.stack', {
    onsubmit: async (event) => {
      event.preventDefault();
      const value = (label) => Number(label.querySelector('input').value);
      const fault = {
        kind: kind.value, ...howOf(kind.value, how.value), ...(code.hidden ? {} : codeOf(kind.value, value(code))), ...(ms.hidden ? {} : { ms: value(ms) }),
        ...(times.hidden ? {} : { times: value(times) }), ...(drop.hidden ? {} : { drop: drop.querySelector('input').checked }), ...(scope.value === '' ? {} : { phone_number_id: scope.value }),
      };
      await api.addFault(fault).catch((error) => toast(body.closest('.panel'), error.message));
    },
  }, h('label.field', {}, h('span', {}, t('fault_kind')), kind), about, hows, code, codes, ms, times, drop,
  state.numbers.length > 1 ? h('label.field', {}, h('span', {}, t('only_number')), scope) : null,
  h('button.primary', { type: 'submit' }, icon('bolt', 17), t('provoke')));
}

/** Messages and files are harmed on their way in one direction. */
function howOf(kind, way) {
  if (kind === 'web_media') return { direction: way };
  const [direction, how] = way.split('_');
  return kind === 'web_message' ? { direction, how } : way === '' ? {} : { how: way };
}

function codeOf(kind, code) {
  if (kind === 'web_media') return { http: code };
  return { code, ...(kind === 'error' && !known(code) ? { http: 400 } : {}) };
}

const known = (code) => CODES.includes(code);

function about(delivery) {
  const [what, status] = delivery.about.split(':');
  return what === 'message' ? t('about_message') : what === 'status' ? t('about_status', { s: t(`s_${status}`) }) : delivery.about;
}

async function drawDeliveries(body) {
  const page = await api.deliveries().catch(() => null);
  if (page === null) return;
  const rows = page.deliveries.map((one) => h('li', { 'data-state': one.state },
    h('span.dot', { 'aria-hidden': 'true' }),
    h('div', {}, h('strong', {}, about(one)), h('small', {}, [one.phone && /^\d+$/.test(one.phone) ? `+${one.phone}` : null, new Date(one.created_at).toLocaleTimeString(locale())].filter(Boolean).join(' · ')),
      one.last_error === null ? null : h('small.why', {}, one.last_error)),
    h('span.state', {}, t(`state_${one.state}`), h('small', {}, one.attempts === 1 ? t('attempt') : t('attempts', { n: one.attempts })))));
  const head = h('div.deliveries-head', {}, h('p', {}, page.pending === 0 ? t('hook_ok') : t('hook_waiting', { n: page.pending })),
    h('button.secondary', { type: 'button', disabled: page.pending === 0, onclick: () => api.retryNow().catch(() => undefined) }, t('retry_now')));
  body.replaceChildren(head, rows.length === 0 ? h('p.muted', {}, t('no_deliveries')) : h('ul.deliveries', {}, ...rows));
}

function drawSettings(body) {
  const demo = state.numbers[0];
  const url = h('input', { type: 'url', name: 'callback_url', required: true, placeholder: 'http://127.0.0.1:8080/webhook/meta' });
  url.value = demo?.callback_url ?? '';
  const result = h('p', { role: 'status' });
  body.replaceChildren(
    h('form.stack', {
      onsubmit: async (event) => {
        event.preventDefault();
        result.className = '';
        result.textContent = '…';
        try {
          await api.setWebhook({ callback_url: url.value });
          result.textContent = t('callback_saved');
        } catch (error) {
          result.className = 'problem';
          result.textContent = error.message;
        }
      },
    }, h('label.field', {}, h('span', {}, t('callback')), url), h('button.primary', { type: 'submit' }, icon('hook', 17), t('verify')), result),
    h('h4', {}, t('graph_url')), h('p', {}, h('code', {}, state.graphUrl)), h('p.muted', {}, t('secrets_hint')),
    h('h4', {}, t('numbers')),
    h('ul.numbers', {}, ...state.numbers.map((number) => h('li', {}, h('strong', {}, number.name), h('small', {}, `${number.display_phone_number} · ${t('tier')} ${number.tier}`), h('code', {}, number.phone_number_id)))));
}
