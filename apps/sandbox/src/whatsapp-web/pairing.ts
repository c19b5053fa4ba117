/** Linking a device to a phone: by the QR code on its screen, or by the code its owner types into the phone (protocol notes 4.2 and 4.3). */
import { aesDecryptCTR, aesDecryptGCM, aesEncryptCTR, Curve, derivePairingCodeKey, hkdf, hmacSign, proto } from 'baileys';
import type { BinaryNode, KeyPair } from 'baileys';
import { Problem } from '../http/problem.ts';
import type { Connection } from './connection.ts';
import type { Offer, Pairing, Web } from './context.ts';
import { bytes, child, lid, node, pn, SERVER, text } from './node.ts';
import type { Device } from './store.ts';

const REFS = 6;
/** A device that does not answer within this time has gone. */
const ANSWER_MS = 10_000;
const ACCOUNT_SIGNATURE = Buffer.from([6, 0]);
const DEVICE_SIGNATURE = Buffer.from([6, 1]);
const NO_CODE = { where: 'body', toDo: 'Take the text of the QR code that the screen shows now; it changes every 20 to 60 seconds.' };

/** A client that wants to be linked. */
interface Candidate {
  readonly connection: Connection;
  readonly data: proto.ClientPayload.IDevicePairingRegistrationData;
  readonly noiseKey: Buffer;
  readonly name: string;
  readonly refs: readonly string[];
  /** Being linked, until it has answered. */
  linking: { number: string; device: number; details: Buffer; done: (failure?: Problem) => void } | undefined;
  /** It was shown a code of eight letters for this number. */
  code: { number: string; wrapped: Buffer; ref: string; platform: string; finish: ((stanza: BinaryNode) => void) | undefined } | undefined;
}

export class QrAndCode implements Pairing {
  readonly #web: () => Web;
  readonly #candidates = new Map<Connection, Candidate>();
  readonly #offers = new Map<Candidate, Offer>();

  constructor(web: () => Web) {
    this.#web = web;
  }

  /** A client without a phone came: it is given what its QR codes are made of. */
  begin(connection: Connection, hello: { clientKey: Buffer; payload: proto.ClientPayload }): void {
    const { runtime } = this.#web().sandbox;
    const data = hello.payload.devicePairingData;
    if (data?.eIdent == null || data.eSkeyVal == null || data.eSkeySig == null) {
      connection.fail(400);
      return;
    }
    const props = proto.DeviceProps.decode(data.deviceProps ?? Buffer.alloc(0));
    const platform = proto.DeviceProps.PlatformType[props.platformType ?? 0] ?? 'UNKNOWN';
    const candidate: Candidate = {
      connection, data, noiseKey: hello.clientKey, name: `${platform.charAt(0)}${platform.slice(1).toLowerCase().replaceAll('_', ' ')} (${props.os ?? '?'})`,
      refs: Array.from({ length: REFS }, () => `2@${runtime.token(88)}`), linking: undefined, code: undefined,
    };
    this.#candidates.set(connection, candidate);
    connection.send(node('iq', { from: SERVER, type: 'set', id: runtime.digits(9), xmlns: 'md' }, [
      node('pair-device', {}, candidate.refs.map((ref) => node('ref', {}, Buffer.from(ref)))),
    ]));
  }

  gone(connection: Connection): void {
    const candidate = this.#candidates.get(connection);
    if (candidate === undefined) return;
    this.#candidates.delete(connection);
    candidate.linking?.done(new Problem(422, 'The device hung up.', NO_CODE));
    if (this.#offers.delete(candidate) || candidate.code !== undefined) this.#web().sandbox.live.tell({ kind: 'codes' });
  }

  /** What a phone could scan now without a camera. */
  offers(): Offer[] {
    return [...this.#offers.values()];
  }

  /** Holds the code on a screen up to the phones. Throws a Problem when no client shows it. */
  offer(qr: string, name: string | undefined): void {
    const { candidate } = this.#read(qr);
    const { runtime, live } = this.#web().sandbox;
    this.#offers.set(candidate, { qr, name: name ?? candidate.name, at: runtime.now() });
    live.tell({ kind: 'codes' });
  }

  #read(qr: string): { candidate: Candidate; secret: Buffer } {
    // Older clients show the same without the address in front.
    const [ref = '', noise = '', identity = '', secret = ''] = qr.trim().slice(qr.trim().indexOf('#') + 1).split(',');
    const candidate = [...this.#candidates.values()].find((one) => one.refs.includes(ref));
    if (candidate === undefined) throw new Problem(404, 'No device shows this QR code (any more).', NO_CODE);
    if (!Buffer.from(noise, 'base64').equals(candidate.noiseKey) || !Buffer.from(identity, 'base64').equals(Buffer.from(candidate.data.eIdent ?? [])) || secret === '') {
      throw new Problem(400, 'This QR code is not whole.', NO_CODE);
    }
    return { candidate, secret: Buffer.from(secret, 'base64') };
  }

  /** The phone scans a code; resolves with the device's number once it has answered. Throws a Problem. */
  async scan(number: string, qr: string): Promise<number> {
    const { candidate, secret } = this.#read(qr);
    return this.#link(candidate, number, secret);
  }

  async #link(candidate: Candidate, number: string, advSecret: Uint8Array): Promise<number> {
    const { directory, sandbox } = this.#web();
    const account = directory.account(number);
    const device = directory.nextDevice(number);
    const identity = account.creds.signedIdentityKey;
    const details = Buffer.from(proto.ADVDeviceIdentity.encode({
      rawId: sandbox.runtime.bytes(4).readUInt32BE(0) >>> 1, timestamp: Math.floor(sandbox.runtime.now() / 1000), keyIndex: device,
      accountType: proto.ADVEncryptionType.E2EE, deviceType: proto.ADVEncryptionType.E2EE,
    }).finish());
    const accountSignature = Curve.sign(identity.private, Buffer.concat([ACCOUNT_SIGNATURE, details, candidate.data.eIdent ?? Buffer.alloc(0)]));
    const signed = Buffer.from(proto.ADVSignedDeviceIdentity.encode({ details, accountSignatureKey: identity.public, accountSignature }).finish());
    const sealed = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac: hmacSign(signed, advSecret) }).finish();
    const answered = new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Problem(422, 'The device did not answer.', NO_CODE)), ANSWER_MS);
      candidate.linking = { number, device, details, done: (failure) => {
        clearTimeout(late);
        if (failure === undefined) resolve();
        else reject(failure);
      } };
    });
    const phone = sandbox.phones.ensure(number);
    candidate.connection.send(node('iq', { from: SERVER, type: 'set', id: sandbox.runtime.digits(9), xmlns: 'md' }, [node('pair-success', {}, [
      node('device-identity', {}, Buffer.from(sealed)), node('device', { jid: pn(number, device), lid: lid(account.lid, device) }), node('platform', { name: 'android' }),
      // Without it the client believes the account has no name yet, and is told by the first sync.
      ...(phone.name === '' ? [] : [node('biz', { name: phone.name })]),
    ])]));
    await answered;
    return device;
  }

  /** A stanza of a client that is not linked yet. */
  heard(connection: Connection, stanza: BinaryNode): void {
    const candidate = this.#candidates.get(connection);
    if (candidate === undefined || stanza.tag !== 'iq') return;
    const signed = child(stanza, 'pair-device-sign');
    if (stanza.attrs['type'] === 'result' && signed !== undefined) {
      this.#signed(candidate, bytes(child(signed, 'device-identity')));
      return;
    }
    const request = child(stanza, 'link_code_companion_reg');
    if (request?.attrs['stage'] === 'companion_hello') this.#codeShown(candidate, stanza, request);
    else if (request?.attrs['stage'] === 'companion_finish') candidate.code?.finish?.(stanza);
    else if (stanza.attrs['type'] !== 'result') connection.send(node('iq', { from: SERVER, type: 'result', id: stanza.attrs['id'] }));
  }

  #signed(candidate: Candidate, identity: Buffer): void {
    const { directory, sandbox } = this.#web();
    const { linking, data, connection } = candidate;
    const signed = proto.ADVSignedDeviceIdentity.decode(identity);
    const owner = linking === undefined ? undefined : directory.account(linking.number).creds.signedIdentityKey;
    const companion = Buffer.from(data.eIdent ?? []);
    const message = Buffer.concat([DEVICE_SIGNATURE, linking?.details ?? Buffer.alloc(0), companion, owner?.public ?? Buffer.alloc(0)]);
    if (linking === undefined || signed.deviceSignature == null || !Curve.verify(companion, message, signed.deviceSignature)) {
      connection.fail(401);
      linking?.done(new Problem(422, 'The device signed wrongly.', NO_CODE));
      return;
    }
    const now = sandbox.runtime.now();
    const device: Device = {
      number: linking.number, device: linking.device, name: candidate.name, platform: 'web', noiseKey: candidate.noiseKey, identity: companion, keyIndex: linking.device,
      registrationId: Buffer.from(data.eRegid ?? []).readUIntBE(0, data.eRegid?.length ?? 0), synced: false, linkedAt: now, seenAt: now,
      signedPreKey: {
        id: Buffer.from(data.eSkeyId ?? []).readUIntBE(0, data.eSkeyId?.length ?? 0), value: Buffer.from(data.eSkeyVal ?? []).toString('base64'), signature: Buffer.from(data.eSkeySig ?? []).toString('base64'),
      },
    };
    directory.addDevice(device);
    this.#web().phoneSide.linked(device);
    this.#offers.delete(candidate);
    this.#candidates.delete(connection);
    // Always: the client comes back with the keys it was given.
    connection.end('restart');
    linking.done();
  }

  #codeShown(candidate: Candidate, stanza: BinaryNode, request: BinaryNode): void {
    const { sandbox } = this.#web();
    const number = this.#web().directory.address(request.attrs['jid'])?.number;
    if (number === undefined) {
      candidate.connection.send(node('iq', { from: SERVER, type: 'error', id: stanza.attrs['id'] }, [node('error', { code: '400', text: 'bad-request' })]));
      return;
    }
    const ref = sandbox.runtime.token(40);
    candidate.code = { number, wrapped: bytes(child(request, 'link_code_pairing_wrapped_companion_ephemeral_pub')), ref, platform: text(child(request, 'companion_platform_display')), finish: undefined };
    candidate.connection.send(node('iq', { from: SERVER, type: 'result', id: stanza.attrs['id'] }, [
      node('link_code_companion_reg', { stage: 'companion_hello' }, [node('link_code_pairing_ref', {}, Buffer.from(ref))]),
    ]));
    sandbox.live.tell({ kind: 'codes' });
  }

  waiting(): string[] {
    return [...new Set([...this.#candidates.values()].flatMap((one) => (one.code === undefined || one.linking !== undefined ? [] : [one.code.number])))];
  }

  /** The owner types the code: eight letters and digits. The number of the linked device. */
  async enter(number: string, typed: string): Promise<number> {
    const code = typed.replaceAll(/[\s-]/g, '').toUpperCase();
    const candidate = [...this.#candidates.values()].findLast((one) => one.code?.number === number);
    const shown = candidate?.code;
    if (candidate === undefined || shown === undefined) {
      throw new Problem(404, `No device asks for a code of ${number}.`, { where: 'body.code', toDo: 'Ask for a pairing code with this number first, then type it here.' });
    }
    const wrapping = await derivePairingCodeKey(code, shown.wrapped.subarray(0, 32));
    const companionEphemeral = aesDecryptCTR(shown.wrapped.subarray(48), wrapping, shown.wrapped.subarray(32, 48));
    const ephemeral = Curve.generateKeyPair();
    const owner = this.#web().directory.account(number).creds.signedIdentityKey;
    const { runtime } = this.#web().sandbox;
    const salt = runtime.bytes(32);
    const iv = runtime.bytes(16);
    const wrapped = Buffer.concat([salt, iv, aesEncryptCTR(ephemeral.public, await derivePairingCodeKey(code, salt), iv)]);
    const finish = await new Promise<BinaryNode | undefined>((resolve) => {
      const late = setTimeout(() => resolve(undefined), ANSWER_MS);
      shown.finish = (stanza) => {
        clearTimeout(late);
        resolve(stanza);
      };
      candidate.connection.send(node('notification', { from: SERVER, type: 'link_code_companion_reg', id: runtime.digits(9), t: String(Math.floor(runtime.now() / 1000)) }, [
        node('link_code_companion_reg', { stage: 'primary_hello' }, [
          node('link_code_pairing_ref', {}, Buffer.from(shown.ref)), node('primary_identity_pub', {}, Buffer.from(owner.public)),
          node('link_code_pairing_wrapped_primary_ephemeral_pub', {}, wrapped),
        ]),
      ]));
    });
    const secret = finish === undefined ? undefined : advSecret(finish, { ephemeral, companionEphemeral, owner });
    if (secret === undefined || finish === undefined) {
      if (finish !== undefined) candidate.connection.send(node('iq', { from: SERVER, type: 'error', id: finish.attrs['id'] }, [node('error', { code: '400', text: 'bad-request' })]));
      throw new Problem(422, 'The code is not the one the device shows.', { where: 'body.code', toDo: 'Look again and type it as it is, or ask for a new one.' });
    }
    candidate.connection.send(node('iq', { from: SERVER, type: 'result', id: finish.attrs['id'] }));
    return this.#link(candidate, number, secret);
  }
}

/** Both sides derive it from what they told each other; undefined when the code was wrong, since then nothing decrypts. */
function advSecret(finish: BinaryNode, keys: { ephemeral: KeyPair; companionEphemeral: Buffer; owner: KeyPair }): Buffer | undefined {
  const request = child(finish, 'link_code_companion_reg');
  const bundle = bytes(child(request, 'link_code_pairing_wrapped_key_bundle'));
  const shared = Curve.sharedKey(keys.ephemeral.private, keys.companionEphemeral);
  const key = hkdf(Buffer.from(shared), 32, { salt: bundle.subarray(0, 32), info: 'link_code_pairing_key_bundle_encryption_key' });
  try {
    const plain = aesDecryptGCM(bundle.subarray(44), key, bundle.subarray(32, 44), Buffer.alloc(0));
    const companionIdentity = plain.subarray(0, 32);
    const random = plain.subarray(64, 96);
    const identities = Curve.sharedKey(keys.owner.private, companionIdentity);
    return Buffer.from(hkdf(Buffer.concat([shared, identities, random]), 32, { info: 'adv_secret' }));
  } catch {
    return undefined;
  }
}
