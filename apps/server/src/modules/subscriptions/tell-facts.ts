import type { EventData } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { AccountTold, AddedMessage, Content, DeliveryChange, EventMap, RouteChanged } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { routeById } from '../accounts/index.ts';
import { contactCards, type ContactCard } from '../contacts/index.ts';
import { lockConversations, remoteOf } from '../conversations/index.ts';
import { deliveryStates } from '../delivery/index.ts';
import { mediaFiles } from '../media/index.ts';
import { anybodyWants, recordEvents, type CustomType, type Fact } from './record-events.ts';
import { listenToPeople } from './tell-people.ts';
import { nowOf, phoneOf, whereOf } from './where.ts';

/** Lower rooms say what happened; here it becomes what other systems are told, in the same transaction. */
export function listenToRooms(rt: Runtime): void {
  rt.events.on('message.added', (tx, added) => tellMessages(rt, tx, added));
  rt.events.on('delivery.changed', (tx, changes) => tellStatuses(rt, tx, changes));
  rt.events.on('conversation.turned', (tx, turned) => tellTurns(rt, tx, turned));
  rt.events.on('conversation.merged', (tx, merged) => tellMerge(rt, tx, merged));
  listenToPeople(rt);
  rt.events.on('account.told', (tx, told) => tellAccounts(rt, tx, told));
  rt.events.on('route.changed', (tx, changed) => tellRoute(rt, tx, changed));
  rt.events.on('event.published', (tx, fact) => recordEvents(rt, tx, [{ ...fact, type: fact.type as CustomType }]));
  rt.events.on('media.changed', (tx, changed) => tellMedia(rt, tx, changed));
}

const userOf = (id: string | null | undefined): string | null => (id ? encodeId('usr', id) : null);
function contactOf(id: string, card: ContactCard | undefined): EventData<'message_received'>['contact'] {
  return { id: encodeId('ct', id), name: card?.name ?? null, addresses: (card?.addresses ?? []).map((a) => ({ kind: a.kind, value: a.value })) };
}

async function tellMessages(rt: Runtime, tx: Tx, added: readonly AddedMessage[]): Promise<void> {
  if (added.length === 0 || !await anybodyWants(rt, tx, ['message_received', 'message_sent'])) return;
  const cards = new Map((await contactCards(tx, [...new Set(added.map((m) => m.contact_id))])).map((c) => [c.id, c]));
  const facts: Fact[] = [];
  for (const m of added) {
    const { phone, ...where } = await whereOf(rt, tx, m.account_id);
    const card = cards.get(m.contact_id);
    const theirs = phoneOf(card?.addresses.find((a) => a.kind === 'phone')?.value);
    const data: EventData<'message_received'> = {
      ...where, conversation_id: encodeId('conv', m.conversation_id), message_id: encodeId('msg', m.id),
      from: m.direction === 'in' ? theirs : phone, to: m.direction === 'in' ? phone : theirs,
      content: m.text, type: m.content.type, payload: shownContent(m.content), contact: contactOf(m.contact_id, card),
      whatsapp_message_id: m.remote_id ?? null, quoted_whatsapp_message_id: m.quote_remote_id ?? null, author: { kind: m.author, user_id: userOf(m.author_user_id) },
    };
    facts.push({ type: m.direction === 'in' ? 'message_received' : 'message_sent', account_id: m.account_id, ordering_key: m.conversation_id, at: m.at, data });
  }
  await recordEvents(rt, tx, facts);
}

/** Where the carrier keeps a file is nobody's business outside. */
function shownContent(content: Content): EventData<'message_received'>['payload'] {
  const shown = ({ remote_id: _remote, sha256: _hash, link, ...rest }: Extract<Content, { media: unknown }>['media']): Record<string, unknown> =>
    ({ ...rest, ...(rest.id === undefined && link !== undefined && { link }) });
  if ('media' in content) return { ...content, media: shown(content.media) };
  if ('header' in content && typeof content.header === 'object') return { ...content, header: { ...content.header, media: shown(content.header.media) } };
  return content;
}

/** Waiting and being sent are our own affair; everything the carrier does is told. */
const TOLD = new Set<string>(['accepted', 'sent', 'delivered', 'read', 'played', 'failed', 'unknown']);

async function tellStatuses(rt: Runtime, tx: Tx, changes: readonly DeliveryChange[]): Promise<void> {
  const told = changes.filter((c) => TOLD.has(c.after));
  if (told.length === 0 || !await anybodyWants(rt, tx, ['message_status'])) return;
  const states = new Map((await deliveryStates(tx, [...new Set(told.map((c) => c.message_id))])).map((d) => [d.message_id, d]));
  const facts: Fact[] = [];
  for (const c of told) {
    const state = states.get(c.message_id);
    const account = state && (await routeById(rt, state.route_id))?.account_id;
    if (!state || account === undefined) continue;
    const { phone: _phone, ...where } = await whereOf(rt, tx, account);
    const wrong = c.after === 'failed' || c.after === 'unknown' ? state.error : null;
    facts.push({
      type: 'message_status', account_id: account, ordering_key: c.conversation_id, at: nowOf(rt),
      data: {
        ...where, conversation_id: encodeId('conv', c.conversation_id), message_id: encodeId('msg', c.message_id), whatsapp_message_id: state.remote_id,
        status: c.after as EventData<'message_status'>['status'],
        error: wrong && { code: wrong.code, title: wrong.title, detail: wrong.detail ?? null, class: wrong.class },
      },
    });
  }
  await recordEvents(rt, tx, facts);
}

const TURNS = { opened: 'conversation_opened', closed: 'conversation_closed', assigned: 'conversation_assigned' } as const;

async function tellTurns(rt: Runtime, tx: Tx, { turn, conversations }: EventMap['conversation.turned']): Promise<void> {
  const type = TURNS[turn];
  if (!await anybodyWants(rt, tx, [type])) return;
  const rows = await lockConversations(tx, [...conversations].sort());
  const cards = new Map((await contactCards(tx, [...new Set(rows.map((r) => r.contact_id))])).map((c) => [c.id, c]));
  const facts: Fact[] = [];
  for (const row of rows) {
    const { phone: _phone, ...where } = await whereOf(rt, tx, row.account_id);
    facts.push({
      type, account_id: row.account_id, ordering_key: row.id, at: nowOf(rt),
      data: {
        ...where, conversation_id: encodeId('conv', row.id), contact: contactOf(row.contact_id, cards.get(row.contact_id)), status: row.status,
        assigned_to: { kind: row.holder, user_id: userOf(row.holder_user_id) },
      },
    });
  }
  await recordEvents(rt, tx, facts);
}

async function tellMerge(rt: Runtime, tx: Tx, { from, into }: EventMap['conversation.merged']): Promise<void> {
  if (!tx.company) return;
  await recordEvents(rt, tx, [{
    type: 'conversation_merged', account_id: null, ordering_key: into, at: nowOf(rt),
    data: { company_id: encodeId('co', tx.company.id), conversation_id: encodeId('conv', into), merged_conversation_id: encodeId('conv', from) },
  }]);
}

async function tellAccounts(rt: Runtime, tx: Tx, told: readonly AccountTold[]): Promise<void> {
  if (!await anybodyWants(rt, tx, ['account_event'])) return;
  const facts: Fact[] = [];
  for (const one of told) {
    const { phone: _phone, ...where } = await whereOf(rt, tx, one.account_id);
    facts.push({ type: 'account_event', account_id: one.account_id, ordering_key: one.account_id, at: one.at, data: { ...where, field: one.field, payload: one.payload } });
  }
  await recordEvents(rt, tx, facts);
}

const ROUTE_NEWS = { up: 'route_up', degraded: 'route_degraded', down: 'route_down' } as const;

async function tellRoute(rt: Runtime, tx: Tx, { route_id, account_id, provider, phone, state, problems }: RouteChanged): Promise<void> {
  const type = ROUTE_NEWS[state];
  if (!await anybodyWants(rt, tx, [type])) return;
  const { phone: _phone, ...where } = await whereOf(rt, tx, account_id);
  await recordEvents(rt, tx, [{
    type, account_id, ordering_key: account_id, at: nowOf(rt),
    data: { ...where, route_id: encodeId('rt', route_id), account_type: provider, phone_number: phoneOf(phone), problems: problems.map(({ code, detail }) => ({ code, detail })) },
  }]);
}

async function tellMedia(rt: Runtime, tx: Tx, { media_id, message_id }: EventMap['media.changed']): Promise<void> {
  if (!await anybodyWants(rt, tx, ['media_stored'])) return;
  const [file] = await mediaFiles(tx, [media_id]);
  const message = await remoteOf(tx, message_id);
  const account = message && (await routeById(rt, message.route_id))?.account_id;
  if (!file || !message || account === undefined || file.state === 'pending') return;
  const { phone: _phone, ...where } = await whereOf(rt, tx, account);
  await recordEvents(rt, tx, [{
    type: 'media_stored', account_id: account, ordering_key: message.conversation_id, at: nowOf(rt),
    data: {
      ...where, conversation_id: encodeId('conv', message.conversation_id), message_id: encodeId('msg', message_id), media_id: encodeId('med', media_id), state: file.state,
      mime_type: file.mime_type, filename: file.filename, size: file.size,
    },
  }]);
}
