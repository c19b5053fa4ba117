import type { Permission, Role } from '@centralita/contracts';
import type { Company, User } from './store.ts';

/** Who asks, and for which company. */
export interface Caller {
  readonly company: Company;
  readonly role: Role;
  /** What the caller may do here: ask with `requirePermission`. */
  readonly permissions: ReadonlySet<Permission>;
  /** The businesses the caller is held to; null: none, they work for the whole company. Empty: they reach no account. */
  readonly businesses: ReadonlySet<string> | null;
  /** A person in the browser; undefined for an API key or a token. */
  readonly user?: User;
  /** The API key that was sent, when one was. */
  readonly key?: { readonly id: string; readonly name: string };
  /** The token of another system that was sent, when one was; `name` is what the issuer is called here. */
  readonly token?: { readonly issuer: string; readonly subject: string; readonly name: string };
  /** Compared with the x-csrf-token header of changing requests made with the cookie. */
  readonly csrf?: string;
  /** Of a token, where the company has its own IAM: asks it whether this may be done on this account. Throws `companies.forbidden`, `companies.iam_away`. */
  readonly onAccount?: (accountId: string) => Promise<void>;
  /** Where it came from, for the audit log. */
  readonly request?: { readonly ip: string; readonly id: string };
}
