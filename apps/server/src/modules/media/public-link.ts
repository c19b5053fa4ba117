import type { CompanyRef } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';

/** Carriers fetch a file when its message leaves their queue, four hours at most (Twilio); then the address is worth nothing. */
const LIFETIME_MS = 5 * 3_600_000;

/** An address under which anybody may fetch one file of a company for some hours: for carriers that fetch what they send. */
export function publicLink(rt: Runtime, company: CompanyRef, mediaId: string): string {
  const token = rt.sealer.seal(JSON.stringify([company.id, mediaId, rt.clock.now() + LIFETIME_MS]));
  return `${rt.config.publicUrl}/files/${token}`;
}

/** Which file such an address is of; undefined when it is none of ours, or its time is over. */
export function openLink(rt: Runtime, token: string): { readonly companyId: string; readonly id: string } | undefined {
  let opened: unknown;
  try {
    opened = JSON.parse(rt.sealer.open(token));
  } catch {
    return undefined;
  }
  const [companyId, id, until] = Array.isArray(opened) ? opened as unknown[] : [];
  return typeof companyId === 'string' && typeof id === 'string' && typeof until === 'number' && until > rt.clock.now() ? { companyId, id } : undefined;
}
