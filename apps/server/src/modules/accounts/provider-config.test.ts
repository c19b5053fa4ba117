import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { z } from 'zod';
import { startAlone } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { createCompany } from '../companies/index.ts';
import { addConfigured, appById, chainOf, findApp, readProviderConfig, readRouteConfig, routesOfAccount } from './index.ts';

let rt: Runtime;
before(async (t) => {
  ({ rt } = await startAlone(t as never));
});

const TWILIO = { type: 'twilio', account_sid: `AC${'a'.repeat(32)}`, auth_token: 'tok', from: '+14155238886' };
const OFFICIAL = { type: 'official', api_key: 'k', phone_number: 56220001111, waba_id: '' };
const EVOLUTION = { type: 'evolution', server_url: 'https://evo.example', api_key: 'k', instance: 'linea-1', allowed_ips: '10.0.0.0/8' };

/** The fields that a configuration is told to mend. */
function wrong(value: unknown): string[] {
  try {
    readRouteConfig(rt, value);
    return [];
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return error.issues.flatMap((i) => (i.code === 'unrecognized_keys' ? i.keys : [i.path.join('.')])).sort();
  }
}

test('a route is its type and the fields of its provider; what is wrong is named', () => {
  assert.deepEqual(readRouteConfig(rt, OFFICIAL), { provider: 'official', credentials: { api_key: 'k', phone_number: '56220001111' } });
  assert.deepEqual(wrong(TWILIO), []);
  assert.deepEqual(wrong({ type: 'twilio', account_sid: ' ' }), ['account_sid', 'auth_token', 'from']);
  assert.deepEqual(wrong({ ...TWILIO, from: {} }), ['from']);
  assert.deepEqual(wrong({ ...TWILIO, colour: 'red' }), ['colour']);
  assert.deepEqual(wrong({ account_sid: 'AC' }), ['type']);
  assert.deepEqual(wrong('twilio'), ['']);
  for (const type of ['smoke', '__proto__', 'constructor']) assert.throws(() => readRouteConfig(rt, { type }), { code: 'accounts.provider_unknown' });
  assert.throws(() => readRouteConfig(rt, { type: 'twilio' }), /Primary Auth Token/, 'with the help of the field');
});

test('a chain is read as the document writes it, one route alone is a chain of one', () => {
  const chain = readProviderConfig(rt, { primary: TWILIO, fallback: [OFFICIAL, EVOLUTION], fallback_threshold_errors: 5 });
  assert.deepEqual([chain.routes.map((r) => r.provider), chain.fallback_threshold_errors, chain.fallback_cooldown_seconds], [['twilio', 'official', 'evolution'], 5, 300]);
  assert.equal(readProviderConfig(rt, TWILIO).routes.length, 1);
  for (const bad of [{}, { primary: TWILIO, fallback_threshold_errors: 0 }, { primary: TWILIO, backup: [] }, { primary: TWILIO, fallback: Array(7).fill(OFFICIAL) }]) assert.throws(() => readProviderConfig(rt, bad), z.ZodError);
});

test('an account is made from its configuration alone: routes in order, secrets sealed, webhooks proved', async () => {
  const company = await createCompany(rt, { slug: 'abc', name: 'ABC', locale: 'es-CL' });
  const config = readProviderConfig(rt, { primary: TWILIO, fallback: [OFFICIAL, EVOLUTION], fallback_cooldown_seconds: 60 });
  const added = await addConfigured(rt, { companyId: company.id, name: 'Línea', config, base: 'abc' });
  const { accountId } = added[0]!;
  assert.deepEqual((await routesOfAccount(rt, accountId)).map((r) => [r.provider, r.sender_id, r.phone]), [['twilio', '14155238886', '14155238886'], ['official', '56220001111', '56220001111'], ['evolution', 'linea-1', null]]);
  assert.deepEqual([(await chainOf(rt, accountId)).threshold, (await chainOf(rt, accountId)).cooldownMs], [3, 60_000]);
  const apps = await Promise.all(added.map((a) => appById(rt, a.appId)));
  assert.equal(apps[0]!.secrets.appSecret, 'tok');
  // Made up, to be told to the carrier.
  for (const app of apps.slice(1)) assert.ok(app!.secrets.appSecret.length >= 24);
  assert.deepEqual(apps[2]!.secrets.more, { allowed_ips: '10.0.0.0/8' });
  assert.equal((await findApp(rt, 'twilio', 'abc'))?.id, added[0]!.appId);
  const again = await addConfigured(rt, { companyId: company.id, name: 'Línea', config: readProviderConfig(rt, EVOLUTION), base: 'abc' });
  assert.deepEqual([again[0]!.renewed, again[0]!.routeId, again[0]!.secrets.appSecret], [true, added[2]!.routeId, apps[2]!.secrets.appSecret]);
});
