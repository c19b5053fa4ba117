/** One-time keys, bundles, and devices that unlink themselves. */
import type { BinaryNode } from 'baileys';
import { bytes, child, children, childrenOf, jid, node, uint } from '../node.ts';
import type { Device } from '../store.ts';
import type { Asked, Reply } from './asked.ts';

/** Below so many one-time keys a device is asked for more. */
const LOW = 5;

const be = (value: number, width: number): Buffer => {
  const out = Buffer.alloc(width);
  out.writeUIntBE(value, 0, width);
  return out;
};

export function countKeys({ web, device }: Asked): Reply {
  return [node('count', { value: String(web.store.countPreKeys(device)) })];
}

/** Its hash would tell the client whether both sides hold the same; that there is one says that they do. */
export function digest({ device }: Asked): Reply {
  return [node('digest', {}, [
    node('registration', {}, be(device.registrationId, 4)), node('type', {}, Buffer.from([5])), node('identity', {}, device.identity), signedKey(device),
  ])];
}

function signedKey(device: Device): BinaryNode {
  const { id, value, signature } = device.signedPreKey;
  return node('skey', {}, [node('id', {}, be(id, 3)), node('value', {}, Buffer.from(value, 'base64')), node('signature', {}, Buffer.from(signature, 'base64'))]);
}

export function storeKeys({ web, device, iq }: Asked): Reply {
  const signed = child(iq, 'skey') ?? child(child(iq, 'rotate'), 'skey');
  if (signed !== undefined) {
    device.signedPreKey = { id: uint(child(signed, 'id')), value: bytes(child(signed, 'value')).toString('base64'), signature: bytes(child(signed, 'signature')).toString('base64') };
    web.store.saveDevice(device);
  }
  web.store.addPreKeys(device, childrenOf(child(iq, 'list'), 'key').map((key) => ({ id: uint(child(key, 'id')), value: bytes(child(key, 'value')) })));
  return undefined;
}

/** Each user answers under the JID it was asked by; each answer uses up a one-time key. */
export function askedKeys({ web, iq }: Asked): Reply {
  const users = children(child(iq, 'key')).flatMap((user) => {
    const address = web.directory.address(jid(user.attrs['jid']));
    const bundle = address === undefined || web.directory.onWhatsApp(address.number) === undefined ? undefined : web.directory.bundle(address);
    // A device that has gone is left out: an error for one would fail the whole batch at the client.
    if (bundle === undefined || address === undefined) return [];
    if (address.device !== 0 && web.store.countPreKeys(address) < LOW) askForMore({ web, address });
    const { signedPreKey, preKey } = bundle;
    return [node('user', { jid: user.attrs['jid'] }, [
      node('registration', {}, be(bundle.registrationId, 4)), node('type', {}, Buffer.from([5])), node('identity', {}, Buffer.from(bundle.identity)),
      node('skey', {}, [node('id', {}, be(signedPreKey.id, 3)), node('value', {}, Buffer.from(signedPreKey.value)), node('signature', {}, Buffer.from(signedPreKey.signature))]),
      ...(preKey === undefined ? [] : [node('key', {}, [node('id', {}, be(preKey.id, 3)), node('value', {}, Buffer.from(preKey.value))])]),
    ])];
  });
  return [node('list', {}, users)];
}

/** "Your one-time keys run low": the client uploads more. */
export function askForMore({ web, address }: { web: Asked['web']; address: { number: string; device: number } }): void {
  const { runtime } = web.sandbox;
  web.outlet.push(address, node('notification', { from: '@s.whatsapp.net', type: 'encrypt', id: runtime.digits(10), t: String(Math.floor(runtime.now() / 1000)) }, [
    node('count', { value: String(web.store.countPreKeys(address)) }),
  ]));
}

/** The device logs itself out; its client has closed already. */
export function removeCompanion({ web, device, what }: Asked): Reply {
  const asked = web.directory.address(jid(what?.attrs['jid']));
  const gone = asked?.number === device.number ? web.directory.device(asked) : device;
  if (gone !== undefined) web.phoneSide.unlink(gone, { told: true });
  return undefined;
}
