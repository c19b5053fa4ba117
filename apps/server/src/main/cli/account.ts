import { encodeId } from '@centralita/kernel';
import { environment } from '@centralita/platform/environment';
import { accountsOfCompany, addAccount, routesOfAccount, suggestWebhook, type AddedAccount } from '../../modules/accounts/index.ts';
import { listCompanies } from '../../modules/companies/index.ts';
import { replayUnroutedOfApp } from '../../modules/intake/index.ts';
import type { CarrierContext, Provider } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { StartError } from '../start-error.ts';
import { answerTo } from './ask.ts';
import { chooseCompany, withRuntime } from './open.ts';

export interface MetaOptions {
  readonly company?: string;
  readonly name?: string;
  readonly webhook?: string;
  readonly phoneNumberId?: string;
  readonly wabaId?: string;
  readonly token?: string;
  readonly appSecret?: string;
  /** False with --no-subscribe. */
  readonly subscribe: boolean;
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/**
 * `centralita account add meta`: asks for ids, token and secret, tests the token, stores the account, subscribes the app and shows the
 * webhook's address and verify token. For a number that is connected already it renews the credentials and lets it send again.
 */
export async function addMeta(options: MetaOptions): Promise<void> {
  const env = environment();
  const given = {
    phone_number_id: await answerTo({ text: 'Phone number id', flag: '--phone-number-id', variable: 'META_PHONE_NUMBER_ID', secret: false }, options.phoneNumberId ?? env['META_PHONE_NUMBER_ID']),
    waba_id: await answerTo({ text: 'WhatsApp Business Account id', flag: '--waba-id', variable: 'META_WABA_ID', secret: false }, options.wabaId ?? env['META_WABA_ID']),
    access_token: await answerTo({ text: 'Access token', flag: '--token', variable: 'META_ACCESS_TOKEN', secret: true }, options.token ?? env['META_ACCESS_TOKEN']),
    app_secret: await answerTo({ text: 'App secret', flag: '--app-secret', variable: 'META_APP_SECRET', secret: true }, options.appSecret ?? env['META_APP_SECRET']),
  };
  if (options.webhook !== undefined && !SLUG.test(options.webhook)) throw new StartError('--webhook: small letters, digits and hyphens only, such as: main');
  await withRuntime(async (rt) => {
    const company = await chooseCompany(rt, options.company);
    const provider = rt.providers['meta'];
    if (!provider?.setup) throw new StartError('The provider “meta” is not available here.');
    const { metaGraphUrl, metaGraphVersion, carrierTimeoutSeconds } = rt.config;
    const credentials = { ...given, graph_url: metaGraphUrl, graph_version: metaGraphVersion };
    const context: CarrierContext = { http: rt.http.carrier, credentials, timeoutMs: carrierTimeoutSeconds * 1000 };

    const probe = await provider.setup.probe(context);
    if (!probe.ok) throw new StartError(`The token does not work for this number: ${reason(probe.error)}\nNothing was stored. Look at the ids and at the token's permissions (docs/connect-a-real-number.md).`);
    print(`Number    ${probe.display}${probe.name ? `  ${probe.name}` : ''}`);

    const wish = { companyId: company.id, provider: 'meta', senderId: given.phone_number_id, appSecret: given.app_secret, base: company.slug };
    const added = await addAccount(rt, {
      companyId: company.id, name: options.name ?? probe.name ?? probe.display, phone: probe.display.replace(/\D/g, ''), provider: 'meta',
      senderId: given.phone_number_id, wabaId: given.waba_id, credentials, appSecret: given.app_secret,
      appSlug: options.webhook ?? await suggestWebhook(rt, wish), limits: provider.limitsFor?.(probe.info),
    });
    print(`Account   ${encodeId('acc', added.accountId)}  ${added.renewed ? 'was connected already; its credentials are new now' : 'is made'}, company “${company.name}”`);
    const early = await replayUnroutedOfApp(rt, added.appId);
    if (early > 0) print(`Inbox     ${early} ${early === 1 ? 'message or status' : 'messages and statuses'} that came before the number was known`);
    const url = rt.config.publicUrl + added.webhookPath;
    const subscribed = options.subscribe && await subscribe(rt, { provider, context, added, url });
    print(`Webhook   ${url}`);
    print(`Verify    ${added.verifyToken}`);
    if (subscribed) print('The app is subscribed: messages to this number arrive from now on.');
    else print('Enter both in the app\'s settings (WhatsApp, Configuration), subscribe to “messages”, or run this again with PUBLIC_URL set while the server runs.');
  });
}

async function subscribe(rt: Runtime, { provider, context, added, url }: { provider: Provider; context: CarrierContext; added: AddedAccount; url: string }): Promise<boolean> {
  const local = /^http:\/\/(127\.|localhost|\[::1\])/;
  if (local.test(url) && !local.test(rt.config.metaGraphUrl)) {
    print(`Not subscribed: Meta cannot reach ${rt.config.publicUrl}. Set PUBLIC_URL to the https address of your tunnel or domain.`);
    return false;
  }
  const error = await provider.setup?.subscribe?.(context, { url, secrets: added.secrets });
  if (!error) return true;
  print(`Not subscribed: ${reason(error)}\nMeta asks the webhook's address at once: the server must be running and reachable there.`);
  return false;
}

function reason(error: { readonly title: string; readonly detail?: string; readonly code: string }): string {
  return `${error.title}${error.detail ? ` ${error.detail}` : ''} (${error.code})`;
}

/** `centralita account list` */
export async function showAccounts(slug: string | undefined): Promise<void> {
  await withRuntime(async (rt) => {
    const companies = slug === undefined ? await listCompanies(rt.db) : [await chooseCompany(rt, slug)];
    for (const company of companies) {
      for (const account of await accountsOfCompany(rt, company.id)) {
        print(`${company.slug}  ${encodeId('acc', account.id)}  ${account.phone ?? ''}  ${account.name}`);
        for (const route of await routesOfAccount(rt, account.id)) {
          print(`    ${route.provider} ${route.sender_id}  ${route.status}${route.status_reason ? `: ${route.status_reason}` : ''}`);
        }
      }
    }
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
