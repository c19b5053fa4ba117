import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import type { SandboxAccess } from './host-driver.ts';

const sandboxes = new WeakMap<Runtime['config'], string>();
/** Where the sandbox of this server answers, once it runs. */
export function setSandbox(rt: Runtime, url: string): void {
  sandboxes.set(rt.config, url);
}

/** How hosts reach WhatsApp Web as the sandbox speaks it. Throws `web-sessions.no_sandbox`. */
export async function sandboxAccess(rt: Runtime): Promise<SandboxAccess> {
  const { config } = rt;
  const url = sandboxes.get(config) ?? (config.sandbox && config.sandboxPort !== 0 ? `http://127.0.0.1:${config.sandboxPort}` : undefined);
  if (url === undefined) throw errors.no_sandbox();
  const answer = await rt.http.carrier.request({ method: 'GET', url: `${url}/sandbox/whatsapp-web`, timeoutMs: 3000 }).catch((error: Error) => {
    throw errors.no_sandbox(error.message);
  });
  if (answer.status !== 200) throw errors.no_sandbox(`It answered ${answer.status}.`);
  return JSON.parse(answer.body.toString('utf8')) as SandboxAccess;
}
