import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LabelBody, LabelPatch, type Conversation, type Label, type LabelPage } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { audit, callerOf } from '../companies/index.ts';
import { changeLabel, createLabel, listLabels, removeLabel, showLabel } from '../contacts/index.ts';
import { labelConversation, requireConversation } from '../conversations/index.ts';
import { conversationId, shown } from './shown.ts';

type ById = FastifyRequest<{ Params: { id: string; label: string } }>;

export function labelRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/labels', async (request): Promise<LabelPage> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    return { labels: await rt.db.withCompany(caller.company, listLabels) };
  });
  app.post('/api/labels', async (request, reply): Promise<Label> => {
    const caller = await callerOf(rt, request, 'whatsapp:assign_conversations');
    const body = LabelBody.parse(request.body);
    const label = await rt.db.withCompany(caller.company, async (tx) => {
      const row = await createLabel(rt, tx, body);
      await audit(tx, caller, { action: 'label.created', target: { kind: 'label', id: encodeId('lbl', row.id), name: row.name } });
      return row;
    });
    void reply.code(201);
    return showLabel(label);
  });
  app.patch('/api/labels/:id', async (request: ById): Promise<Label> => {
    const caller = await callerOf(rt, request, 'whatsapp:assign_conversations');
    const wish = LabelPatch.parse(request.body);
    return showLabel(await rt.db.withCompany(caller.company, async (tx) => {
      const row = await changeLabel(rt, tx, { id: request.params.id, wish });
      await audit(tx, caller, { action: 'label.changed', target: { kind: 'label', id: encodeId('lbl', row.id), name: row.name }, after: wish });
      return row;
    }));
  });
  app.delete('/api/labels/:id', async (request: ById, reply) => {
    const caller = await callerOf(rt, request, 'whatsapp:assign_conversations');
    await rt.db.withCompany(caller.company, async (tx) => {
      const row = await removeLabel(rt, tx, request.params.id);
      await audit(tx, caller, { action: 'label.removed', target: { kind: 'label', id: encodeId('lbl', row.id), name: row.name } });
    });
    return reply.code(204).send();
  });

  for (const [method, on] of [['put', true], ['delete', false]] as const) {
    app[method]('/api/conversations/:id/labels/:label', async (request: ById): Promise<Conversation> => {
      const caller = await callerOf(rt, request, 'whatsapp:handle_conversations');
      const id = conversationId(request);
      await requireConversation(rt, caller, id);
      await rt.db.withCompany(caller.company, (tx) => labelConversation(rt, tx, { id, label: request.params.label, on }));
      return shown(rt, caller, id);
    });
  }
}
