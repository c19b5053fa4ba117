import type { FastifyRequest } from 'fastify';
import { GroupChangeBody, GroupCreateBody, MembersBody } from '@centralita/contracts/bridge';
import type { GroupPower } from '../engine.ts';
import { errors } from '../errors.ts';
import type { Api } from './context.ts';
import { act } from './messages.ts';

type Named = FastifyRequest<{ Params: { session: string } }>;
type InGroup = FastifyRequest<{ Params: { session: string; group: string } }>;

/** Groups that the session's number is in. */
export function groupRoutes(api: Api): void {
  const { app } = api;
  const groups = <T>(request: Named, work: (power: GroupPower) => Promise<T>): Promise<T> => act(api, request, (session) => {
    if (!session.engine.groups) throw errors.unsupported('This engine manages no groups.');
    return work(session.engine.groups);
  });
  const idOf = (request: InGroup): string => {
    const { group } = request.params;
    const id = group.includes('@') ? group : `${group}@g.us`;
    if (!/^[\d-]{5,64}@g\.us$/.test(id)) throw errors.group_unknown();
    return id;
  };

  app.get('/sessions/:session/groups', async (request: Named) => ({ groups: await groups(request, (power) => power.list()) }));
  app.post('/sessions/:session/groups', async (request: Named, reply) => {
    const { subject, members } = GroupCreateBody.parse(request.body);
    return reply.code(201).send({ group: await groups(request, (power) => power.create(subject, members)) });
  });
  app.get('/sessions/:session/groups/:group', async (request: InGroup) => ({ group: await groups(request, (power) => power.get(idOf(request))) }));
  app.patch('/sessions/:session/groups/:group', async (request: InGroup) => {
    const change = GroupChangeBody.parse(request.body);
    return { group: await groups(request, async (power) => {
      await power.change(idOf(request), change);
      return power.get(idOf(request));
    }) };
  });
  app.post('/sessions/:session/groups/:group/members', async (request: InGroup) => {
    const { action, members } = MembersBody.parse(request.body);
    return { members: await groups(request, (power) => power.members(idOf(request), action, members)) };
  });
  app.delete('/sessions/:session/groups/:group', async (request: InGroup) => {
    await groups(request, (power) => power.leave(idOf(request)));
    return { success: true };
  });
}
