/** What clients ask about groups and do to them. */
import { childrenOf, jid, node } from '../node.ts';
import type { Group } from '../context.ts';
import { isAdmin, isMember } from '../groups.ts';
import { IqError } from './asked.ts';
import type { Asked, Reply } from './asked.ts';

function groupOf({ web, device, iq }: Asked): Group {
  const group = web.groups.get(iq.attrs['to'] ?? '');
  if (group === undefined) throw new IqError(404, 'item-not-found');
  if (!isMember(group, device.number)) throw new IqError(403, 'forbidden');
  return group;
}

export function groupQuery(asked: Asked): Reply {
  const { web, device, what } = asked;
  if (what?.tag === 'participating') return [node('groups', {}, web.groups.of(device.number).map((group) => web.groups.describe(group)))];
  return [web.groups.describe(groupOf(asked))];
}

export function groupSet(asked: Asked): Reply {
  const { web, device, what } = asked;
  const act = what?.tag ?? '';
  switch (act) {
    case 'create': {
      const group = web.groups.create(device.number, { subject: what?.attrs['subject'] ?? '', members: numbers(asked) });
      return [web.groups.describe(group)];
    }
    case 'leave': {
      for (const { attrs } of childrenOf(what, 'group')) {
        const group = web.groups.get(attrs['id'] ?? '');
        if (group !== undefined) web.groups.remove(group, device.number, [device.number]);
      }
      return [node('leave', {}, childrenOf(what, 'group').map(({ attrs }) => node('group', { id: attrs['id'] })))];
    }
    case 'subject': {
      const content = what?.content;
      web.groups.setSubject(ruled(asked), device.number, typeof content === 'string' ? content : Buffer.from(Array.isArray(content) ? [] : content ?? []).toString());
      return undefined;
    }
    case 'add': case 'remove': case 'promote': case 'demote': return changed(asked, act);
    // Descriptions, invite links, settings: taken and forgotten.
    default: return undefined;
  }
}

function ruled(asked: Asked): Group {
  const group = groupOf(asked);
  if (!isAdmin(group, asked.device.number)) throw new IqError(403, 'forbidden');
  return group;
}

/** Each participant of the answer carries an error, or none. */
function changed(asked: Asked, act: 'add' | 'remove' | 'promote' | 'demote'): Reply {
  const { web, device, what } = asked;
  const group = ruled(asked);
  const wanted = numbers(asked);
  const done = act === 'add' ? web.groups.add(group, device.number, wanted)
    : act === 'remove' ? web.groups.remove(group, device.number, wanted)
      : web.groups.setRole(group, device.number, { numbers: wanted, act });
  return [node(act, {}, childrenOf(what, 'participant').map(({ attrs }) => {
    const number = web.directory.address(jid(attrs['jid']))?.number;
    const fine = number !== undefined && done.includes(number);
    return node('participant', { jid: attrs['jid'], ...(fine ? {} : { error: number === undefined ? '404' : act === 'add' ? '409' : '404' }) });
  }))];
}

function numbers({ web, what }: Asked): string[] {
  return childrenOf(what, 'participant').flatMap(({ attrs }) => {
    const number = web.directory.address(jid(attrs['jid']))?.number;
    const there = number === undefined ? undefined : web.directory.onWhatsApp(number);
    return there === undefined ? [] : [there];
  });
}
