/** Messages of linked devices: acknowledged, kept for the phones, handed to the other devices (protocol notes 4.6). */
import type { BinaryNode } from 'baileys';
import type { Message } from '../store/messages.ts';
import type { Connection } from './connection.ts';
import type { Group, Web } from './context.ts';
import type { Address } from './directory.ts';
import { strikeMessage } from './faults.ts';
import { isMember } from './groups.ts';
import { ensureLine } from './lines.ts';
import { bytes, child, childrenOf, isGroup, lid, node, pn } from './node.ts';
import type { Device, Envelope } from './store.ts';

export interface Said {
  readonly connection: Connection;
  readonly device: Device;
  readonly stanza: BinaryNode;
}

/** What a phone has not looked at: it has arrived, and nobody knows what it says. */
export const UNOPENED = 'unopened';

export function relayMessage(web: Web, said: Said): void {
  const struck = strikeMessage(web, { device: said.device, direction: 'in' });
  switch (struck?.how) {
    case 'drop': return;
    case 'nack': acknowledge(web, said, struck.code ?? 463); return;
    case 'delay': setTimeout(() => relay(web, said), struck.ms).unref(); return;
    default: relay(web, said);
  }
}

function relay(web: Web, said: Said): void {
  const { to = '' } = said.stanza.attrs;
  if (isGroup(to)) relayToGroup(web, said);
  else relayToPerson(web, said);
}

function acknowledge(web: Web, { connection, stanza }: Said, error?: number): void {
  const { id, to } = stanza.attrs;
  connection.send(node('ack', { class: 'message', id, from: to, t: String(Math.floor(web.sandbox.runtime.now() / 1000)), ...(error === undefined ? {} : { error: String(error) }) }));
}

interface Sealing {
  readonly to: Address;
  readonly enc: BinaryNode;
}

function sealings(web: Web, { stanza }: Said): Sealing[] {
  const listed = childrenOf(child(stanza, 'participants'), 'to').flatMap((one) => {
    const to = web.directory.address(one.attrs['jid']);
    const enc = child(one, 'enc');
    return to === undefined || enc === undefined ? [] : [{ to, enc }];
  });
  const single = child(stanza, 'enc');
  if (listed.length > 0 || single === undefined || single.attrs['type'] === 'skmsg') return listed;
  // Sent again to the one that asked, or meant for the account's own phone.
  const to = web.directory.address(stanza.attrs['participant'] ?? stanza.attrs['to']);
  return to === undefined ? [] : [{ to, enc: single }];
}

function relayToPerson(web: Web, said: Said): void {
  const { stanza } = said;
  const all = sealings(web, said);
  const chat = web.directory.address(stanza.attrs['recipient'] ?? stanza.attrs['to'])?.number;
  if (chat === undefined || all.length === 0) {
    acknowledge(web, said, 479);
    return;
  }
  const peer = stanza.attrs['category'] === 'peer';
  const message = peer ? undefined : keep(web, said, chat);
  for (const { to, enc } of all) {
    const address = addressing(web, said, to);
    deliver(web, said, { to, message, attrs: address, content: [enc] });
  }
  acknowledge(web, said);
}

/** Whom it comes from, in the way the chat is addressed: by number with the LID beside it, or the other way round. */
function addressing(web: Web, { device, stanza }: Said, to: Address): Record<string, string | undefined> {
  const own = lid(web.directory.account(device.number).lid, device.device);
  const chat = stanza.attrs['recipient'] ?? stanza.attrs['to'] ?? '';
  const byLid = chat.endsWith('@lid');
  const from = byLid ? own : pn(device.number, device.device);
  if (to.number === device.number) return { from, recipient: chat.replace(/:\d+@/, '@') };
  const shares = web.sandbox.phones.find(device.number)?.shareNumber !== false;
  return byLid ? { from, sender_pn: shares ? pn(device.number) : undefined } : { from, sender_lid: own };
}

function deliver(web: Web, said: Said, what: { to: Address; message: Message | undefined; attrs: Record<string, string | undefined>; content: BinaryNode[]; group?: string }): void {
  const { device, stanza } = said;
  const { to, message } = what;
  if (to.device === 0) {
    for (const enc of what.content) {
      const { type } = enc.attrs;
      const envelope: Envelope = {
        kind: type === 'pkmsg' || type === 'skmsg' ? type : 'msg', author: { number: device.number, device: device.device }, id: stanza.attrs['id'] ?? '', group: what.group,
      };
      web.store.seal(to.number, { messageSeq: message?.seq ?? null, envelope, sealed: bytes(enc) });
    }
    web.phoneSide.arrivedAtPhone(to.number);
    return;
  }
  if (web.directory.device(to) === undefined || (to.number === device.number && to.device === device.device)) return;
  const struck = strikeMessage(web, { device: to, direction: 'out' });
  if (struck?.how === 'drop') return;
  const identity = child(stanza, 'device-identity');
  const { id, type, edit, category } = stanza.attrs;
  const out = node('message', {
    id, type, edit, category, t: String(Math.floor(web.sandbox.runtime.now() / 1000)), notify: web.sandbox.phones.ensure(device.number).name || undefined, ...what.attrs,
  }, [...(struck?.how === 'corrupt' ? what.content.map(corrupt) : what.content), ...(identity === undefined ? [] : [identity])]);
  web.outlet.push(to, out, struck?.how === 'duplicate' ? 2 : 1);
}

/** Flips a bit, so that the receiver cannot decrypt it and asks for it again. */
export function corrupt(enc: BinaryNode): BinaryNode {
  const spoilt = Buffer.from(bytes(enc));
  const last = spoilt.length - 1;
  if (last >= 0) spoilt[last] = (spoilt[last] ?? 0) ^ 1;
  return { ...enc, content: spoilt };
}

/** The row of a message, made when it comes for the first time: one sent again under its id is the same message. */
function keep(web: Web, { device, stanza }: Said, chat: string): Message {
  const { sandbox } = web;
  const { id = '' } = stanza.attrs;
  const line = ensureLine(sandbox, device.number);
  const known = sandbox.messages.byId(id);
  if (known !== undefined && known.phoneNumberId === line.phoneNumberId && known.number === chat) {
    // Asked for again by a device, it has `participants` no more: that is no second sending.
    if (child(stanza, 'participants') !== undefined) sandbox.messages.setExtra(known, { ...known.extra, copies: Number(known.extra?.['copies'] ?? 1) + 1 });
    return known;
  }
  const phone = sandbox.phones.ensure(chat);
  const at = sandbox.runtime.now();
  // A number with linked devices acknowledges by them; others are phones that do so by themselves.
  // Who is not on WhatsApp never acknowledges.
  const next = web.directory.linked(chat) || !phone.onWhatsapp ? null : 'sent';
  const message = sandbox.messages.insert(known === undefined ? id : `${id}~${device.number}`, {
    phoneNumberId: line.phoneNumberId, number: chat, direction: 'in', type: UNOPENED, text: '', status: next === null ? 'sent' : 'accepted', callback: null, contextId: null,
    payload: '{}', extra: { web_id: id, device: device.device }, createdAt: at, next,
  });
  sandbox.identities.countAccepted(line);
  const talk = sandbox.phones.chat(line.phoneNumberId, chat);
  talk.lastSeq = message.seq;
  sandbox.phones.touch(talk);
  sandbox.typing.off(line.phoneNumberId, chat);
  if (next !== null) sandbox.journal.afterCommit(() => sandbox.ladder.start(message));
  return message;
}

function relayToGroup(web: Web, said: Said): void {
  const { device, stanza } = said;
  const group = web.groups.get(stanza.attrs['to'] ?? '');
  if (group === undefined || !isMember(group, device.number)) {
    acknowledge(web, said, 403);
    return;
  }
  const message = keepInGroup(web, said, group);
  const keys = new Map(sealings(web, said).map(({ to, enc }) => [`${to.number}:${to.device}`, enc]));
  const shared = childrenOf(stanza, 'enc').filter((enc) => enc.attrs['type'] === 'skmsg');
  const attrs = {
    from: group.id, participant: lid(web.directory.account(device.number).lid, device.device), participant_pn: pn(device.number), addressing_mode: 'lid',
  };
  for (const { number } of group.members) {
    for (const to of [{ number, device: 0 }, ...web.directory.devices(number)]) {
      const own = keys.get(`${number}:${to.device}`);
      // Sent again to one: it alone gets it.
      const content = [...(own === undefined ? [] : [own]), ...shared];
      if (content.length > 0) deliver(web, said, { to, message, attrs, content, group: group.id });
    }
  }
  acknowledge(web, said);
}

function keepInGroup(web: Web, { device, stanza }: Said, group: Group): Message {
  const { sandbox } = web;
  const { id = '' } = stanza.attrs;
  const known = sandbox.messages.byId(id);
  if (known !== undefined && known.phoneNumberId === group.id && known.number === device.number) return known;
  ensureLine(sandbox, device.number);
  const message = sandbox.messages.insert(known === undefined ? id : `${id}~${device.number}`, {
    phoneNumberId: group.id, number: device.number, direction: 'out', type: UNOPENED, text: '', status: 'sent', callback: null, contextId: null,
    payload: '{}', extra: { web_id: id, device: device.device, group: true }, createdAt: sandbox.runtime.now(), next: null,
  });
  for (const member of group.members) if (member.number !== device.number && !web.directory.linked(member.number)) acknowledgedByPhone(web, message, member.number);
  return message;
}

/** In a group each phone says for itself that it has a message, and that it read it. */
function acknowledgedByPhone(web: Web, message: Message, number: string): void {
  const { phones, tunables } = web.sandbox;
  const { delivered, read } = tunables.now.status_delays;
  const say = (status: 'delivered' | 'read', after: number): void => {
    setTimeout(() => {
      const phone = phones.find(number);
      if (phone?.online === true && (status === 'delivered' || phone.autoRead)) web.phoneSide.ticked(message, status, number);
    }, after).unref();
  };
  say('delivered', delivered);
  say('read', read);
}
