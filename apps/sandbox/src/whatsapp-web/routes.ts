/** What a host of WhatsApp Web, a test or the page asks and does, below /sandbox. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Sandbox } from '../context.ts';
import { parse } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import { plainDigits, waId } from '../network/numbers.ts';
import type { Web } from './context.ts';
import { askForMore } from './iq/keys.ts';
import type { Device } from './store.ts';
import { PATH } from './upgrades.ts';

interface OfPhone {
  Params: { number: string };
}

const Qr = z.string().min(40).max(2000);
const LinkBody = z.union([z.strictObject({ qr: Qr }), z.strictObject({ code: z.string().min(8).max(12) })], { error: 'give "qr", the text of the QR code, or "code", the eight letters and digits the device shows' });
const CodeBody = z.strictObject({ qr: Qr, name: z.string().max(100).optional() });
const PreKeysBody = z.strictObject({ keep: z.number().int().min(0).max(1000).default(0) });
const TypingBody = z.strictObject({ to: z.string(), state: z.enum(['composing', 'recording', 'paused']).default('composing') });

/** `loaded` is what is there without loading: the page asks at every start. */
export function webRoutes(app: FastifyInstance, sandbox: Sandbox, { load, loaded }: { load: () => Promise<Web>; loaded: () => Web | undefined }): void {
  const numberOf = (given: string): string => {
    const digits = plainDigits(given);
    if (digits === undefined) throw new Problem(400, `"${given.slice(0, 40)}" is not a phone number.`, { where: 'path', toDo: 'Give its digits with country code, like 56912345678.' });
    return waId(digits);
  };
  const deviceOf = (web: Web, given: { number: string; device: string }): Device => {
    const device = web.directory.device({ number: numberOf(given.number), device: Number(given.device) });
    if (device === undefined) throw new Problem(404, 'This phone has no such linked device.', { where: 'path', toDo: 'GET its /linked-devices lists them.' });
    return device;
  };
  const iso = (at: number): string => new Date(at).toISOString();
  const view = (web: Web, device: Device): Record<string, unknown> => ({
    device: device.device, jid: `${device.number}:${device.device}@s.whatsapp.net`, lid: `${web.directory.account(device.number).lid}:${device.device}@lid`, name: device.name,
    connected: web.outlet.connection(device)?.active === true, waiting: web.store.countQueue(device), prekeys: web.store.countPreKeys(device), linked_at: iso(device.linkedAt), seen_at: iso(device.seenAt),
  });
  const devices = (web: Web, number: string): Record<string, unknown> => ({
    number, lid: `${web.directory.account(number).lid}@lid`, waits_for_code: web.pairing.waiting().includes(number), devices: web.directory.devices(number).map((device) => view(web, device)),
  });

  /** Everything a host needs to take this for WhatsApp. */
  app.get('/whatsapp-web', async () => {
    const web = await load();
    await sandbox.journal.committed();
    return {
      url: `${sandbox.origin.replace('http', 'ws')}${PATH}`, root_key: web.identity.root.toString('hex'), ca_pem: web.identity.tls.cert, media_host: web.media.host,
      devices: web.directory.all().map((device) => ({ number: device.number, ...view(web, device) })),
    };
  });

  /** Whoever shows a QR code may hold it up to the phones: their page offers to scan it with one click. */
  app.post('/whatsapp-web/codes', async (request, reply) => {
    const body = parse(CodeBody, request.body, 'body');
    (await load()).pairing.offer(body.qr, body.name);
    return reply.code(201).send({ offered: true });
  });

  app.get('/whatsapp-web/codes', () => ({
    codes: (loaded()?.pairing.offers() ?? []).map((offer) => ({ qr: offer.qr, name: offer.name, at: iso(offer.at) })), waiting_for_code: loaded()?.pairing.waiting() ?? [],
  }));

  app.get<OfPhone>('/phones/:number/linked-devices', async (request) => devices(await load(), numberOf(request.params.number)));

  /** The phone scans a QR code, or its owner types the code that a device shows. */
  app.post<OfPhone>('/phones/:number/linked-devices', async (request, reply) => {
    const number = numberOf(request.params.number);
    const body = parse(LinkBody, request.body, 'body');
    const other = sandbox.identities.byBusinessNumber(number);
    if (other !== undefined && other.carrier !== 'whatsapp-web') throw new Problem(409, `${number} is a number of the business at ${other.carrier}.`, { where: 'path', toDo: 'Link a phone with another number.' });
    if (!sandbox.phones.ensure(number).onWhatsapp) throw new Problem(409, 'This phone is not on WhatsApp.', { where: 'path', toDo: 'PATCH it with {"on_whatsapp": true}.' });
    const web = await load();
    const device = await ('qr' in body ? web.pairing.scan(number, body.qr) : web.pairing.enter(number, body.code));
    await sandbox.journal.committed();
    return reply.code(201).send({ device, ...devices(web, number) });
  });

  app.delete<{ Params: { number: string; device: string } }>('/phones/:number/linked-devices/:device', async (request) => {
    const web = await load();
    const device = deviceOf(web, request.params);
    web.phoneSide.unlink(device, { told: false });
    await sandbox.journal.committed();
    return { removed: device.device };
  });

  /** Throws away all but some of a device's one-time keys and tells it that they run low. */
  app.post<{ Params: { number: string; device: string } }>('/phones/:number/linked-devices/:device/prekeys', async (request) => {
    const web = await load();
    const { keep } = parse(PreKeysBody, request.body ?? {}, 'body');
    const device = deviceOf(web, request.params);
    while (web.store.countPreKeys(device) > keep) web.store.takePreKey(device);
    askForMore({ web, address: device });
    await sandbox.journal.committed();
    return { prekeys: web.store.countPreKeys(device) };
  });

  /** The phone types, for who is linked on the other side. */
  app.post<OfPhone>('/phones/:number/typing', async (request) => {
    const body = parse(TypingBody, request.body, 'body');
    (await load()).presence.phoneTypes(numberOf(request.params.number), { to: numberOf(body.to), state: body.state });
    return { state: body.state };
  });
}
