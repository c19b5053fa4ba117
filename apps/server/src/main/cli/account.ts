import { encodeId } from '@centralita/kernel';
import { environment } from '@centralita/platform/environment';
import { accountsOfCompany, routesOfAccount } from '../../modules/accounts/index.ts';
import { listCompanies } from '../../modules/companies/index.ts';
import { answerTo } from './ask.ts';
import { checkWebhook, connectLine, print, type LineOptions } from './connect-line.ts';
import { chooseCompany, withRuntime } from './open.ts';

export interface MetaOptions extends LineOptions {
  readonly phoneNumberId?: string;
  readonly wabaId?: string;
  readonly token?: string;
  readonly appSecret?: string;
}

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
  checkWebhook(options);
  await withRuntime(async (rt) => connectLine(rt, {
    company: await chooseCompany(rt, options.company), options,
    config: { provider: 'meta', credentials: { ...given, graph_url: rt.config.metaGraphUrl, graph_version: rt.config.metaGraphVersion } },
    refused: ['The token does not work for this number', "Look at the ids and at the token's permissions (docs/connect-a-real-number.md)."],
    byHand: 'Enter both in the app\'s settings (WhatsApp, Configuration), subscribe to “messages”, or run this again with PUBLIC_URL set while the server runs.',
    notTaken: "Meta asks the webhook's address at once: the server must be running and reachable there.",
  }));
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
