import { setTimeout as pause } from 'node:timers/promises';
import { encodeQR } from 'qr';
import { encodeId, isAppError } from '@centralita/kernel';
import { addConfigured, readProviderConfig, routeById, type Route } from '../../modules/accounts/index.ts';
import { codesOf, startSession, viewSession, type SessionRow } from '../../modules/web-sessions/index.ts';
import type { Runtime } from '../../runtime.ts';
import { providers } from '../providers.ts';
import { StartError } from '../start-error.ts';
import { addCarrier, answers, type CarrierOptions } from './carrier.ts';
import { print } from './connect-line.ts';
import { chooseCompany, withRuntime } from './open.ts';

export type WebType = 'baileys' | 'wwebjs' | 'venom';
const LINKING_MS = 180_000;
/** A busy machine takes its time to start a host. */
const STARTING_MS = 45_000;
const LOOK_EVERY_MS = 1_000;

/**
 * `centralita account add baileys|wwebjs|venom`: makes the account, has the running server start its session, shows the code and waits until
 * a phone has scanned it. With `--set bridge_url=…` the session is at a bridge of somebody else's, connected like any carrier.
 */
export async function addWebSession(type: WebType, options: CarrierOptions): Promise<void> {
  const given = await answers(type, providers[type]!.fields, options.set ?? []);
  if (given['bridge_url']) return addCarrier(type, options);
  await withRuntime(async (rt) => {
    const company = await chooseCompany(rt, options.company);
    const config = readProviderConfig(rt, { type, ...given });
    const [added] = await addConfigured(rt, { companyId: company.id, name: options.name ?? config.routes[0].credentials['session_name'] ?? type, config, base: options.webhook ?? company.slug });
    print(`Account   ${encodeId('acc', added!.accountId)}  ${added!.renewed ? 'was there already' : 'is made'}, company “${company.name}”`);
    const route = await routeById(rt, added!.routeId);
    const linked = await link(rt, route!, options.phone?.replaceAll(/\D/g, ''));
    print(`Number    +${linked.phone ?? '?'}${linked.push_name ? `  ${linked.push_name}` : ''}`);
    print('The phone is linked: messages to it arrive from now on.');
  });
}

async function link(rt: Runtime, route: Route, phone: string | undefined): Promise<SessionRow> {
  let session = await started(rt, route, phone);
  let shown = '';
  for (const until = rt.clock.now() + LINKING_MS; session.state !== 'active'; await pause(LOOK_EVERY_MS)) {
    session = (await viewSession(rt, route))!.session;
    const { qr, code } = codesOf(session);
    if (code !== null && code !== shown) print(`Type this code on the phone: WhatsApp, Linked devices, Link a device, Link with phone number: ${shown = code}`);
    else if (phone === undefined && qr !== null && qr !== shown) {
      print(encodeQR(shown = qr, process.stdout.isTTY ? 'term' : 'ascii'));
      print('Scan it with the phone: WhatsApp, Linked devices, Link a device.');
    }
    if (!session.wanted && session.state !== 'active') throw new StartError(`The session ended: ${session.reason_text ?? session.state}\nThe account stays; run this again with --set session_name=${session.name} for a fresh code.`);
    if (rt.clock.now() > until) throw new StartError(`No phone was linked within ${LINKING_MS / 60_000} minutes. The account stays; run this again with --set session_name=${session.name} for a fresh code.`);
  }
  return session;
}

/** A host has to be started first, by the running server. */
async function started(rt: Runtime, route: Route, phone: string | undefined): Promise<SessionRow> {
  for (const until = rt.clock.now() + STARTING_MS; ;) {
    try {
      return await startSession(rt, route, { phone });
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (error.code === 'web-sessions.no_host' && rt.clock.now() < until) continue;
      throw new StartError(`${error.message}\nThe account stays. Is the server running (npm start)? It runs the session; run this again with --set session_name=${route.sender_id}.`);
    }
  }
}
