/** The ceiling of turns: acknowledges at once and answers each message, with one client, and keeps nothing. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

interface Body {
  readonly entry: readonly { readonly changes: readonly { readonly value: { readonly metadata: { readonly phone_number_id: string }; readonly messages?: readonly { readonly from: string }[] } }[] }[];
}
const [sandbox = '', token = ''] = process.argv.slice(2);
const pool = new Pool(sandbox, { connections: 64, pipelining: 1 });
let sent = 0;

async function answer(number: string, to: string): Promise<void> {
  sent += 1;
  const reply = await pool.request({ path: `/v25.0/${number}/messages`, method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ messaging_product: 'whatsapp', to, type: 'text', text: { body: 'Anotado. ¿Algo más?' }, biz_opaque_callback_data: `bare-${process.pid}-${sent}` }) });
  await reply.body.dump();
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(new URL(request.url ?? '/', 'http://localhost').searchParams.get('hub.challenge'));
    return;
  }
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    response.end('ok');
    const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as Body;
    for (const { changes } of body.entry) {
      for (const { value } of changes) for (const message of value.messages ?? []) void answer(value.metadata.phone_number_id, message.from);
    }
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
