import { setTimeout as pause } from 'node:timers/promises';
import { encodeQR } from 'qr';
import { environment } from '@centralita/platform/environment';
import { readRouteConfig } from '../../modules/accounts/index.ts';
import type { CarrierContext, CredentialField, ProbeResult, Provider } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { providers } from '../providers.ts';
import { StartError } from '../start-error.ts';
import { answerTo } from './ask.ts';
import { checkWebhook, connectLine, print, reason, type Line, type LineOptions } from './connect-line.ts';
import { chooseCompany, withRuntime } from './open.ts';

export interface CarrierOptions extends LineOptions {
  /** `field=value` of the carrier's credentials, as often as needed. */
  readonly set?: readonly string[];
  /** Evolution: asks for a code to type on this phone instead of a picture to scan. */
  readonly phone?: string;
}
export type CarrierType = 'official' | 'twilio' | 'evolution' | 'baileys' | 'wwebjs' | 'venom';

const BRIDGE = 'Enter this address in your bridge, which posts {from, message, session_name} there and shows the secret (Authorization: Bearer …).';
const BY_HAND: Readonly<Record<CarrierType, string>> = {
  official: 'Run this again with PUBLIC_URL set: 360dialog is told the address and a secret by it.',
  twilio: 'Enter this address in the Twilio Console (Messaging, Senders, WhatsApp senders, the number): “Webhook URL for incoming messages”, POST. Statuses need nothing.',
  evolution: 'Run this again with PUBLIC_URL set: Evolution is told the address and a secret by it.',
  baileys: BRIDGE, wwebjs: BRIDGE, venom: BRIDGE,
};
const PAIRING_MS = 180_000;
const LOOK_EVERY_MS = 2_000;

/**
 * `centralita account add official|twilio|evolution`: takes each field from --set, from the environment (TWILIO_AUTH_TOKEN) or asks,
 * tries them, pairs the phone where there is one, stores the account and tells the carrier where to call.
 */
export async function addCarrier(type: CarrierType, options: CarrierOptions): Promise<void> {
  checkWebhook(options);
  const { fields } = providers[type]!;
  const given = await answers(type, fields, options.set ?? []);
  await withRuntime(async (rt) => {
    const company = await chooseCompany(rt, options.company);
    const line: Line = {
      company, config: readRouteConfig(rt, { type, ...given }), options, byHand: BY_HAND[type],
      refused: ['The carrier does not take these credentials', 'Look at them again (docs/connect-a-real-number.md).'],
    };
    await connectLine(rt, type === 'evolution' ? { ...line, pair: (probe, context) => pair(rt, { probe, context, phone: options.phone }) } : line);
  });
}

/** The fields of a carrier, from --set, the environment or a question. Throws StartError for one that is not there. */
export async function answers(type: string, fields: readonly CredentialField[], set: readonly string[]): Promise<Record<string, string>> {
  const env = environment();
  const flags = new Map(set.map((one) => {
    const [name = '', ...value] = one.split('=');
    if (!fields.some((f) => f.name === name)) throw new StartError(`--set ${name}: there is no such field. There are: ${fields.map((f) => f.name).join(', ')}.`);
    return [name, value.join('=')] as const;
  }));
  const found: Record<string, string> = {};
  for (const { name, required, secret, help } of fields) {
    const variable = `${type}_${name}`.toUpperCase();
    const known = flags.get(name) ?? env[variable];
    if (known !== undefined && known !== '') found[name] = known;
    else if (required) found[name] = await answerTo({ text: `${name}. ${help}\n  ${name}`, flag: `--set ${name}=…`, variable, secret }, undefined);
  }
  return found;
}

/** Shows the picture, or the code, and waits until the phone is there. */
async function pair(rt: Runtime, { probe, context, phone }: { probe: Extract<ProbeResult, { ok: false }>; context: CarrierContext; phone: string | undefined }): Promise<ProbeResult> {
  const provider = rt.providers['evolution'] as Provider;
  // There is no such instance yet, or no phone with it.
  if (!provider.pairing || (probe.error.code !== 'pairing' && probe.error.code !== '404')) return probe;
  const shown = await provider.pairing.pair(context, phone?.replaceAll(/\D/g, ''));
  if (!('state' in shown)) return { ok: false, error: shown };
  if (shown.state === 'waiting') {
    if (shown.qr) print(encodeQR(shown.qr, process.stdout.isTTY ? 'term' : 'ascii'));
    print(`Scan it with the phone: WhatsApp, Linked devices, Link a device.${shown.code ? ` Or type this code there: ${shown.code}` : ''}`);
  }
  const until = rt.clock.now() + PAIRING_MS;
  for (;;) {
    const again = await provider.setup!.probe(context);
    if (again.ok || again.error.code !== 'pairing') return again;
    if (rt.clock.now() > until) throw new StartError(`No phone was paired within ${PAIRING_MS / 60_000} minutes: ${reason(again.error)}\nThe instance stays; run this again for a fresh picture.`);
    await pause(LOOK_EVERY_MS);
  }
}
