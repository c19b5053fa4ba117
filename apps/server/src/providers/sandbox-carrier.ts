import { createHttp } from '@centralita/platform/http';
import { spawnApp } from '../../../../test/harness/processes.ts';
import { tempFolder } from '../../../../test/harness/folders.ts';
import type { CarrierEmulator } from './contract.suite.ts';

const PERSON = '56987650001';

/** What the sandbox tells of a number (docs/sandbox.md). */
export type NumberConfig = Readonly<Record<string, string>>;
type Calls = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) => Promise<Record<string, unknown>>;

/** How a carrier's number on the sandbox is used. */
export interface OnSandbox {
  /** What makes the number; without it, the demo number of Meta's. */
  readonly number?: Readonly<Record<string, unknown>>;
  use(config: NumberConfig): Pick<CarrierEmulator, 'credentials' | 'secrets'>;
  /** HTTP status of an error that is none of Meta's. */
  readonly http?: Readonly<Record<number, number>>;
  /** Changes what a sample sends; `call` reaches the sandbox. */
  prepare?(call: Calls, config: NumberConfig): Promise<void>;
}

/** For tests: the sandbox as a process of its own, with one number of a carrier and one phone. */
export async function startSandbox(on: OnSandbox = META): Promise<CarrierEmulator & { stop(): Promise<void>; readonly config: NumberConfig; readonly call: Calls }> {
  const cleanups: (() => unknown)[] = [];
  const scope = { after: (cleanup?: unknown) => void cleanups.push(cleanup as () => unknown) };
  const app = await spawnApp(scope, {
    script: 'apps/sandbox/src/main.ts',
    env: { SANDBOX_PORT: '0', SANDBOX_DATA: tempFolder(scope), SANDBOX_STATUS_DELAYS: '1,2,3' },
    ready: { line: /"listening":true/ },
  });
  const [, port] = await app.waitForLine(/"port":(\d+)/);
  const http = createHttp({ trust: 'carrier' });
  const call: Calls = async (method, path, body) => {
    const answer = await http.request({
      method, url: `http://127.0.0.1:${port}/sandbox${path}`, timeoutMs: 5_000,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.toString()}`);
    return JSON.parse(answer.body.toString()) as Record<string, unknown>;
  };
  const config = await (on.number ? call('POST', '/numbers', on.number) : call('GET', '/config')) as NumberConfig;
  const number = config['phone_number_id']!;
  await on.prepare?.(call, config);
  return {
    ...on.use(config), config, call,
    person: { addresses: [{ kind: 'phone', value: PERSON }] },
    async fault(fault) {
      const http_status = typeof fault === 'object' ? on.http?.[fault.code] : undefined;
      await call('POST', '/faults', typeof fault === 'object' ? { kind: 'error', code: fault.code, times: 1, ...(http_status === undefined ? {} : { http: http_status }) } : { kind: fault === 'drop' ? 'accept_then_drop' : 'timeout', times: 1 });
    },
    async accepted() {
      return ((await call('GET', `/outbox?phone_number_id=${number}`))['messages'] as { id: string }[]).map((m) => m.id);
    },
    async point(url) {
      await call('POST', `/numbers/${number}/webhook`, { url });
    },
    async personSends(what) {
      return (await call('POST', `/phones/${PERSON}/messages`, { to: number, ...what as object }))['id'] as string;
    },
    async stop() {
      await http.close();
      for (const cleanup of cleanups.reverse()) await cleanup();
    },
  };
}

const META: OnSandbox = {
  use: ({ phone_number_id = '', waba_id = '', access_token = '', app_secret = '', graph_url = '', verify_token = '' }) => ({
    credentials: { phone_number_id, waba_id, access_token, app_secret, graph_url }, secrets: { appSecret: app_secret, verifyToken: verify_token },
  }),
};
