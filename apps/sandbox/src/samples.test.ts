/** Meta's own example requests, when the samples are there: each is understood, or refused for what it lacks. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startSandbox } from './testing/harness.ts';
import type { Json } from './testing/harness.ts';

const SAMPLES = fileURLToPath(new URL('../../../../shared/samples/cloud-api/meta-docs-requests', import.meta.url));

test('Meta’s example requests', { skip: existsSync(SAMPLES) ? false : '../shared/samples is not here' }, async () => {
  const sandbox = await startSandbox();
  await sandbox.call('PATCH', `/sandbox/numbers/${sandbox.config.phone_number_id}`, { tier: 'UNLIMITED' });
  let accepted = 0;
  for (const name of readdirSync(SAMPLES)) {
    const sample = JSON.parse(readFileSync(join(SAMPLES, name), 'utf8')) as Json;
    const body = (sample['body'] ?? sample) as Json;
    if (body['messaging_product'] !== 'whatsapp' || body['type'] === undefined) continue;
    const answer = await sandbox.send(body);
    if (answer.status === 200) accepted += 1;
    else {
      // Placeholders, media and templates that only exist in the example.
      const code = Number(answer.body['error']?.['code']);
      assert.ok([100, 131008, 131009, 132001, 131053].includes(code), `${name}: ${JSON.stringify(answer.body)} for ${JSON.stringify(body)}`);
    }
  }
  assert.ok(accepted >= 8, `only ${accepted} were accepted`);
  await sandbox.stop();
});
