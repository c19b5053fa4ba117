import type { FastifyRequest } from 'fastify';
import type { Permission } from '@centralita/contracts';
import type { Runtime } from '../../runtime.ts';
import { authenticate, checkCsrf, COOKIE, type Caller } from './authenticate.ts';
import { requirePermission } from './permissions.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Who makes this request: an API key (`X-Api-Key` or `Authorization: Bearer`) or the browser's cookie, in this order. A changing
 * request made with the cookie must carry the login's token in `x-csrf-token`. With a permission: only who has it gets further.
 * Throws what `authenticate` throws, `companies.csrf` or `companies.forbidden`.
 */
export async function callerOf(rt: Runtime, request: FastifyRequest, permission?: Permission): Promise<Caller> {
  const caller = await authenticate(rt, { ...credentialsOf(request), ip: request.ip });
  if (!SAFE.has(request.method)) checkCsrf(caller, one(request.headers['x-csrf-token']));
  if (permission !== undefined) requirePermission(caller, permission);
  return caller;
}

function credentialsOf({ headers }: FastifyRequest): { apiKey?: string; cookie?: string } {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  const apiKey = one(headers['x-api-key']) ?? bearer;
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
