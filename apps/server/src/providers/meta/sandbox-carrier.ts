import { createHttp } from '@centralita/platform/http';
import { spawnApp } from '../../../../../test/harness/processes.ts';
import { tempFolder } from '../../../../../test/harness/folders.ts';
import type { CarrierEmulator } from '../contract.suite.ts';

const PERSON = '56987650001';

/** For tests: the sandbox as a process of its own, with one phone. */
export async function startSandbox(): Promise<CarrierEmulator & { stop(): Promise<void> }> {
  const cleanups: (() => unknown)[] = [];
  const scope = { after: (cleanup?: unknown) => void cleanups.push(cleanup as () => unknown) };
  const app = await spawnApp(scope, {
    script: 'apps/sandbox/src/main.ts',
    env: { SANDBOX_PORT: '0', SANDBOX_DATA: tempFolder(scope), SANDBOX_STATUS_DELAYS: '1,2,3' },
    ready: { line: /"listening":true/ },
  });
  const [, port] = await app.waitForLine(/"port":(\d+)/);
  const http = createHttp({ trust: 'carrier' });
  async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await http.request({
      method, url: `http://127.0.0.1:${port}/sandbox${path}`, timeoutMs: 5_000,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.toString()}`);
    return JSON.parse(answer.body.toString()) as Record<string, unknown>;
  }
  const config = await call('GET', '/config') as Record<string, string>;
  const { phone_number_id = '', waba_id = '', access_token = '', app_secret = '', graph_url = '', verify_token = '' } = config;
  return {
    credentials: { phone_number_id, waba_id, access_token, app_secret, graph_url },
    secrets: { appSecret: app_secret, verifyToken: verify_token },
    person: { addresses: [{ kind: 'phone', value: PERSON }] },
    async fault(fault) {
      await call('POST', '/faults', typeof fault === 'object' ? { kind: 'error', code: fault.code, times: 1 } : { kind: fault === 'drop' ? 'accept_then_drop' : 'timeout', times: 1 });
    },
    async accepted() {
      return ((await call('GET', '/outbox'))['messages'] as { id: string }[]).map((m) => m.id);
    },
    async personSends(what) {
      return (await call('POST', `/phones/${PERSON}/messages`, what))['id'] as string;
    },
    async stop() {
      await http.close();
      for (const cleanup of cleanups.reverse()) await cleanup();
    },
  };
}
