import type { CarrierError } from '../../messaging/index.ts';
import { callApi, isError, misconfigured } from '../carrier-api.ts';
import type { CarrierContext, Pairing, PairingCarrier, SetupCarrier, Subscription } from '../contract.ts';
import { digitsOf } from '../whatsapp/jid.ts';
import { isWire, text } from '../whatsapp/wire.ts';
import { evolutionOf, query, type Evolution } from './api.ts';
import { SECRET_HEADER } from './push.ts';

/** What we want to hear of. Own sends over the API are told by their answers. */
const EVENTS = ['QRCODE_UPDATED', 'CONNECTION_UPDATE', 'MESSAGES_UPSERT', 'MESSAGES_UPDATE', 'MESSAGES_DELETE', 'MESSAGES_EDITED'];

export const setup: SetupCarrier = {
  /** The state of the instance, and whose phone it is. Fails with the code `pairing` while no phone is paired. */
  async probe(context) {
    const api = evolutionOf(context.credentials);
    if (isError(api)) return { ok: false, error: api };
    const state = await stateOf(context, api);
    if (typeof state !== 'string') return { ok: false, error: state };
    const row = await query(context, () => callApi(context, api, { method: 'GET', path: `/instance/fetchInstances?instanceName=${api.instance}` }));
    const first: unknown = 'value' in row && Array.isArray(row.value) ? row.value[0] : undefined;
    const instance = isWire(first) ? first : {};
    const digits = digitsOf(instance['ownerJid']) ?? context.credentials['phone_number']?.replaceAll(/\D/g, '');
    if (state !== 'open') {
      return { ok: false, error: { class: 'config', code: 'pairing', title: `No phone is paired with the instance (${state}): scan its picture with the phone (Linked devices).` } };
    }
    if (!digits) return { ok: false, error: misconfigured('phone_number', 'Evolution does not tell the number of the phone; give it as phone_number') };
    const name = text(instance['profileName']);
    return { ok: true, display: `+${digits}`, ...(name ? { name } : {}), info: { state, instance: instance['name'] } };
  },

  async subscribe(context, { url, secrets }) {
    const api = evolutionOf(context.credentials);
    if (isError(api)) return api;
    const headers = context.credentials['webhook_proof'] === 'jwt' ? { jwt_key: secrets.appSecret } : { [SECRET_HEADER]: secrets.appSecret };
    const done = await query(context, () => callApi(context, api, {
      method: 'POST', path: `/webhook/set/${api.instance}`, json: { webhook: { enabled: true, url, headers, byEvents: false, base64: false, events: EVENTS } },
    }));
    return 'error' in done ? done.error : undefined;
  },

  async subscription(context, url): Promise<Subscription> {
    const api = evolutionOf(context.credentials);
    if (isError(api)) return { state: 'unknown', detail: api.title };
    const found = await query(context, () => callApi(context, api, { method: 'GET', path: `/webhook/find/${api.instance}` }));
    if ('error' in found) return { state: 'unknown', detail: found.error.title };
    const current = text(found.json['url']);
    if (current === undefined || found.json['enabled'] === false) return { state: 'none' };
    return current === url ? { state: 'here' } : { state: 'elsewhere', detail: URL.parse(current)?.origin ?? current };
  },
};

export const pairing: PairingCarrier = {
  async pair(context, phone) {
    const api = evolutionOf(context.credentials);
    if (isError(api)) return api;
    const state = await stateOf(context, api);
    if (state === 'open') return { state: 'open' };
    if (typeof state !== 'string' && state.http_status !== 404) return state;
    const found = await query(context, () => (typeof state === 'string'
      ? callApi(context, api, { method: 'GET', path: `/instance/connect/${api.instance}${phone ? `?number=${encodeURIComponent(phone)}` : ''}` })
      : callApi(context, api, {
        method: 'POST', path: '/instance/create',
        json: { instanceName: context.credentials['instance'], integration: 'WHATSAPP-BAILEYS', qrcode: true, groupsIgnore: true, readMessages: false, syncFullHistory: false, ...(phone ? { number: phone } : {}) },
      })));
    return 'error' in found ? found.error : shown(found.json);
  },
};

/** Of `connect` it is the whole answer, of `create` a part of it. */
function shown(json: Record<string, unknown>): Pairing {
  if (isWire(json['instance']) && json['instance']['state'] === 'open') return { state: 'open' };
  const picture = isWire(json['qrcode']) ? json['qrcode'] : json;
  const [qr, base64, code] = [text(picture['code']), text(picture['base64']), text(picture['pairingCode'])];
  return { state: 'waiting', ...(qr ? { qr } : {}), ...(base64 ? { picture: base64 } : {}), ...(code ? { code } : {}) };
}

async function stateOf(context: CarrierContext, api: Evolution): Promise<string | CarrierError> {
  const found = await query(context, () => callApi(context, api, { method: 'GET', path: `/instance/connectionState/${api.instance}` }));
  if ('error' in found) return found.error;
  const state = isWire(found.json['instance']) ? text(found.json['instance']['state']) : undefined;
  return state ?? misconfigured('server_url', 'what answers under server_url is no Evolution API');
}
