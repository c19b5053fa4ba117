import { callApi, isError, misconfigured, segment } from '../carrier-api.ts';
import type { SetupCarrier, Subscription } from '../contract.ts';
import { queryGraph } from '../whatsapp/graph-calls.ts';
import { isWire, text } from '../whatsapp/wire.ts';
import { FIELDS, graphOf } from './graph.ts';

const NUMBER_FIELDS = 'display_phone_number,verified_name,quality_rating,throughput,status,name_status,is_official_business_account,webhook_configuration';
/** Meta cuts longer ones off (providers.md §1.1). */
const MAX_CALLBACK = 200;

export const setup: SetupCarrier = {
  /** Reads the number's own data: proves id, token and its permission for that number in one harmless call. */
  async probe(context) {
    const graph = graphOf(context.credentials);
    if (isError(graph)) return { ok: false, error: graph };
    const phone = segment(context.credentials['phone_number_id']);
    if (phone === undefined) return { ok: false, error: misconfigured('phone_number_id', 'phone_number_id is empty or no id') };
    const found = await queryGraph(context, FIELDS, () => callApi(context, graph, { method: 'GET', path: `/${phone}?fields=${NUMBER_FIELDS}` }));
    if ('error' in found) return { ok: false, error: found.error };
    const { display_phone_number: display, verified_name: name } = found.json;
    if (typeof display !== 'string') {
      return { ok: false, error: misconfigured('phone_number_id', 'what is under phone_number_id is not a phone number; it may be the id of the account') };
    }
    return { ok: true, display, ...(typeof name === 'string' ? { name } : {}), info: found.json };
  },

  /** Subscribes the token's app to the account and points its webhooks here, without touching the app's own address. */
  async subscribe(context, { url, secrets }) {
    const graph = graphOf(context.credentials);
    if (isError(graph)) return graph;
    const waba = segment(context.credentials['waba_id']);
    if (waba === undefined) return misconfigured('waba_id', 'waba_id is empty or no id');
    if (url.length > MAX_CALLBACK) return misconfigured('callback', `the webhook address may have ${MAX_CALLBACK} characters, this one has ${url.length}`);
    const done = await queryGraph(context, FIELDS, () => callApi(context, graph, {
      method: 'POST', path: `/${waba}/subscribed_apps`, json: { override_callback_uri: url, verify_token: secrets.verifyToken },
    }));
    if ('error' in done) return done.error;
    return done.json['success'] === true ? undefined : { class: 'config', code: 'subscribe', title: 'Meta did not confirm the subscription: try again, and look at the app in the developer console.' };
  },

  /** Where a webhook goes: the number's own address, else the account's, else the app's; and only with an app subscribed. */
  async subscription(context, url): Promise<Subscription> {
    const graph = graphOf(context.credentials);
    const [phone, waba] = [segment(context.credentials['phone_number_id']), segment(context.credentials['waba_id'])];
    if (isError(graph) || phone === undefined || waba === undefined) return { state: 'unknown' };
    const apps = await queryGraph(context, FIELDS, () => callApi(context, graph, { method: 'GET', path: `/${waba}/subscribed_apps` }));
    if ('error' in apps) return { state: 'unknown', detail: apps.error.title };
    if (Array.isArray(apps.json['data']) && apps.json['data'].length === 0) return { state: 'none', detail: 'No app is subscribed to the WhatsApp Business Account.' };
    const number = await queryGraph(context, FIELDS, () => callApi(context, graph, { method: 'GET', path: `/${phone}?fields=webhook_configuration` }));
    const places = 'json' in number && isWire(number.json['webhook_configuration']) ? number.json['webhook_configuration'] : {};
    const current = text(places['phone_number']) || text(places['whatsapp_business_account']) || text(places['application']);
    return current ? placed(current, url) : { state: 'unknown' };
  },
};

function placed(current: string, url: string): Subscription {
  return current === url ? { state: 'here' } : { state: 'elsewhere', detail: URL.parse(current)?.origin ?? current };
}
