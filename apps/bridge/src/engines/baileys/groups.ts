import type { GroupMetadata, WASocket } from 'baileys';
import type { Group, MembersAnswer } from '@centralita/contracts/bridge';
import { EngineError, type GroupPower } from '../../engine.ts';
import { addressOf } from './addresses.ts';
import type { People } from './people.ts';
import type { Caches } from './socket.ts';

export interface GroupContext {
  /** Throws EngineError `not_connected`. */
  socket(): WASocket;
  readonly people: People;
  readonly caches: Caches;
}

export function groupPower({ socket, people, caches }: GroupContext): GroupPower {
  const view = (group: GroupMetadata): Group => {
    caches.groups.set(group.id, group);
    return {
      id: group.id, subject: group.subject, ...(group.desc ? { description: group.desc } : {}), ...(group.creation ? { created_at: new Date(group.creation * 1000).toISOString() } : {}),
      announce: group.announce === true, locked: group.restrict === true,
      members: group.participants.map((p) => {
        people.pair(p.id, p.phoneNumber ?? p.lid);
        return { ...people.person([p.id, p.phoneNumber, p.lid], p.notify), role: p.admin === 'superadmin' ? 'superadmin' as const : p.admin === 'admin' ? 'admin' as const : 'member' as const };
      }),
    };
  };
  const get = (group: string): Promise<Group> => asked(async () => view(await socket().groupMetadata(group)));
  return {
    get,
    list: () => asked(async () => Object.values(await socket().groupFetchAllParticipating()).map(view)),
    create: (subject, members) => asked(async () => view(await socket().groupCreate(subject, members.map(addressOf)))),
    change: (group, { subject, description }) => asked(async () => {
      if (subject !== undefined) await socket().groupUpdateSubject(group, subject);
      if (description !== undefined) await socket().groupUpdateDescription(group, description);
      caches.groups.del(group);
    }),
    members: (group, action, members) => asked(async (): Promise<MembersAnswer['members']> => {
      const answers = await socket().groupParticipantsUpdate(group, members.map(addressOf), action);
      caches.groups.del(group);
      return answers.map(({ status, jid }) => ({ ...people.person([jid]), code: String(status), done: String(status) === '200' }));
    }),
    leave: (group) => asked(async () => {
      await socket().groupLeave(group);
      caches.groups.del(group);
    }),
  };
}

/** WhatsApp's refusals in our words. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const { output, message } = error as { output?: { statusCode?: number }; message: string };
    const code = (error as { data?: number }).data ?? output?.statusCode;
    if (code === 428 || code === 408) throw new EngineError('not_connected', 'The connection broke; try again.');
    throw new EngineError('refused', `WhatsApp refused it (${message}).`, code === undefined ? undefined : String(code));
  }
}
