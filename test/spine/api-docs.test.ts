import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { answer, createClient, ProblemError } from '@centralita/sdk';
import type { Scope } from '../harness/defer.ts';
import { apiClient, type ApiClient } from './api-client.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

// docs/api.md as a reader would try it, and the typed client of its last chapter.
const PHONE = '56911110001';
let desk: Desk;
let api: ApiClient;
before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { bot: MUNICIPALITY });
  api = await apiClient(desk);
  await desk.write(PHONE, 'hola');
  await desk.hears(PHONE, 1);
  await desk.settled();
});

test('every command of the guide works as it stands there', async () => {
  const guide = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
  const blocks = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((m) => m[1]!);
  assert.ok(blocks.length >= 6);
  const script = `set -eu\n${blocks.join('\necho\n')}`.replaceAll('http://127.0.0.1:8080', desk.url).replaceAll('ck_your_key', api.key);
  const { stdout } = await promisify(execFile)('sh', ['-c', script]);
  assert.match(stdout, /"whatsapp_message_id":"wamid\./);
  assert.match(stdout, /"queued":2/);
  assert.match(stdout, /processed/);
  assert.match(stdout, /"deduplication"/);
});

test('the typed client sends, reads, and throws problems by their code', async () => {
  const client = createClient({ baseUrl: `${desk.url}/`, apiKey: api.key });
  const sent = await answer(client.POST('/api/messages', { body: { phone_number: PHONE, type: 'text', content: 'desde el cliente' } }));
  assert.match(sent.whatsapp_message_id ?? '', /^wamid\./);
  const message = await answer(client.GET('/api/messages/{id}', { params: { path: { id: sent.id } } }));
  assert.equal(message.text, 'desde el cliente');
  await assert.rejects(answer(client.POST('/api/messages', { body: { phone_number: 'mal', type: 'text', content: 'x' } })), (error: unknown) => error instanceof ProblemError && error.code === 'api.phone_number');
});
