import type { FastifyRequest } from 'fastify';
import type { Me } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { COOKIE, LOGIN_HOURS } from './authenticate.ts';
import type { Caller } from './caller-type.ts';
import { errors } from './errors.ts';
import { isOwnOrigin } from './origin.ts';

/** The cookie of a login; without a token the one that ends it. Lax: a link from elsewhere opens the inbox signed in; other sites' requests come without it. */
export function loginCookie(rt: Pick<Runtime, 'config'>, token: string | undefined): string {
  const attributes = `Path=/; HttpOnly; SameSite=Lax${rt.config.publicUrl.startsWith('https:') ? '; Secure' : ''}`;
  return token === undefined ? `${COOKIE}=; Max-Age=0; ${attributes}` : `${COOKIE}=${token}; Max-Age=${LOGIN_HOURS * 3600}; ${attributes}`;
}

/** Signing somebody in as another from a foreign page is refused. Throws `companies.foreign_page`. */
export function requireOwnPage(rt: Pick<Runtime, 'config'>, request: FastifyRequest): void {
  if (!isOwnOrigin(rt.config.publicUrl, { origin: request.headers.origin, host: request.host })) throw errors.foreign_page();
}

/** What a page is told about who looks at it. Throws `companies.no_person` for a key. */
export function me({ company, user, csrf, permissions }: Caller): Me {
  if (!user || csrf === undefined) throw errors.no_person();
  return {
    user: { id: encodeId('usr', user.id), name: user.name, email: user.email, role: user.role },
    company: { id: encodeId('co', company.id), name: company.name, timezone: company.timezone },
    permissions: [...permissions],
    csrf,
  };
}
