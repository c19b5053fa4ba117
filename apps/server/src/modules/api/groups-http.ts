import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { GroupMessage, LookUpNumbers, SessionQuery, type GroupSent, type NumbersFound } from '@centralita/contracts/api';
import { GroupAnswer, GroupChangeBody, GroupCreateBody, GroupList, LookupAnswer, MembersAnswer, MembersBody } from '@centralita/contracts/bridge';
import type { Permission } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { audit, callerOf, type Caller } from '../companies/index.ts';
import { sendToGroup } from '../delivery/index.ts';
import { onSession } from '../web-sessions/index.ts';
import { composeContent, withFiles } from './compose-content.ts';
import { errors } from './errors.ts';
import { phoneOf } from './send-messages.ts';
import { linkedRoute, type Linked } from './session-route.ts';

type ById = FastifyRequest<{ Params: { id: string } }>;
type InGroup = FastifyRequest<{ Params: { id: string; group_id: string } }>;

/** Groups of numbers whose session this server runs, and which numbers are on WhatsApp. */
export function groupRoutes(app: FastifyInstance, rt: Runtime): void {
  const begin = async (request: ById, permission: Permission): Promise<{ caller: Caller; linked: Linked }> => {
    const caller = await callerOf(rt, request, permission);
    return { caller, linked: await linkedRoute(rt, caller, { id: request.params.id, route_id: SessionQuery.parse(request.query).route_id }) };
  };
  const ask = async <S extends z.ZodType>({ route }: Linked, schema: S, call: { method: 'GET' | 'POST' | 'PATCH'; path: string; json?: unknown }): Promise<z.infer<S>> => schema.parse(await onSession(rt, route, call));
  const note = (caller: Caller, { route }: Linked, entry: { action: string; group: string; after?: unknown }): Promise<unknown> =>
    rt.db.withCompany(caller.company, (tx) => audit(tx, caller, { action: entry.action, target: { kind: 'route', id: encodeId('rt', route.id), name: entry.group }, ...(entry.after !== undefined && { after: entry.after }) }));

  app.get('/api/accounts/:id/groups', async (request: ById): Promise<z.infer<typeof GroupList>> => {
    const { linked } = await begin(request, 'whatsapp:read');
    return ask(linked, GroupList, { method: 'GET', path: '/groups' });
  });

  app.post('/api/accounts/:id/groups', async (request: ById, reply): Promise<z.infer<typeof GroupAnswer>> => {
    const { caller, linked } = await begin(request, 'whatsapp:admin');
    const { subject, members } = GroupCreateBody.parse(request.body);
    const answer = await ask(linked, GroupAnswer, { method: 'POST', path: '/groups', json: { subject, members: members.map(whoOf) } });
    await note(caller, linked, { action: 'group.created', group: answer.group.id, after: { subject } });
    void reply.code(201);
    return answer;
  });

  app.get('/api/accounts/:id/groups/:group_id', async (request: InGroup): Promise<z.infer<typeof GroupAnswer>> => {
    const { linked } = await begin(request, 'whatsapp:read');
    return ask(linked, GroupAnswer, { method: 'GET', path: pathOf(request) });
  });

  app.patch('/api/accounts/:id/groups/:group_id', async (request: InGroup): Promise<z.infer<typeof GroupAnswer>> => {
    const { caller, linked } = await begin(request, 'whatsapp:admin');
    const change = GroupChangeBody.parse(request.body);
    const answer = await ask(linked, GroupAnswer, { method: 'PATCH', path: pathOf(request), json: change });
    await note(caller, linked, { action: 'group.changed', group: request.params.group_id, after: change });
    return answer;
  });

  app.post('/api/accounts/:id/groups/:group_id/members', async (request: InGroup): Promise<MembersAnswer> => {
    const { caller, linked } = await begin(request, 'whatsapp:admin');
    const { action, members } = MembersBody.parse(request.body);
    const answer = await ask(linked, MembersAnswer, { method: 'POST', path: `${pathOf(request)}/members`, json: { action, members: members.map(whoOf) } });
    await note(caller, linked, { action: 'group.members_changed', group: request.params.group_id, after: { action, members: members.length } });
    return answer;
  });

  app.delete('/api/accounts/:id/groups/:group_id', async (request: InGroup, reply) => {
    const { caller, linked } = await begin(request, 'whatsapp:admin');
    await onSession(rt, linked.route, { method: 'DELETE', path: pathOf(request) });
    await note(caller, linked, { action: 'group.left', group: request.params.group_id });
    return reply.code(204).send();
  });

  app.post('/api/accounts/:id/groups/:group_id/messages', async (request: InGroup, reply): Promise<GroupSent> => {
    const { caller, linked } = await begin(request, 'whatsapp:send_message');
    const { quote, ...said } = GroupMessage.parse(request.body);
    if (!linked.hosted) throw errors.no_groups();
    const content = await rt.db.withCompany(caller.company, (tx) => withFiles(tx, composeContent(said)));
    const outcome = await sendToGroup(rt, caller.company, linked.route, { group: groupOf(request), content, quote });
    if (outcome.outcome === 'rejected' || outcome.outcome === 'retry') throw errors.refused_by_carrier([outcome.error.title, outcome.error.detail].filter(Boolean).join(' '));
    void reply.code(outcome.outcome === 'accepted' ? 201 : 202);
    return outcome.outcome === 'accepted' ? { whatsapp_message_id: outcome.remote_id, status: 'sent', detail: null } : { whatsapp_message_id: null, status: 'unknown', detail: outcome.error.title };
  });

  app.post('/api/accounts/:id/numbers/lookup', async (request: ById): Promise<NumbersFound> => {
    const caller = await callerOf(rt, request, 'whatsapp:send_message');
    const body = LookUpNumbers.parse(request.body);
    const linked = await linkedRoute(rt, caller, { id: request.params.id, route_id: body.route_id });
    const { results } = await ask(linked, LookupAnswer, { method: 'POST', path: '/lookup', json: { phones: body.phone_numbers.map(phoneOf) } });
    return { numbers: results.map(({ phone, exists, lid }) => ({ phone_number: `+${phone.replace(/^\+/, '')}`, exists, lid: lid ?? null })) };
  });
}

/** Digits for numbers as people write them; LIDs and the engines' own addresses as they are. */
const whoOf = (given: string): string => (given.includes('@') ? given : phoneOf(given));

function groupOf({ params: { group_id } }: InGroup): string {
  const id = group_id.includes('@') ? group_id : `${group_id}@g.us`;
  if (!/^[\d-]{5,64}@g\.us$/.test(id)) throw errors.group_unknown();
  return id;
}
const pathOf = (request: InGroup): string => `/groups/${encodeURIComponent(groupOf(request))}`;
