/** Ticks and other receipts of linked devices. */
import { tick } from '../network/inbound.ts';
import { authorOf } from '../network/viewers.ts';
import type { Message, MessageStatus } from '../store/messages.ts';
import type { Web } from './context.ts';
import { child, childrenOf, isGroup, lid, node, pn } from './node.ts';
import type { Said } from './relay.ts';
import type { Device } from './store.ts';

/** What a receipt says about a message; others are for the device's own phone. */
function statusOf(type: string | undefined): Exclude<MessageStatus, 'accepted' | 'sent' | 'failed'> | undefined {
  switch (type) {
    // Delivered, with the app in the background.
    case undefined: case '': case 'delivery': case 'inactive': return 'delivered';
    case 'read': return 'read';
    case 'played': return 'played';
    default: return undefined;
  }
}

export function relayReceipt(web: Web, said: Said): void {
  const { connection, device, stanza } = said;
  const { id = '', to = '', type, participant, recipient } = stanza.attrs;
  const ids = [id, ...childrenOf(child(stanza, 'list'), 'item').map((item) => item.attrs['id'] ?? '')];
  connection.send(node('ack', { class: 'receipt', id, from: to, type, participant }));
  if (type === 'retry') {
    retry(web, said);
    return;
  }
  for (const one of ids) web.outlet.acknowledged(device, { class: 'message', id: one });
  const status = statusOf(type);
  if (status !== undefined) for (const one of ids) reached(web, { device, id: one, status, type, to });
  // Read, or received, on one device: the account's others hear of it.
  if (type === 'sender' || type === 'read-self' || type === 'read') {
    const own = to.endsWith('@lid') ? lid(web.directory.account(device.number).lid, device.device) : pn(device.number, device.device);
    const attrs = isGroup(to) ? { from: to, participant: own } : { from: own, recipient: recipient ?? to };
    for (const other of web.directory.devices(device.number)) {
      if (other.device !== device.device) for (const one of ids) web.outlet.push(other, node('receipt', { id: one, t: seconds(web), type: type === 'read' ? 'read-self' : type, ...attrs }));
    }
  }
}

const seconds = (web: Web): string => String(Math.floor(web.sandbox.runtime.now() / 1000));

/** The author's ticks: on its phone, and on its linked devices. */
function reached(web: Web, what: { device: Device; id: string; status: 'delivered' | 'read' | 'played'; type: string | undefined; to: string }): void {
  const { sandbox, directory } = web;
  const message = sandbox.messages.byId(what.id);
  const author = message === undefined ? undefined : authorOf(message);
  if (message === undefined || author === what.device.number) return;
  tick(sandbox, message, what.status);
  if (author === undefined) return;
  const shares = sandbox.phones.find(what.device.number)?.shareNumber !== false;
  const byLid = what.to.endsWith('@lid') || !shares || isGroup(what.to);
  const reader = byLid ? lid(directory.account(what.device.number).lid) : pn(what.device.number);
  receiptTo(web, author, { id: wireId(message), type: what.type, reader, group: isGroup(what.to) ? what.to : undefined });
}

/** Tells all devices of a message's author who has it. */
export function receiptTo(web: Web, author: string, what: { id: string; type: string | undefined; reader: string; group?: string | undefined }): void {
  const attrs = what.group === undefined ? { from: what.reader } : { from: what.group, participant: what.reader };
  for (const device of web.directory.devices(author)) web.outlet.push(device, node('receipt', { id: what.id, type: what.type, t: seconds(web), ...attrs }));
}

/** Its id on the wire; the row's differs when two clients chose the same. */
export function wireId(message: Message): string {
  const kept = message.extra?.['web_id'];
  return typeof kept === 'string' ? kept : message.id;
}

/** It could not decrypt: whoever sent it is asked for it again. */
function retry(web: Web, { device, stanza }: Said): void {
  const { to = '', participant, id = '', recipient } = stanza.attrs;
  const sender = web.directory.address(participant ?? to);
  if (sender === undefined) return;
  if (sender.device === 0) {
    web.phoneSide.resend({ phone: sender.number, to: device, id });
    return;
  }
  const own = to.endsWith('@lid') || isGroup(to) ? lid(web.directory.account(device.number).lid, device.device) : pn(device.number, device.device);
  const attrs = isGroup(to) ? { from: to, participant: own } : { from: own, recipient };
  web.outlet.push(sender, { tag: 'receipt', attrs: { ...node('', attrs).attrs, id, type: 'retry', t: seconds(web) }, content: stanza.content });
}
