/** The keys by which a host recognises this WhatsApp: the root of its noise certificates, and the certificate of its media server. */
import { Curve, proto } from 'baileys';
import type { KeyPair } from 'baileys';
import { generate } from 'selfsigned';
import type { Runtime } from '../runtime.ts';
import type { Journal } from '../store/journal.ts';

export interface ServerIdentity {
  /** The root's public key, 32 bytes: what `WA_CERT_DETAILS.PUBLIC_KEY` must be in a host. */
  readonly root: Buffer;
  /** The server's own noise key. */
  readonly noise: KeyPair;
  /** CertChain as it is presented: intermediate signed by the root, leaf signed by the intermediate. */
  readonly chain: Uint8Array;
  readonly tls: { readonly key: string; readonly cert: string };
}

interface Kept {
  root: { public: string; private: string };
  intermediate: { public: string; private: string };
  noise: { public: string; private: string };
  tls: { key: string; cert: string };
}

const DAY = 86_400;
const YEARS_10 = 3650 * DAY;

/** Reads the keys from the data folder; at the first start they are made. */
export async function serverIdentity(journal: Journal, runtime: Runtime): Promise<ServerIdentity> {
  const row = journal.prepare("select value from meta where key = 'whatsapp_web'").get();
  const kept = row === undefined ? await make(journal, runtime) : JSON.parse(String(row['value'])) as Kept;
  const root = pair(kept.root);
  const intermediate = pair(kept.intermediate);
  const noise = pair(kept.noise);
  const from = Math.floor(runtime.now() / 1000) - DAY;
  const { Details } = proto.CertChain.NoiseCertificate;
  const middle = Details.encode({ serial: 1, issuerSerial: 0, key: intermediate.public, notBefore: from, notAfter: from + YEARS_10 }).finish();
  const leaf = Details.encode({ serial: 2, issuerSerial: 1, key: noise.public, notBefore: from, notAfter: from + YEARS_10 }).finish();
  const chain = proto.CertChain.encode({
    intermediate: { details: middle, signature: Curve.sign(root.private, middle) }, leaf: { details: leaf, signature: Curve.sign(intermediate.private, leaf) },
  }).finish();
  return { root: Buffer.from(root.public), noise, chain, tls: kept.tls };
}

async function make(journal: Journal, runtime: Runtime): Promise<Kept> {
  const now = runtime.now();
  const made = await generate([{ name: 'commonName', value: 'Centralita sandbox: media of WhatsApp Web' }], {
    keyType: 'ec', curve: 'P-256', algorithm: 'sha256', notBeforeDate: new Date(now - DAY * 1000), notAfterDate: new Date(now + YEARS_10 * 1000),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }, { type: 2, value: 'localhost' }] },
    ],
  });
  const kept: Kept = { root: text(Curve.generateKeyPair()), intermediate: text(Curve.generateKeyPair()), noise: text(Curve.generateKeyPair()), tls: { key: made.private, cert: made.cert } };
  journal.write();
  journal.prepare("insert into meta values ('whatsapp_web', ?)").run(JSON.stringify(kept));
  await journal.committed();
  return kept;
}

function text(key: KeyPair): { public: string; private: string } {
  return { public: Buffer.from(key.public).toString('base64'), private: Buffer.from(key.private).toString('base64') };
}

function pair(kept: { public: string; private: string }): KeyPair {
  return { public: Buffer.from(kept.public, 'base64'), private: Buffer.from(kept.private, 'base64') };
}
