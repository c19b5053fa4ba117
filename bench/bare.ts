/** The ceiling of intake: a bare server that checks the signature, parses the body and answers, and keeps nothing. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const secret = process.argv[2] ?? '';
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const raw = Buffer.concat(parts);
    const given = Buffer.from(String(request.headers['x-hub-signature-256']).slice(7), 'hex');
    const good = createHmac('sha256', secret).update(raw).digest();
    JSON.parse(raw.toString('utf8'));
    response.writeHead(given.length === 32 && timingSafeEqual(good, given) ? 200 : 401, { 'content-type': 'application/json' });
    response.end('{"status":"received"}');
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
