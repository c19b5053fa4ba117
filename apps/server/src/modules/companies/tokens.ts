import { createLocalJWKSet, decodeJwt, errors as jose, jwtVerify, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { Permission, Role, ROLE_PERMISSIONS } from '@centralita/contracts';
import { decodeId } from '@centralita/kernel';
import { HttpError } from '@centralita/platform/http';
import { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { allIssuers, type IssuerRow } from './store-issuers.ts';

/** Issuers change rarely and are asked for with every request: another process hears of a change within this time. */
const ISSUERS_TTL_MS = 10_000;
/** Keys of an issuer are read anew after this time, and when a token names one that is not among them, but not more often than: */
const KEYS_TTL_MS = 10 * 60_000;
const KEYS_AGAIN_MS = 30_000;
const JWKS_TIMEOUT_MS = 5000;
const JWKS_BYTES = 256 * 1024;
/** Clocks of two machines differ. */
const CLOCK_TOLERANCE_S = 30;
const MAX_TOKEN = 8192;

const Jwks = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(100) });

interface Keys {
  readonly find: JWTVerifyGetKey;
  readonly at: number;
}
interface Memory {
  issuers: Map<string, IssuerRow>;
  at: number;
  readonly keys: Map<string, Keys>;
  readonly reading: Map<string, Promise<Keys>>;
}
const memories = new WeakMap<Runtime['db'], Memory>();
function memoryOf(rt: Runtime): Memory {
  let memory = memories.get(rt.db);
  if (!memory) memories.set(rt.db, memory = { issuers: new Map(), at: -Infinity, keys: new Map(), reading: new Map() });
  return memory;
}

/** After a change made by this process. */
export function forgetIssuers(rt: Runtime): void {
  memories.delete(rt.db);
}

/** Whether this is a JSON Web Token: three parts in base64url, the first a JSON object. Our own keys have no dots. */
export function isToken(text: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

/** What a good token says. */
export interface TokenClaims {
  readonly issuer: IssuerRow;
  readonly subject: string;
  /** The companies it names, as the issuer calls them; none: it names none. */
  readonly tenants: readonly string[];
  readonly role: Role | undefined;
  readonly permissions: ReadonlySet<Permission>;
  /** The businesses it is held to, as the company or we call them; none: the whole company. */
  readonly businesses: readonly string[];
}

/**
 * Checks a token of an issuer that is known here: signature with one of its fixed algorithms, audience, time. Throws
 * `companies.wrong_token` (401), `companies.issuer_away` (503) when its keys cannot be read.
 */
export async function verifyToken(rt: Runtime, token: string): Promise<TokenClaims> {
  if (token.length > MAX_TOKEN) throw errors.wrong_token('It is too long.');
  const issuer = await issuerOf(rt, unverifiedIssuer(token));
  if (!issuer || issuer.disabled_at !== null) throw errors.wrong_token('Its issuer is not known here.');
  const claims = await checked(rt, token, issuer);
  if (typeof claims.sub !== 'string' || claims.sub === '') throw errors.wrong_token('It says not whose it is (sub).');
  const role = roleOf(claims['role']) ?? issuer.default_role ?? undefined;
  const listed = listedPermissions(claims);
  return { issuer, subject: claims.sub, tenants: tenantsOf(claims), role, permissions: listed ?? new Set(role ? ROLE_PERMISSIONS[role] : []), businesses: namesIn(claims, ['business_id', 'business_ids']) };
}

/** The company of this issuer that is called so; undefined: the issuer may not speak for it. */
export function companyOfTenant(issuer: IssuerRow, tenant: string): string | undefined {
  return (issuer.tenants.find((t) => t.tenant === tenant) ?? issuer.tenants.find((t) => t.company_id === decodeId('co', tenant)))?.company_id;
}

function unverifiedIssuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    throw errors.wrong_token('It cannot be read.');
  }
}

async function issuerOf(rt: Runtime, name: string): Promise<IssuerRow | undefined> {
  const memory = memoryOf(rt);
  if (rt.clock.now() - memory.at > ISSUERS_TTL_MS) {
    memory.issuers = new Map((await allIssuers(rt.db)).map((i) => [i.issuer, i]));
    memory.at = rt.clock.now();
  }
  return memory.issuers.get(name);
}

async function checked(rt: Runtime, token: string, issuer: IssuerRow): Promise<JWTPayload> {
  const options = {
    issuer: issuer.issuer, audience: issuer.audience, algorithms: issuer.algorithms, clockTolerance: CLOCK_TOLERANCE_S, requiredClaims: ['exp', 'sub'], currentDate: new Date(rt.clock.now()),
  };
  try {
    const keys = await keysOf(rt, issuer, KEYS_TTL_MS);
    try {
      return (await jwtVerify(token, keys.find, options)).payload;
    } catch (error) {
      // The issuer may have a new key.
      if (!(error instanceof jose.JWKSNoMatchingKey)) throw error;
      const newer = await keysOf(rt, issuer, KEYS_AGAIN_MS);
      if (newer === keys) throw error;
      return (await jwtVerify(token, newer.find, options)).payload;
    }
  } catch (error) {
    if (!(error instanceof jose.JOSEError)) throw error;
    throw errors.wrong_token(reason(error));
  }
}

function reason(error: jose.JOSEError): string {
  if (error instanceof jose.JWTExpired) return 'It has expired.';
  if (error instanceof jose.JWTClaimValidationFailed) return `Its claim ${error.claim} is wrong.`;
  if (error instanceof jose.JOSEAlgNotAllowed) return 'It is signed with an algorithm that is not agreed on.';
  return 'Its signature is wrong.';
}

async function keysOf(rt: Runtime, issuer: IssuerRow, maxAge: number): Promise<Keys> {
  const memory = memoryOf(rt);
  const name = `${issuer.id} ${issuer.jwks_url}`;
  const known = memory.keys.get(name);
  if (known && rt.clock.now() - known.at <= maxAge) return known;
  let reading = memory.reading.get(name);
  if (!reading) {
    reading = readKeys(rt, issuer).then((keys) => {
      memory.keys.set(name, keys);
      return keys;
    }).finally(() => memory.reading.delete(name));
    memory.reading.set(name, reading);
  }
  return reading;
}

async function readKeys(rt: Runtime, issuer: IssuerRow): Promise<Keys> {
  try {
    const answer = await rt.http.customer.request({ method: 'GET', url: issuer.jwks_url, headers: { accept: 'application/json' }, timeoutMs: JWKS_TIMEOUT_MS, maxBytes: JWKS_BYTES });
    if (answer.status !== 200) throw new HttpError('broken', `status ${answer.status}`, { sent: true });
    const { keys } = Jwks.parse(JSON.parse(answer.body.toString('utf8')));
    // A shared secret among public keys would let anybody who reads them sign.
    return { find: createLocalJWKSet({ keys: keys.filter((key) => key['kty'] !== 'oct') } as unknown as JSONWebKeySet), at: rt.clock.now() };
  } catch (error) {
    rt.log.warn({ issuer: issuer.issuer, error: (error as Error).message }, 'keys of an issuer cannot be read');
    throw errors.issuer_away(`(${issuer.name})`, { retry_after: 5 });
  }
}

function tenantsOf(claims: JWTPayload): string[] {
  return namesIn(claims, ['tenant_id', 'company_id', 'tenant_ids', 'company_ids']);
}

function namesIn(claims: JWTPayload, members: readonly string[]): string[] {
  return [...new Set(members.flatMap((name) => claims[name]).filter((value): value is string => typeof value === 'string' && value !== ''))];
}

/** `read-only` and `admin` are written elsewhere too. */
export function roleOf(value: unknown): Role | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value.toLowerCase().replaceAll('-', '_');
  return Role.safeParse(name === 'admin' ? 'administrator' : name).data;
}

/** Known permissions of a list or of words; `platform:admin` is nobody's to give away. */
export function knownPermissions(value: unknown): Set<Permission> {
  const names: unknown[] = typeof value === 'string' ? value.split(/\s+/) : Array.isArray(value) ? value : [];
  return new Set(names.map((name) => Permission.safeParse(name).data).filter((name) => name !== undefined && name !== 'platform:admin') as Permission[]);
}

/** Undefined: it lists none, its role says what it may. Scopes of other kinds (`openid profile`) are no list. */
function listedPermissions(claims: JWTPayload): Set<Permission> | undefined {
  if (Array.isArray(claims['permissions'])) return knownPermissions(claims['permissions']);
  const scopes = knownPermissions(claims['scope']);
  return scopes.size > 0 ? scopes : undefined;
}
