import type { FastifyRequest } from 'fastify';
import type { Permission } from '@centralita/contracts';
import type { Runtime } from '../../runtime.ts';
import { authenticate, checkCsrf, COOKIE } from './authenticate.ts';
import type { Caller } from './caller-type.ts';
import { requirePermission } from './permissions.ts';
import { countRequest } from './usage.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Who makes this request: an API key or a token (`X-Api-Key`, `apikey` or `Authorization: Bearer`) or the browser's cookie, in this
 * order; `X-Tenant-ID` names the company where the caller may act for several. A changing
 * request made with the cookie must carry the login's token in `x-csrf-token`. With a permission: only who has it gets further.
 * Throws what `authenticate` throws, `companies.csrf`, `companies.limit_requests` or `companies.forbidden`.
 */
export async function callerOf(rt: Runtime, request: FastifyRequest, permission?: Permission): Promise<Caller> {
  const known = await authenticate(rt, { ...credentialsOf(request), ip: request.ip, tenant: one(request.headers['x-tenant-id']), action: permission });
  const caller: Caller = { ...known, request: { ip: request.ip, id: request.id } };
  if (!SAFE.has(request.method)) checkCsrf(caller, one(request.headers['x-csrf-token']));
  countRequest(rt, caller.company, request);
  if (permission !== undefined) requirePermission(caller, permission);
  return caller;
}

function credentialsOf({ headers }: FastifyRequest): { apiKey?: string; cookie?: string } {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  const apiKey = one(headers['x-api-key']) ?? one(headers['apikey']) ?? bearer;
  return apiKey ? { apiKey } : { cookie: loginToken(headers.cookie) };
}

/** The login's token in a Cookie header; undefined when there is none. */
export function loginToken(header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE && value) return value;
  }
  return undefined;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
