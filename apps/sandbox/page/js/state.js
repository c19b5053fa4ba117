/** What the page knows: phones on the desk, their messages, numbers of the company, faults, deliveries. */
import { api } from './api.js';

const HELD = 'phones-on-the-desk';

export const state = {
  /** @type {Map<string, {phone: any, messages: Map<string, any>, earlier: number|null, typing: Set<string>, company: string|null}>} */
  held: new Map(),
  known: [],
  numbers: [],
  graphUrl: '',
  faults: [],
  /** QR codes that could be scanned now, and the phones that are asked for a code. */
  codes: { offers: [], waiting: [] },
  /** Webhooks that failed at least once and wait, by id. */
  failing: new Map(),
  pending: 0,
  connected: true,
};

const listeners = new Set();

/** Runs at every change, with what changed: 'desk', 'phone:<number>', 'faults', 'deliveries', 'connection'. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changed(what) {
  for (const listener of listeners) listener(what);
}

function remember() {
  localStorage.setItem(HELD, JSON.stringify([...state.held.keys()]));
}

export function firstPhones() {
  const asked = new URLSearchParams(location.search).getAll('phone').map((number) => number.replace(/\D/g, ''));
  if (asked.length > 0) return asked;
  try {
    const kept = JSON.parse(localStorage.getItem(HELD) ?? 'null');
    return Array.isArray(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Whom a phone can write to: the company's numbers, its groups, and, when it is linked itself, the people it talked with. */
export function partnersOf(held) {
  const own = `${held.phone.number}@s.whatsapp.net`;
  const partners = new Map(state.numbers.filter((number) => number.phone_number_id !== own).map((number) => [number.phone_number_id, number]));
  for (const group of held.phone.groups ?? []) partners.set(group.id, { phone_number_id: group.id, business_number: group.id, name: group.subject, display_phone_number: group.members.map((member) => `+${member.number}`).join(', ') });
  for (const { phone_number_id: id } of held.messages.values()) {
    if (!id.endsWith('@s.whatsapp.net') || id === own || partners.has(id)) continue;
    const digits = id.slice(0, id.indexOf('@'));
    const known = state.held.get(digits)?.phone ?? state.known.find((phone) => phone.number === digits);
    partners.set(id, { phone_number_id: id, business_number: digits, name: known?.name || known?.display || `+${digits}`, display_phone_number: known?.display ?? `+${digits}` });
  }
  return [...partners.values()];
}

export function companyOf(held) {
  const partners = partnersOf(held);
  return partners.find((number) => number.phone_number_id === held.company) ?? partners[0];
}

/** Puts a phone on the desk and gets its latest messages. */
export async function hold(number) {
  const phone = await api.phone(number);
  const known = state.held.get(phone.number);
  const talked = phone.chats[0]?.phone_number_id ?? null;
  const held = known ?? { phone, messages: new Map(), earlier: null, typing: new Set(), company: talked };
  held.phone = phone;
  held.typing = new Set(phone.typing);
  state.held.set(phone.number, held);
  const page = await api.messages(phone.number);
  for (const message of page.messages) held.messages.set(message.id, message);
  if (known === undefined) held.earlier = page.previous;
  held.company ??= page.messages.at(-1)?.phone_number_id ?? null;
  remember();
  changed(known === undefined ? 'desk' : `phone:${phone.number}`);
  return phone.number;
}

export function putAway(number) {
  state.held.delete(number);
  remember();
  changed('desk');
}

export async function loadEarlier(held) {
  const page = await api.messages(held.phone.number, held.earlier);
  for (const message of page.messages) held.messages.set(message.id, message);
  held.earlier = page.previous;
  changed(`phone:${held.phone.number}`);
}

/** Everything again: at the start and after a lost connection. */
export async function refresh() {
  const [desk, known, faults, waiting, codes] = await Promise.all([api.desk(), api.phones(), api.faults(), api.deliveries('&state=pending'), api.codes()]);
  Object.assign(state, { numbers: desk.numbers, graphUrl: desk.graph_url, known: known.phones, faults: faults.faults, pending: waiting.pending });
  state.codes = { offers: codes.codes, waiting: codes.waiting_for_code };
  state.failing = new Map(waiting.deliveries.filter((one) => one.attempts > 0).map((one) => [one.id, one]));
  changed('desk');
  changed('faults');
  changed('deliveries');
  await Promise.all([...state.held.keys()].map((number) => hold(number)));
}

/** A live event of the sandbox. */
export function take(event) {
  switch (event.kind) {
    case 'message': {
      const held = state.held.get(event.number);
      if (held === undefined) return;
      held.messages.set(event.message.id, event.message);
      // A long soak must not fill the page.
      if (held.messages.size > 600) {
        const oldest = [...held.messages.values()].sort((a, b) => a.cursor - b.cursor)[0];
        held.messages.delete(oldest.id);
        held.earlier = oldest.cursor + 1;
      }
      if (held.company === null || event.message.direction === 'in') held.company ??= event.message.phone_number_id;
      if (event.message.direction === 'out') void refreshPhone(event.number);
      changed(`phone:${event.number}`);
      return;
    }
    case 'typing': {
      const held = state.held.get(event.number);
      if (held === undefined) return;
      if (event.on) held.typing.add(event.phone_number_id);
      else held.typing.delete(event.phone_number_id);
      changed(`phone:${event.number}`);
      return;
    }
    case 'phone': {
      const held = state.held.get(event.number);
      if (held !== undefined) {
        Object.assign(held.phone, event.phone);
        changed(`phone:${event.number}`);
      }
      return;
    }
    case 'delivery': {
      // With a server that is down thousands may wait; the page only tells of some.
      if (event.delivery.state === 'pending' && (state.failing.size < 500 || state.failing.has(event.delivery.id))) state.failing.set(event.delivery.id, event.delivery);
      else if (event.delivery.state !== 'pending') state.failing.delete(event.delivery.id);
      changed('deliveries');
      return;
    }
    case 'faults':
      state.faults = event.faults;
      changed('faults');
      return;
    case 'codes':
    case 'numbers':
    case 'reset':
      if (event.kind === 'reset') for (const held of state.held.values()) held.messages.clear();
      refresh().catch(() => undefined);
      return;
    default:
  }
}

/** The window of a chat opens with every message of the phone. */
async function refreshPhone(number) {
  const held = state.held.get(number);
  if (held === undefined) return;
  const phone = await api.phone(number).catch(() => null);
  if (phone === null) return;
  held.phone = phone;
  changed(`phone:${number}`);
}
