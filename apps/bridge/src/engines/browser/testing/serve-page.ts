import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { defer, type Scope } from '../../../../../../test/harness/defer.ts';

/** Serves a stand-in (a file of this folder) at WhatsApp Web's own address; answers the arguments with which a Chromium goes there. */
export async function servePage(t: Scope, file: string): Promise<string[]> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'web.whatsapp.com' }]);
  const html = readFileSync(new URL(file, import.meta.url));
  const server = createServer({ key, cert }, (_request, response) => response.setHeader('content-type', 'text/html').end(html));
  defer(t, () => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return ['--remote-debugging-port=0', '--ignore-certificate-errors', `--host-resolver-rules=MAP web.whatsapp.com 127.0.0.1:${(server.address() as AddressInfo).port}`];
}
