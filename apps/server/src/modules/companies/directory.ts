import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { listCompanies, usersOf, type Company, type User } from './store.ts';

/** Companies change rarely and are asked for with every message: kept in memory, read anew on a miss and every 10 s. */
const TTL_MS = 10_000;
interface Cache {
  companies: Map<string, Company>;
  users: Map<string, { at: number; list: User[] }>;
  at: number;
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
  let hit = cache.companies.get(id);
  if (!hit || rt.clock.now() - cache.at > TTL_MS) {
    cache.companies = new Map((await listCompanies(rt.db)).map((c) => [c.id, c]));
    cache.at = rt.clock.now();
    hit = cache.companies.get(id);
  }
  if (!hit) throw errors.not_found();
  return hit;
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
  if (!hit || rt.clock.now() - hit.at > TTL_MS) {
    hit = { at: rt.clock.now(), list: await usersOf(rt.db, companyId) };
    cache.users.set(companyId, hit);
  }
  return new Map(hit.list.map((u) => [u.id, u.name]));
}

/** Forgets what is cached, after a change made by this process; the others hear of it within the time above. */
export function forgetCompanies(rt: Pick<Runtime, 'db'>): void {
  caches.delete(rt.db);
}
