/** A started sandbox and a business that listens, for tests: real processes, real HTTP. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export type Json = Record<string, unknown>;

export interface Config {
  business_number: string;
  phone_number_id: string;
  waba_id: string;
  app_id: string;
  app_secret: string;
  verify_token: string;
  access_token: string;
  graph_url: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  // Tests look into it member by member.
  readonly body: DeepJson;
}

/** JSON whose members can be looked into without a cast at each step; a missing one is undefined. */
export interface DeepJson {
  readonly [key: string]: DeepJson & string & number & boolean & readonly (DeepJson & string)[];
}

export interface Running {
  readonly process: ChildProcess;
  readonly origin: string;
  readonly dataDir: string;
  readonly config: Config;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** A Graph call with the demo app's token. */
  graph(method: string, path: string, body?: unknown): Promise<Answer>;
  /** A message of the demo number. */
  send(message: Json): Promise<Answer>;
  /** An upload of the demo number; `type` is left out unless given. */
  upload(file: { mime: string; bytes: Buffer; filename: string; type?: string }): Promise<Answer>;
  /** A message of a phone. */
  write(number: string, message: Json): Promise<Answer>;
  messages(number: string): Promise<DeepJson[]>;
  stop(): Promise<void>;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

export interface StartOptions {
  readonly dataDir?: string;
  readonly env?: Record<string, string>;
  readonly ipc?: boolean;
  /** `pipe`: whoever tests reads it; else it is shown. */
  readonly stderr?: 'pipe';
}

/** Fast statuses and retries, so that tests wait for milliseconds. */
const FAST = { SANDBOX_PORT: '0', SANDBOX_STATUS_DELAYS: '1,2,3', SANDBOX_RETRY_SCHEDULE: '20,40,80' };

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sandbox-test-'));
}

export async function startSandbox(options: StartOptions = {}): Promise<Running> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...FAST, SANDBOX_DATA: dataDir, ...options.env },
    stdio: ['ignore', 'pipe', options.stderr ?? 'inherit', ...(options.ipc === true ? ['ipc' as const] : [])],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    if (child.stdout === null) throw new Error('no stdout');
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
    createInterface({ input: child.stdout }).once('line', (line) => resolve(`http://127.0.0.1:${(JSON.parse(line) as { port: number }).port}`));
  });
  // A test that fails half way leaves nothing behind and does not hang.
  child.unref();
  for (const handle of [child.stdout, child.stderr, child.channel]) (handle as { unref?: () => void } | null | undefined)?.unref?.();
  process.once('exit', () => child.kill('SIGKILL'));
  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> => callAt(origin + path, { method, body, headers });
  const config = (await call('GET', '/sandbox/config')).body as unknown as Config;
  const graph = (method: string, path: string, body?: unknown): Promise<Answer> => call(method, path, body, { authorization: `Bearer ${config.access_token}` });
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    process: child, origin, dataDir, config, call, graph, kill,
    send: (message) => graph('POST', `/v25.0/${config.phone_number_id}/messages`, { messaging_product: 'whatsapp', ...message }),
    upload: async (file) => {
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      if (file.type !== undefined) form.set('type', file.type);
      form.set('file', new File([new Uint8Array(file.bytes)], file.filename, { type: file.mime }));
      const encoded = new Response(form);
      return call('POST', `/v25.0/${config.phone_number_id}/media`, Buffer.from(await encoded.arrayBuffer()), {
        authorization: `Bearer ${config.access_token}`, 'content-type': encoded.headers.get('content-type') ?? '',
      });
    },
    write: (number, message) => call('POST', `/sandbox/phones/${number}/messages`, message),
    messages: async (number) => (await call('GET', `/sandbox/phones/${number}/messages`)).body['messages'] as unknown as DeepJson[],
    stop: async () => {
      await kill('SIGTERM');
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function callAt(url: string, what: { method: string; body?: unknown; headers?: Record<string, string> }): Promise<Answer> {
  const raw = typeof what.body === 'string' || what.body instanceof Uint8Array;
  const answer = await request(url, {
    method: what.method as 'GET', body: what.body === undefined ? null : raw ? (what.body as string) : JSON.stringify(what.body),
    headers: { ...(what.body === undefined || raw ? {} : { 'content-type': 'application/json' }), ...what.headers },
  });
  const text = await answer.body.text();
  let body: unknown = text;
  if (String(answer.headers['content-type'] ?? '').includes('json')) body = JSON.parse(text);
  return { status: answer.statusCode, headers: answer.headers, body: body as DeepJson };
}

/** A webhook POST as it came in. */
export interface Hook {
  readonly raw: string;
  readonly signature: string;
  readonly path: string;
  readonly body: DeepJson;
  /** All `messages[]`, `statuses[]` of all entries and changes. */
  readonly messages: DeepJson[];
  readonly statuses: DeepJson[];
}

export interface Business {
  readonly url: string;
  readonly hooks: Hook[];
  /** What GETs asked for. */
  readonly handshakes: URLSearchParams[];
  /** Status to answer the next POSTs with; 'cut' breaks the connection, 'hang' never answers. */
  answers: (number | 'cut' | 'hang')[];
  /** Set: decides the status by what came, when `answers` is used up. */
  respond: ((hook: Hook) => number) | null;
  /** Set: handshakes are answered with that. */
  challenge: string | null;
  /** Resolves with the first result of `look` that is not undefined, looking again whenever a hook arrives. */
  until<T>(look: () => T | undefined): Promise<T>;
  /** The statuses so far of a message. */
  statusesOf(id: string): string[];
  untilStatus(id: string, status: string): Promise<DeepJson>;
  untilMessage(id: string): Promise<DeepJson>;
  stop(): Promise<void>;
}

export async function listen(): Promise<Business> {
  const waiting = new Set<() => void>();
  const server: Server = createServer((incoming, reply) => void take(incoming, reply));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const business: Business = {
    url: `http://127.0.0.1:${port}/hook`, hooks: [], handshakes: [], answers: [], respond: null, challenge: null,
    until: (look) => new Promise((resolve, reject) => {
      const failed = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`it did not come within 5 s; so far: ${business.hooks.map((hook) => hook.raw).slice(-8).join('\n')}`));
      }, 5000);
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(failed);
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    }),
    statusesOf: (id) => business.hooks.flatMap((hook) => hook.statuses).filter((status) => status['id'] === id).map((status) => String(status['status'])),
    untilStatus: (id, wanted) => business.until(() => business.hooks.flatMap((hook) => hook.statuses).find((status) => status['id'] === id && status['status'] === wanted)),
    untilMessage: (id) => business.until(() => business.hooks.flatMap((hook) => hook.messages).find((message) => message['id'] === id)),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function take(incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', business.url);
    if (incoming.method === 'GET') {
      business.handshakes.push(url.searchParams);
      reply.end(business.challenge ?? url.searchParams.get('hub.challenge'));
      return;
    }
    let raw = '';
    for await (const chunk of incoming) raw += String(chunk);
    const body = JSON.parse(raw) as DeepJson;
    const values = (body['entry'] as unknown as DeepJson[]).flatMap((entry) => entry['changes'] as unknown as DeepJson[]).map((change) => change['value'] as unknown as DeepJson);
    const all = (key: string): DeepJson[] => values.flatMap((value) => (value[key] ?? []) as unknown as DeepJson[]);
    const hook = { raw, signature: String(incoming.headers['x-hub-signature-256']), path: url.pathname, body, messages: all('messages'), statuses: all('statuses') };
    business.hooks.push(hook);
    const answer = business.answers.shift() ?? business.respond?.(hook) ?? 200;
    if (answer === 'cut') incoming.socket.destroy();
    else if (answer !== 'hang') reply.writeHead(answer).end('ok');
    for (const check of [...waiting]) check();
  }
  return business;
}

export function sign(raw: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
}

/** Looks again every few milliseconds until it is there; for state that announces itself to nobody. */
export async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  const until = performance.now() + 5000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > until) throw new Error('it did not happen within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A 1×1 PNG. */
export const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
