/** Who is on WhatsApp, by which LID, with which devices. */
import type { BinaryNode } from 'baileys';
import { child, children, jid, lid, node, pn, text } from '../node.ts';
import type { Asked, Reply } from './asked.ts';

export function usync({ web, what, device }: Asked): Reply {
  const wanted = children(child(what, 'query')).map((one) => one.tag);
  const users = children(child(what, 'list')).map((user): BinaryNode => {
    const contact = text(child(user, 'contact'));
    const { jid: asked } = user.attrs;
    const address = web.directory.address(jid(asked));
    const number = address === undefined ? (contact === '' ? undefined : web.directory.onWhatsApp(contact)) : web.directory.onWhatsApp(address.number);
    if (number === undefined) return node('user', { jid: asked ?? pn(contact.replace(/\D/g, '') || '0') }, [node('contact', { type: 'out' })]);
    return node('user', { jid: asked ?? pn(number) }, wanted.flatMap((query) => about(query, { web, number, contact, device })));
  });
  return [node('usync', { sid: what?.attrs['sid'], index: '0', last: 'true', mode: what?.attrs['mode'], context: what?.attrs['context'] }, [node('result', {}, wanted.map((query) => node(query))), node('list', {}, users)])];
}

function about(query: string, of: { web: Asked['web']; number: string; contact: string; device: Asked['device'] }): BinaryNode[] {
  const { web, number } = of;
  switch (query) {
    case 'contact': return [node('contact', { type: 'in' }, of.contact === '' ? undefined : Buffer.from(of.contact))];
    case 'lid': return [node('lid', { val: lid(web.directory.account(number).lid) })];
    case 'status': return [node('status', { t: '1' }, Buffer.from('Hey there! I am using WhatsApp.'))];
    case 'disappearing_mode': return [node('disappearing_mode', { duration: '0', t: '0' })];
    case 'devices': return [node('devices', {}, [node('device-list', {}, [
      node('device', { id: '0' }), ...web.directory.devices(number).map((linked) => node('device', { id: String(linked.device), 'key-index': String(linked.keyIndex) })),
    ])])];
    default: return [];
  }
}
