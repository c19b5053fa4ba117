/** A customer's system that answers 200 and watches the order: ids of messages ascend, and must not go back within a conversation. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const latest = new Map<string, string>();
let got = 0;
let disorder = 0;
let firstAt = 0;
let lastAt = 0;
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const { data } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { data: { conversation_id: string; message_id: string } };
    if (data.message_id < (latest.get(data.conversation_id) ?? '')) disorder += 1;
    latest.set(data.conversation_id, data.message_id);
    got += 1;
    lastAt = performance.now();
    if (got === 1) firstAt = lastAt;
    response.writeHead(200).end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', (message) => {
  process.send?.({ got, disorder, seconds: (lastAt - firstAt) / 1000 });
  if (message === 'reset') {
    got = 0;
    disorder = 0;
    latest.clear();
  }
});
process.on('disconnect', () => process.exit());
