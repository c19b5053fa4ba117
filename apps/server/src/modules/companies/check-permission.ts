import { WHOLE_COMPANY, type Permission } from '@centralita/contracts';
import { decodeId, encodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import type { Caller } from './caller-type.ts';
import { errors } from './errors.ts';
import { askIam, iamService, type Answer, type Question } from './iam.ts';
import { permissionsOf } from './permissions.ts';
import { userByEmail } from './store.ts';
import { keyOf } from './store-keys.ts';
import { userOf, type UserRow } from './store-users.ts';

/** An account as far as permissions go; undefined: the company has no such account. */
export type AccountOfQuestion = { readonly business_id: string | null } | undefined;

/**
 * Whether a person (`usr_…` or their e-mail) or a key (`key_…`) may do something in the caller's company, and what is known about them
 * (4.2 of the source document). Who is held to some businesses may nothing on accounts of others. Where the company has its own IAM,
 * that is asked. Throws `companies.invalid_tenant` for another company, `companies.iam_away`.
 */
export async function checkPermission(rt: Runtime, caller: Caller, { question, account }: { question: Question; account: () => Promise<AccountOfQuestion> }): Promise<Answer> {
  const { company } = caller;
  const iam = await iamService(rt, company.id);
  if (iam) return askIam(rt, iam, question);
  if (question.company_id !== company.slug && decodeId('co', question.company_id) !== company.id) throw errors.invalid_tenant('Ask about your own company.', { error: 'Invalid tenant' });
  const who = await whoIs(rt, company.id, question.user_id);
  const asked = question.account_id === null || question.account_id === undefined ? 'none' : await account();
  const reaches = asked === 'none' || (asked !== undefined && (who.businesses.length === 0 || (asked.business_id !== null && who.businesses.includes(asked.business_id))));
  const whole = who.businesses.length === 0 || !WHOLE_COMPANY.has(question.action as Permission);
  return {
    allowed: reaches && whole && who.permissions.has(question.action as Permission),
    context: { company_id: encodeId('co', company.id), business_ids: who.businesses.map((id) => encodeId('biz', id)), role: who.role, permissions: [...who.permissions] },
  };
}

interface Known {
  readonly role: string | null;
  readonly permissions: ReadonlySet<Permission>;
  readonly businesses: readonly string[];
}
const NOBODY: Known = { role: null, permissions: new Set(), businesses: [] };

async function whoIs(rt: Runtime, companyId: string, id: string): Promise<Known> {
  if (id.startsWith('key_')) {
    const uuid = decodeId('key', id);
    const key = uuid === undefined ? undefined : await keyOf(rt.db, companyId, uuid);
    const ended = !key || key.revoked_at !== null || (key.expires_at !== null && key.expires_at.getTime() <= rt.clock.now());
    return ended ? NOBODY : { role: key.role, permissions: permissionsOf(key.role, key), businesses: key.platform ? [] : key.business_ids };
  }
  const uuid = decodeId('usr', id) ?? (id.includes('@') ? (await userByEmail(rt.db, id))?.id : undefined);
  const user: UserRow | undefined = uuid === undefined ? undefined : await userOf(rt.db, companyId, uuid);
  if (!user || user.disabled_at !== null || !user.has_password) return NOBODY;
  return { role: user.role, permissions: permissionsOf(user.role, user), businesses: user.platform ? [] : user.business_ids };
}
