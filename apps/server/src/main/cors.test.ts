import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withDatabase } from '../../../../test/harness/database.ts';
import type { Scope } from '../../../../test/harness/defer.ts';
import { listenHttp } from './testing/http.ts';

test('pages of allowed origins may use the API with a key, others may not, and no page with a login', async (t) => {
  const { url: databaseUrl } = await withDatabase(t as unknown as Scope);
  const { url } = await listenHttp(t as unknown as Scope, { databaseUrl, config: { corsOrigins: ['https://crm.example'] } });
  const preflight = (origin: string): Promise<Response> =>
    fetch(`${url}/api/messages`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-api-key,content-type' } });
  const good = await preflight('https://crm.example');
  assert.deepEqual([good.status, good.headers.get('access-control-allow-origin'), good.headers.get('access-control-allow-credentials')], [204, 'https://crm.example', null]);
  assert.match(good.headers.get('access-control-allow-headers') ?? '', /x-api-key/);
  const bad = await preflight('https://evil.example');
  assert.equal(bad.headers.get('access-control-allow-origin'), null);
  assert.ok(bad.status >= 400);
  const asked = await fetch(`${url}/api/conversations`, { headers: { origin: 'https://crm.example' } });
  assert.deepEqual([asked.status, asked.headers.get('access-control-allow-origin'), asked.headers.get('vary')], [401, 'https://crm.example', 'origin']);
});
