import { encodeId } from '@centralita/kernel';
import { addAccount, routeById, suggestWebhook, type AddedAccount, type RouteConfig } from '../../modules/accounts/index.ts';
import type { Company } from '../../modules/companies/index.ts';
import { askCarrier, routeChanged } from '../../modules/delivery/index.ts';
import { replayUnroutedOfApp } from '../../modules/intake/index.ts';
import type { CarrierContext, ProbeResult, Provider } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { StartError } from '../start-error.ts';

export interface LineOptions {
  readonly company?: string;
  readonly name?: string;
  /** End of the webhook's address. */
  readonly webhook?: string;
  /** False with --no-subscribe. */
  readonly subscribe: boolean;
}
export interface Line {
  readonly company: Company;
  readonly config: RouteConfig;
  readonly options: LineOptions;
  /** Before what the carrier says is wrong, and after it. */
  readonly refused: readonly [before: string, after: string];
  /** What to do at the carrier where it was not told of the webhook. */
  readonly byHand: string;
  /** After what the carrier said when it did not take the webhook. */
  readonly notTaken?: string;
  /** A number whose phone must be paired first. */
  pair?(probe: Extract<ProbeResult, { ok: false }>, context: CarrierContext): Promise<ProbeResult>;
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
export function checkWebhook({ webhook }: LineOptions): void {
  if (webhook !== undefined && !SLUG.test(webhook)) throw new StartError('--webhook: small letters, digits and hyphens only, such as: main');
}

/** Tries credentials, stores them as an account, tells the carrier where to call, and shows the webhook. Throws StartError; nothing is stored then. */
export async function connectLine(rt: Runtime, line: Line): Promise<void> {
  const { company, config, options } = line;
  const provider = rt.providers[config.provider];
  if (!provider?.setup) throw new StartError(`The provider “${config.provider}” is not available here.`);
  const context: CarrierContext = { http: rt.http.carrier, credentials: config.credentials, timeoutMs: rt.config.carrierTimeoutSeconds * 1000 };
  let probe = await provider.setup.probe(context);
  if (!probe.ok && line.pair) probe = await line.pair(probe, context);
  if (!probe.ok) throw new StartError(`${line.refused[0]}: ${reason(probe.error)}\nNothing was stored. ${line.refused[1]}`);
  print(`Number    ${probe.display}${probe.name ? `  ${probe.name}` : ''}`);

  const { sender_id: senderId, waba_id, app_secret: appSecret, more } = provider.identify(config.credentials);
  const added = await addAccount(rt, {
    companyId: company.id, name: options.name ?? probe.name ?? probe.display, phone: probe.display.replace(/\D/g, ''), provider: config.provider,
    senderId, wabaId: waba_id ?? null, credentials: config.credentials, appSecret, more, limits: provider.limitsFor?.(probe.info),
    appSlug: options.webhook ?? await suggestWebhook(rt, { companyId: company.id, provider: config.provider, senderId, appSecret, base: company.slug }),
  });
  print(`Account   ${encodeId('acc', added.accountId)}  ${added.renewed ? 'was connected already; its credentials are new now' : 'is made'}, company “${company.name}”`);
  // What waited on a route that was stopped goes on at once.
  await routeChanged(rt, added.routeId);
  const route = await routeById(rt, added.routeId);
  if (added.renewed && route) await askCarrier(rt, route);
  const early = await replayUnroutedOfApp(rt, added.appId);
  if (early > 0) print(`Inbox     ${early} ${early === 1 ? 'message or status' : 'messages and statuses'} that came before the number was known`);
  const url = rt.config.publicUrl + added.webhookPath;
  const subscribed = options.subscribe && await subscribe(rt, line, { provider, context, added, url });
  print(`Webhook   ${url}`);
  if (provider.push?.handshake) print(`Verify    ${added.verifyToken}`);
  print(subscribed ? 'The app is subscribed: messages to this number arrive from now on.' : line.byHand);
}

async function subscribe(rt: Runtime, line: Line, { provider, context, added, url }: { provider: Provider; context: CarrierContext; added: AddedAccount; url: string }): Promise<boolean> {
  if (!provider.setup?.subscribe) return false;
  const local = /^http:\/\/(127\.|localhost|\[::1\])/;
  const carrier = Object.entries(context.credentials).find(([name]) => name.endsWith('_url'))?.[1] ?? '';
  if (local.test(url) && !local.test(carrier)) {
    print(`Not subscribed: ${provider.type === 'meta' ? 'Meta' : 'the carrier'} cannot reach ${rt.config.publicUrl}. Set PUBLIC_URL to the https address of your tunnel or domain.`);
    return false;
  }
  const error = await provider.setup.subscribe(context, { url, secrets: added.secrets });
  if (!error) return true;
  print(`Not subscribed: ${reason(error)}${line.notTaken ? `\n${line.notTaken}` : ''}`);
  return false;
}

export function reason(error: { readonly title: string; readonly detail?: string; readonly code: string }): string {
  return `${error.title}${error.detail ? ` ${error.detail}` : ''} (${error.code})`;
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
