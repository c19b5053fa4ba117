import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { defer, type Scope } from '../../../../../../test/harness/defer.ts';

/** A server of somebody else on this machine. */
export async function serve(t: Scope, handle: RequestListener): Promise<string> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  defer(t, () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface TestIssuer {
  readonly jwksUrl: string;
  /** How often its keys were read. */
  reads(): number;
  /** Signs with its newest key, valid for a minute, unless the claims say otherwise. */
  sign(claims: JWTPayload): Promise<string>;
  /** From now on it signs with another key. */
  rotate(kid: string): Promise<void>;
  fail(status: number | undefined): void;
}

/** Signs tokens and shows its public keys. */
export async function startIssuer(t: Scope, alg = 'RS256'): Promise<TestIssuer> {
  const keys: object[] = [];
  let current: { kid: string; key: CryptoKey };
  let failing: number | undefined;
  let reads = 0;
  const rotate = async (kid: string): Promise<void> => {
    const pair = await generateKeyPair(alg);
    keys.push({ ...await exportJWK(pair.publicKey), kid, alg, use: 'sig' });
    current = { kid, key: pair.privateKey };
  };
  await rotate('one');
  const url = await serve(t, (_request, response) => {
    reads += 1;
    response.writeHead(failing ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
  });
  return {
    jwksUrl: `${url}/jwks.json`, rotate, reads: () => reads,
    fail: (status) => {
      failing = status;
    },
    sign: (claims) => new SignJWT({ iss: 'https://id.example.test', aud: 'centralita', sub: 'user_789', exp: Math.floor(Date.now() / 1000) + 60, ...claims }).setProtectedHeader({ alg, kid: current.kid }).sign(current.key),
  };
}
