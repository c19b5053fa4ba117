import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  AuditQuery, ChangePlatformCompanyBody, CreateCompanyBody, IamServiceBody, IamTestBody, TokenIssuerBody,
  type AuditPage, type CreatedCompany, type IamService, type IamTest, type PlatformCompany, type PlatformCompanyPage, type TokenIssuer, type TokenIssuerPage,
} from '@centralita/contracts';
import { decodeId, encodeId } from '@centralita/kernel';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { callerOf } from './caller.ts';
import { errors } from './errors.ts';
import { auditPage } from './http-company.ts';
import { linkView } from './http-users.ts';
import { listIssuers, removeIam, removeIssuer, saveIam, saveIssuer, testIam, viewIam } from './issuers.ts';
import { addCompany, changePlatformCompany, platformCompanies } from './platform.ts';

/** Over all companies, for those who run the installation; and a company's own IAM, for its administrators. */
export function platformRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/platform/companies', async (request): Promise<z.output<typeof PlatformCompanyPage>> => {
    await callerOf(rt, request, 'platform:admin');
    return { companies: await platformCompanies(rt) };
  });
  app.post('/api/platform/companies', async (request, reply): Promise<z.output<typeof CreatedCompany>> => {
    const caller = await callerOf(rt, request, 'platform:admin');
    const { company, link } = await addCompany(rt, caller, CreateCompanyBody.parse(request.body));
    void reply.code(201).header('cache-control', 'no-store');
    return { company: await one(rt, company.id), link: link && linkView(rt, link) };
  });
  app.patch('/api/platform/companies/:id', async (request): Promise<PlatformCompany> => {
    const caller = await callerOf(rt, request, 'platform:admin');
    const id = decodeId('co', idOf(request));
    if (id === undefined) throw errors.not_found();
    await changePlatformCompany(rt, caller, { id, body: ChangePlatformCompanyBody.parse(request.body) });
    return one(rt, id);
  });
  app.get('/api/platform/audit', async (request): Promise<AuditPage> => {
    await callerOf(rt, request, 'platform:admin');
    return auditPage(rt, null, AuditQuery.parse(request.query));
  });

  app.get('/api/platform/issuers', async (request): Promise<z.output<typeof TokenIssuerPage>> => {
    await callerOf(rt, request, 'platform:admin');
    return { issuers: await listIssuers(rt) };
  });
  app.post('/api/platform/issuers', async (request, reply): Promise<TokenIssuer> => {
    const caller = await callerOf(rt, request, 'platform:admin');
    const made = await saveIssuer(rt, caller, { body: TokenIssuerBody.parse(request.body) });
    void reply.code(201);
    return made;
  });
  app.put('/api/platform/issuers/:id', async (request): Promise<TokenIssuer> => {
    const caller = await callerOf(rt, request, 'platform:admin');
    return saveIssuer(rt, caller, { id: issuerId(request), body: TokenIssuerBody.parse(request.body) });
  });
  app.delete('/api/platform/issuers/:id', async (request, reply) => {
    const caller = await callerOf(rt, request, 'platform:admin');
    await removeIssuer(rt, caller, issuerId(request));
    return reply.code(204).send();
  });

  app.get('/api/company/iam', async (request): Promise<{ iam: IamService | null }> => ({ iam: await viewIam(rt, (await callerOf(rt, request, 'company:manage')).company.id) }));
  app.put('/api/company/iam', async (request): Promise<{ iam: IamService | null }> => {
    const caller = await callerOf(rt, request, 'company:manage');
    return { iam: await saveIam(rt, caller, IamServiceBody.parse(request.body)) };
  });
  app.post('/api/company/iam/test', async (request): Promise<IamTest> => {
    const caller = await callerOf(rt, request, 'company:manage');
    return testIam(rt, caller.company.id, IamTestBody.parse(request.body));
  });
  app.delete('/api/company/iam', async (request, reply) => {
    await removeIam(rt, await callerOf(rt, request, 'company:manage'));
    return reply.code(204).send();
  });
}

async function one(rt: Runtime, id: string): Promise<PlatformCompany> {
  const found = (await platformCompanies(rt)).find((c) => c.id === encodeId('co', id));
  if (!found) throw errors.not_found();
  return found;
}

const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;
function issuerId(request: FastifyRequest): string {
  const id = decodeId('iss', idOf(request));
  if (id === undefined) throw errors.issuer_not_found();
  return id;
}
