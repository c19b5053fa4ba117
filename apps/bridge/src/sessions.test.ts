import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { waitFor } from '../../../test/harness/wait.ts';
import { Bed, type HostProcess } from './testing/bed.ts';

const LINE = '56911110001';
const ANA = '56961234567';
let bed: Bed;
let host: HostProcess;

before(async (t) => {
  bed = await Bed.open(t as never);
  host = await bed.host();
  await bed.linked(host, 'ventas', LINE);
});

const written = async (id: string): Promise<string | undefined> => {
  const all = await bed.sandbox.messages(ANA);
  return all.find((m) => m['id'] === id)?.['status'];
};

test('text goes both ways, with its ticks and both addresses of the person', async () => {
  const sent = await bed.call(host, 'POST', '/send', { session_name: 'ventas', to: `+${ANA}`, message: 'Hola', id: '3EB0AAAAAAAAAAAAAAAAAA' });
  assert.deepEqual([sent.status, sent.body['status'], sent.body['repeated']], [200, 'sent', false]);
  await waitFor(() => written('3EB0AAAAAAAAAAAAAAAAAA'), { what: 'the phone to have it' });
  for (const status of ['sent', 'delivered', 'read']) await bed.heard('status', (e) => e.id === '3EB0AAAAAAAAAAAAAAAAAA' && e.status === status);
  const { body } = await bed.sandbox.write(ANA, { to: LINE, type: 'text', text: 'Buenas' });
  const heard = await bed.heard('message', (e) => e.id === body['id']);
  assert.deepEqual([heard.content, heard.from_me, heard.backfilled, heard.peer.phone], [{ type: 'text', text: 'Buenas' }, false, false, ANA]);
  assert.match(heard.peer.lid ?? '', /^\d+$/);
});

test('the same id again is not a second message', async () => {
  const again = await bed.call(host, 'POST', '/send', { session_name: 'ventas', to: ANA, message: 'Hola', id: '3EB0AAAAAAAAAAAAAAAAAA' });
  assert.deepEqual([again.status, again.body['repeated']], [200, true]);
});
