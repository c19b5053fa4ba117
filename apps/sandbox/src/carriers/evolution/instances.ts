/** Instances: making one, pairing it with a phone, losing it again (providers 4.2). */
import type { Sandbox } from '../../context.ts';
import { isFields } from '../../graph/fields.ts';
import type { Fields } from '../../graph/fields.ts';
import type { BusinessNumber, CarrierLine } from '../../store/identities.ts';
import { addCarrierNumber, newLine } from '../numbers.ts';
import { EvolutionError } from './errors.ts';
import { jid } from './people.ts';
import { qrPicture } from './qr.ts';
import { instanceId } from './render.ts';

type Hook = NonNullable<CarrierLine['hook']>;

export function instanceOf(sandbox: Sandbox, name: string): BusinessNumber | undefined {
  return sandbox.identities.ofCarrier('evolution', (line) => line.instance === name);
}

/** Not yet paired: its number is what the phone that scans will have. */
export function createInstance(sandbox: Sandbox, body: Fields): Fields {
  const { instanceName: name, integration = 'WHATSAPP-BAILEYS' } = body;
  if (typeof name !== 'string' || !/^[\w.-]{1,60}$/.test(name)) throw new EvolutionError(400, ['instance requires property "instanceName"']);
  if (integration !== 'WHATSAPP-BAILEYS') throw new EvolutionError(400, ['Invalid integration']);
  if (instanceOf(sandbox, name) !== undefined) throw new EvolutionError(403, [`This name "${name}" is already in use.`]);
  const business = addCarrierNumber(sandbox, 'evolution', { name, instance: name });
  const hook = isFields(body['webhook']) && body['webhook']['url'] !== undefined ? hookOf(body['webhook']) : undefined;
  const key = typeof body['token'] === 'string' && body['token'] !== '' ? body['token'] : newLine(sandbox.runtime, 'evolution', name).key;
  business.line = { ...business.line, state: 'connecting', ...(key === undefined ? {} : { key }), ...(hook === undefined ? {} : { hook }) };
  sandbox.identities.saveNumber(business);
  const picture = body['qrcode'] === false ? undefined : offerPairing(sandbox, business, typeof body['number'] === 'string' ? body['number'] : undefined);
  return {
    instance: { instanceName: name, instanceId: instanceId(business), integration, webhookWaBusiness: null, accessTokenWaBusiness: '', status: 'connecting' },
    hash: business.line.key, webhook: hook ?? {}, websocket: {}, rabbitmq: {}, sqs: {}, settings: { rejectCall: false, groupsIgnore: body['groupsIgnore'] === true, alwaysOnline: false, readMessages: false, readStatus: false, syncFullHistory: false },
    ...(picture === undefined ? {} : { qrcode: picture }),
  };
}

/** A fresh picture, told by webhook too; with a number also a code to type. */
export function offerPairing(sandbox: Sandbox, business: BusinessNumber, number: string | undefined): Fields {
  const code = `2@${sandbox.runtime.token(60)},${sandbox.runtime.token(43)}=,${sandbox.runtime.token(43)}=,${sandbox.runtime.token(10)}`;
  const picture = { pairingCode: number === undefined || number === '' ? null : sandbox.runtime.token(8).toUpperCase(), code, base64: qrPicture(code), count: 1 };
  change(sandbox, business, 'connecting');
  tell(sandbox, business, 'qrcode.updated', { qrcode: { instance: business.line.instance, ...picture } });
  tell(sandbox, business, 'connection.update', { instance: business.line.instance, state: 'connecting', statusReason: 200 });
  return picture;
}

/** The phone scanned the picture. */
export function paired(sandbox: Sandbox, business: BusinessNumber): void {
  change(sandbox, business, 'open');
  tell(sandbox, business, 'connection.update', { instance: business.line.instance, wuid: jid(business.businessNumber), profileName: business.name, profilePictureUrl: null, state: 'open', statusReason: 200 });
}

/** Logged out on the phone, or here: nothing goes until it is paired again. */
export function unpaired(sandbox: Sandbox, business: BusinessNumber): void {
  change(sandbox, business, 'close');
  tell(sandbox, business, 'connection.update', { instance: business.line.instance, state: 'close', statusReason: 401 });
  tell(sandbox, business, 'status.instance', { instance: business.line.instance, status: 'closed', disconnectionAt: new Date(sandbox.runtime.now()).toISOString(), disconnectionReasonCode: 401, disconnectionObject: '{}' });
}

function change(sandbox: Sandbox, business: BusinessNumber, state: NonNullable<CarrierLine['state']>): void {
  business.line = { ...business.line, state };
  sandbox.identities.saveNumber(business);
  sandbox.live.tell({ kind: 'numbers' });
}

function tell(sandbox: Sandbox, business: BusinessNumber, event: string, data: Fields): void {
  const waba = sandbox.identities.wabas.get(business.wabaId);
  if (waba !== undefined && business.line.hook !== undefined) sandbox.publisher.publishAccount(waba, { field: event, value: data, phoneNumberId: business.phoneNumberId });
}

/** `{enabled, url, headers, events}`. */
export function hookOf(given: unknown): Hook | undefined {
  if (!isFields(given)) throw new EvolutionError(400, ['instance requires property "webhook"']);
  if (given['enabled'] === false) return undefined;
  const { url, headers, events } = given;
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) throw new EvolutionError(400, ['Invalid "url" property']);
  return {
    url, headers: isFields(headers) ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])) : {},
    events: Array.isArray(events) ? events.map(String) : [],
  };
}

export function instanceRow(business: BusinessNumber): Fields {
  const { line } = business;
  return {
    id: instanceId(business), name: line.instance, connectionStatus: line.state, ownerJid: line.state === 'open' ? jid(business.businessNumber) : null, profileName: line.state === 'open' ? business.name : null,
    profilePicUrl: null, integration: 'WHATSAPP-BAILEYS', number: null, token: line.key, disconnectionReasonCode: line.state === 'close' ? 401 : null, createdAt: new Date(business.createdAt).toISOString(),
  };
}
