import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { listCompanies, usersOf, type Company, type User } from './store.ts';

/** Companies change rarely and are asked for with every message: kept in memory, read anew on a miss and every 10 s. */
const TTL_MS = 10_000;
/**
 * While somebody asks, they are read anew before they are too old, and nobody waits for it: whoever asks in the middle of a transaction
 * holds a connection, and when all do, none is left to read them with.
 */
const REFRESH_MS = 5000;
interface Cache {
  companies: Map<string, Company>;
  users: Map<string, { at: number; list: User[]; reading?: Promise<User[]> | undefined }>;
  at: number;
  reading?: Promise<void> | undefined;
}
const caches = new WeakMap<Runtime['db'], Cache>();

function cacheOf(rt: Runtime): Cache {
  let cache = caches.get(rt.db);
  if (!cache) {
    cache = { companies: new Map(), users: new Map(), at: -Infinity };
    caches.set(rt.db, cache);
  }
  return cache;
}

/** The company with this id; throws `companies.not_found`. */
export async function company(rt: Runtime, id: string): Promise<Company> {
  const cache = cacheOf(rt);
  const age = rt.clock.now() - cache.at;
  if (!cache.companies.has(id)) await readCompanies(rt, cache, true);
  else if (age > TTL_MS) await readCompanies(rt, cache, false);
  else if (age > REFRESH_MS) readCompanies(rt, cache, false).catch(() => undefined);
  const hit = cache.companies.get(id);
  if (!hit) throw errors.not_found();
  return hit;
}

/** One reading at a time; `anew`: not one that began before whoever asks was made. */
async function readCompanies(rt: Runtime, cache: Cache, anew: boolean): Promise<void> {
  if (anew) await cache.reading?.catch(() => undefined);
  cache.reading ??= listCompanies(rt.db).then((list) => {
    cache.companies = new Map(list.map((c) => [c.id, c]));
    cache.at = rt.clock.now();
  }).finally(() => {
    cache.reading = undefined;
  });
  return cache.reading;
}

/** The company with this short name. */
export async function companyBySlug(rt: Runtime, slug: string): Promise<Company | undefined> {
  const find = (): Company | undefined => [...cacheOf(rt).companies.values()].find((c) => c.slug === slug);
  return find() ?? (await listCompanies(rt.db)).find((c) => c.slug === slug);
}

/** Names of a company's users by id, for showing who said what. */
export async function userNames(rt: Runtime, companyId: string): Promise<ReadonlyMap<string, string>> {
  const cache = cacheOf(rt);
  let hit = cache.users.get(companyId);
  const age = hit ? rt.clock.now() - hit.at : Infinity;
  const read = (): Promise<User[]> => usersOf(rt.db, companyId).then((list) => {
    cache.users.set(companyId, { at: rt.clock.now(), list });
    return list;
  });
  if (!hit || age > TTL_MS) hit = { at: rt.clock.now(), list: await read() };
  else if (age > REFRESH_MS && !hit.reading) hit.reading = read().catch(() => []);
  return new Map(hit.list.map((u) => [u.id, u.name]));
}

/** Forgets what is cached, after a change made by this process; the others hear of it within the time above. */
export function forgetCompanies(rt: Pick<Runtime, 'db'>): void {
  caches.delete(rt.db);
}
