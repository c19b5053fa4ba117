import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AuditQuery, ChangeBusinessBody, ChangeCompanyBody, CreateBusinessBody, type AuditEntry, type AuditPage, type Business, type BusinessPage, type CompanyView } from '@centralita/contracts';
import { decodeId, encodeId } from '@centralita/kernel';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { changeBusiness, createBusiness, removeBusiness } from './businesses.ts';
import { callerOf } from './caller.ts';
import { changeCompany, viewCompany } from './company-settings.ts';
import { errors } from './errors.ts';
import { auditOf, type AuditRow } from './store-audit.ts';
import { businessesOf, type BusinessRow } from './store-businesses.ts';

/** The company itself: settings, businesses, audit log. */
export function companySettingsRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/company', async (request): Promise<CompanyView> => viewCompany(rt, (await callerOf(rt, request, 'whatsapp:read')).company));
  app.patch('/api/company', async (request): Promise<CompanyView> => {
    const caller = await callerOf(rt, request, 'company:manage');
    return viewCompany(rt, await changeCompany(rt, caller, ChangeCompanyBody.parse(request.body)));
  });

  app.get('/api/businesses', async (request): Promise<z.output<typeof BusinessPage>> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    return { businesses: (await businessesOf(rt.db, caller.company.id)).filter((b) => caller.businesses?.has(b.id) ?? true).map(view) };
  });
  app.post('/api/businesses', async (request, reply): Promise<Business> => {
    const caller = await callerOf(rt, request, 'company:manage');
    const made = await createBusiness(rt, caller, CreateBusinessBody.parse(request.body));
    void reply.code(201);
    return view(made);
  });
  app.patch('/api/businesses/:id', async (request): Promise<Business> => {
    const caller = await callerOf(rt, request, 'company:manage');
    return view(await changeBusiness(rt, caller, { id: businessId(request), body: ChangeBusinessBody.parse(request.body) }));
  });
  app.delete('/api/businesses/:id', async (request, reply) => {
    const caller = await callerOf(rt, request, 'company:manage');
    await removeBusiness(rt, caller, businessId(request));
    return reply.code(204).send();
  });

  app.get('/api/audit', async (request): Promise<AuditPage> => {
    const caller = await callerOf(rt, request, 'company:read_audit');
    return auditPage(rt, caller.company.id, AuditQuery.parse(request.query));
  });
}

/** A page of the audit log; `companyId` null: of the installation's own. One row more than asked for tells whether there is a next one. */
export async function auditPage(rt: Runtime, companyId: string | null, { cursor, limit, ...wanted }: z.output<typeof AuditQuery>): Promise<AuditPage> {
  const before = cursor === undefined ? null : decodeId('aud', cursor);
  if (before === undefined) throw errors.bad_cursor();
  const rows = await auditOf(rt.db, companyId, { ...wanted, before, limit: limit + 1 });
  const entries = rows.slice(0, limit).map(entry);
  return { entries, next_cursor: rows.length > limit ? entries.at(-1)!.id : null };
}

function entry(r: AuditRow): AuditEntry {
  return {
    id: encodeId('aud', r.id), at: r.at.toISOString(), actor: { kind: r.actor_kind, id: r.actor_id, name: r.actor_name }, ip: r.ip, request_id: r.request_id,
    action: r.action, target: { kind: r.target_kind, id: r.target_id, name: r.target_name }, before: r.before, after: r.after,
  };
}

const view = (b: BusinessRow): Business => ({ id: encodeId('biz', b.id), name: b.name, external_id: b.external_id, created_at: b.created_at.toISOString() });

function businessId(request: FastifyRequest): string {
  const id = decodeId('biz', (request.params as { id: string }).id);
  if (id === undefined) throw errors.business_not_found();
  return id;
}
