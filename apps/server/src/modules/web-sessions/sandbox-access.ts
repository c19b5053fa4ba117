import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import type { SandboxAccess } from './host-driver.ts';

/** The sandbox loads its WhatsApp Web when it is first asked for it. */
const FIRST_MS = 20_000;
const sandboxes = new WeakMap<Runtime['config'], string>();
/** Where the sandbox of this server answers, once it runs. */
export function setSandbox(rt: Runtime, url: string): void {
  sandboxes.set(rt.config, url);
}

const sandboxOf = ({ config }: Runtime): string | undefined => sandboxes.get(config) ?? (config.sandbox && config.sandboxPort !== 0 ? `http://127.0.0.1:${config.sandboxPort}` : undefined);

/** Holds a code up to the sandbox's phones: their page offers to scan it. */
export async function offerCode(rt: Runtime, code: { readonly qr: string; readonly name: string }): Promise<void> {
  const url = sandboxOf(rt);
  if (url === undefined) return;
  await rt.http.carrier.request({ method: 'POST', url: `${url}/sandbox/whatsapp-web/codes`, timeoutMs: 3000, headers: { 'content-type': 'application/json' }, body: JSON.stringify(code) });
}

/** How hosts reach WhatsApp Web as the sandbox speaks it. Throws `web-sessions.no_sandbox`. */
export async function sandboxAccess(rt: Runtime): Promise<SandboxAccess> {
  const url = sandboxOf(rt);
  if (url === undefined) throw errors.no_sandbox();
  const answer = await rt.http.carrier.request({ method: 'GET', url: `${url}/sandbox/whatsapp-web`, timeoutMs: FIRST_MS }).catch((error: Error) => {
    throw errors.no_sandbox(error.message);
  });
  if (answer.status !== 200) throw errors.no_sandbox(`It answered ${answer.status}.`);
  return JSON.parse(answer.body.toString('utf8')) as SandboxAccess;
}
