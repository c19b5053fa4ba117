import { ROLE_PERMISSIONS, WHOLE_COMPANY, type Permission, type Role } from '@centralita/contracts';
import { errors } from './errors.ts';

/** Whoever may something: a Caller. */
interface Bearer {
  readonly permissions: ReadonlySet<Permission>;
  readonly businesses?: ReadonlySet<string> | null;
}

/** What a person of this role may; `platform`: over all companies too. */
export function permissionsOf(role: Role, { platform = false, scopes = null }: { readonly platform?: boolean; readonly scopes?: readonly string[] | null } = {}): ReadonlySet<Permission> {
  const all: Permission[] = [...ROLE_PERMISSIONS[role], ...(platform ? ['platform:admin' as const] : [])];
  return new Set(scopes === null ? all : all.filter((permission) => scopes.includes(permission)));
}

/** Throws `companies.forbidden` (403), which names the permission, when the caller has it not; `companies.whole_company` (403) for who is held to some businesses. */
export function requirePermission(caller: Bearer, permission: Permission): void {
  if (!caller.permissions.has(permission)) throw errors.forbidden(`It needs the permission ${permission}.`, { permission });
  if (caller.businesses && WHOLE_COMPANY.has(permission)) throw errors.whole_company(undefined, { permission });
}

/** Nobody gives others, or does as others, more than they may themselves. Throws `companies.forbidden`. */
export function requireCovered(caller: Bearer, wanted: ReadonlySet<Permission>): void {
  for (const permission of wanted) requirePermission(caller, permission);
}

export function may(caller: Bearer, permission: Permission): boolean {
  return caller.permissions.has(permission) && !(caller.businesses && WHOLE_COMPANY.has(permission));
}

/** For what only a company's administrator does, whatever it is; a key held to less is none. Better: `requirePermission`. */
export function requireAdministrator(caller: Bearer): void {
  for (const permission of ROLE_PERMISSIONS.administrator) requirePermission(caller, permission);
}
