import { createHmac } from 'node:crypto';
import { encodeId } from '@centralita/kernel';
import { loadEncryptionKey } from '@centralita/platform/encryption-key';
import type { HttpResponse } from '@centralita/platform/http';
import type { CarrierError } from '../../messaging/index.ts';
import type { WebHost } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import type { Route } from '../accounts/index.ts';
import { errors } from './errors.ts';
import { ensureSession } from './ensure-session.ts';
import { isUnlinkedHere, type SessionRow } from './store.ts';

const secrets = new WeakMap<Runtime['config'], string>();
/** What hosts and servers of this installation show each other: configured, or the same for all who have its encryption key. */
export function bridgeSecret({ config }: Runtime): string {
  let secret = config.bridgeSecret ?? secrets.get(config);
  if (secret === undefined) {
    secret = createHmac('sha256', loadEncryptionKey(config).bytes).update('centralita hosts of web sessions\n').digest('base64url');
    secrets.set(config, secret);
  }
  return secret;
}

/** The host that has a route's session active, or why none has. */
export async function webHostOf(rt: Runtime, route: Route): Promise<WebHost | CarrierError> {
  const session = await ensureSession(rt, route);
  if (!session) return { class: 'config', code: 'session', title: 'This number is no web session of this server.' };
  if (session.state === 'active' && session.host) return hostOf(rt, session, session.host.url);
  return inactive(session);
}

function hostOf(rt: Runtime, session: SessionRow, url: string): WebHost {
  return { url: url.replace(/\/+$/, ''), secret: bridgeSecret(rt), session: encodeId('sess', session.id), ...(session.phone && { phone: session.phone }), ...(session.push_name && { name: session.push_name }) };
}

/** `config`: somebody has to do something; `retry`: it comes back by itself. */
function inactive(session: SessionRow): CarrierError {
  const detail = [session.reason_code, session.reason_text].filter(Boolean).join(': ');
  const error = (errorClass: 'config' | 'retry', title: string): CarrierError => ({ class: errorClass, code: `session_${session.state}`, title, ...(detail && { detail }) });
  switch (session.state) {
    case 'created': return error('config', session.wanted ? 'The session is being started.' : 'The session was never started: start it and link the phone.');
    case 'waiting_qr': return error('config', 'No phone is linked with the session: scan its picture with the phone (Linked devices).');
    case 'closed': return error('config', 'The session is closed: start it again.');
    case 'logged_out': return isUnlinkedHere(session) ? { ...error('config', 'The phone was unlinked here: link one again.'), code: 'session_unlinked' } : error('config', 'The phone is not linked any more: link it again.');
    case 'banned': return error('config', 'WhatsApp has blocked this number.');
    case 'conflict': return error('config', 'Another program uses this login: end it, then restart the session.');
    case 'error': return error('config', 'The session failed; its log says why.');
    case 'initialising': case 'connecting': case 'reconnecting': return error('retry', 'The session is connecting.');
    case 'active': return { class: 'retry', code: 'session_no_host', title: 'The session changes hosts.' };
  }
}

export interface HostCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the host's address, beginning with a slash. */
  readonly path: string;
  readonly json?: unknown;
}

/** One call to the host that has the session, whatever its state. Throws `web-sessions.no_host`, `host_refused`. */
export async function callHost(rt: Runtime, session: SessionRow, { method, path, json }: HostCall): Promise<HttpResponse> {
  if (!session.host) throw errors.no_host();
  const response = await rt.http.carrier.request({
    method, url: session.host.url.replace(/\/+$/, '') + path, timeoutMs: rt.config.carrierTimeoutSeconds * 1000,
    headers: { authorization: `Bearer ${bridgeSecret(rt)}`, accept: 'application/json', ...(json !== undefined && { 'content-type': 'application/json' }) },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  }).catch((error: Error) => {
    throw errors.no_host(error.message);
  });
  if (response.status < 300) return response;
  const problem = jsonOf(response) as { code?: string; title?: string; detail?: string } | undefined;
  if (problem?.code === 'bridge.not_connected') throw errors.not_active(problem.detail);
  // It went to another host in this moment.
  if (problem?.code === 'bridge.not_here') throw errors.no_host(problem.detail);
  throw errors.host_refused([problem?.title ?? `HTTP ${response.status}`, problem?.detail].filter(Boolean).join(' '));
}

export function jsonOf(response: HttpResponse): unknown {
  try {
    return JSON.parse(response.body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
