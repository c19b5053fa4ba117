import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CarrierEmulator } from '../../contract.suite.ts';

const SESSION = 'bot_ventas_abc';
export const SECRET = 'shared-by-both-sides';
const PERSON = '56987650001';

/** For tests: a bridge as requirement B3 has it, with one session and one person, that tells statuses and hands files out. */
export async function startForeignBridge(): Promise<CarrierEmulator & { stop(): Promise<void> }> {
  const accepted: string[] = [];
  const files = new Map<string, { data: Buffer; mimetype: string }>();
  let webhook = '';
  let fault: Parameters<CarrierEmulator['fault']>[0] | undefined;
  let n = 0;

  const tell = async (body: object): Promise<void> => {
    await fetch(webhook, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${SECRET}` }, body: JSON.stringify({ session_name: SESSION, ...body }) });
  };
  async function sent(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString()) as { session_name: string; to: string };
    if (body.session_name !== SESSION) return answer(response, 404, { error: 'Session not found' });
    const wrong = fault;
    fault = undefined;
    if (typeof wrong === 'object') return answer(response, wrong.code, { error: wrong.code === 503 ? 'No hay sesión activa' : 'No' });
    const id = `true_${body.to}@c.us_3EB0${++n}`;
    accepted.push(id);
    if (wrong === 'silence') return undefined;
    if (wrong === 'drop') return request.socket.destroy();
    answer(response, 200, { success: true, message_id: id });
    for (const ack of [1, 2]) await tell({ message_id: id, to: `${body.to}@c.us`, ack });
    return undefined;
  }
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${SECRET}`) return answer(response, 401, { error: 'Unauthorized' });
    const [, call = '', name = ''] = request.url!.split('/').map(decodeURIComponent);
    if (request.method === 'POST' && (call === 'send' || call === 'send-media')) return void sent(request, response);
    const file = call === 'files' ? files.get(name) : undefined;
    if (file) return response.writeHead(200, { 'content-type': file.mimetype }).end(file.data);
    if (name !== SESSION || call !== 'status') return answer(response, 404, { error: 'Not found' });
    return answer(response, 200, { status: 'CONNECTED' });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bridge_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    credentials: { bridge_url, session_name: SESSION, secret: SECRET }, secrets: { appSecret: SECRET, verifyToken: '' },
    person: { addresses: [{ kind: 'phone', value: PERSON }] },
    async fault(next) {
      fault = next;
    },
    async accepted() {
      return [...accepted];
    },
    async point(url) {
      webhook = url;
    },
    async personSends(what) {
      const { text, data, ...more } = what as { text?: string; data?: Buffer; mimetype?: string };
      const id = `false_${PERSON}@c.us_3A${++n}`;
      if (data) files.set(id, { data, mimetype: more.mimetype! });
      await tell({ from: `${PERSON}@c.us`, message_id: id, ...(text !== undefined && { message: text }), ...(data && { media_url: `${bridge_url}/files/${encodeURIComponent(id)}` }), ...more });
      return id;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
