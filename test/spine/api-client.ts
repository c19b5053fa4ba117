import { z } from 'zod';
import { endpoints, type Endpoint } from '@centralita/contracts/api';
import { createClient, type Centralita } from '@centralita/sdk';
import { createApiKey, type Role } from '../../apps/server/src/modules/companies/index.ts';
import type { Desk } from './desk.ts';

export interface ApiReply<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly json: T;
  readonly text: string;
}
export interface ApiCall {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Another system with a key, over real HTTP. Every answer must have the status and the shape that the document promises. */
export class ApiClient {
  readonly key: string;
  /** The same as the SDK has it, for what is known to be right: `answer(api.sdk.GET(…))`. */
  readonly sdk: Centralita;

  constructor(url: string, key: string) {
    this.key = key;
    this.sdk = createClient({ baseUrl: url, apiKey: key, fetch: checked });
  }

  async call<T = Record<string, unknown>>(method: string, path: string, { body, headers = {} }: ApiCall = {}): Promise<ApiReply<T>> {
    // Bodies that are wrong on purpose, which the SDK's types refuse.
    const { response } = await this.sdk.request(method.toLowerCase() as 'get', path as '/api/me', { parseAs: 'stream', headers: { ...headers }, ...(body !== undefined && { body }) } as Record<string, unknown>);
    const { text, json } = told.get(response)!;
    return { status: response.status, headers: response.headers, json: json as T, text };
  }

  /** The JSON of a 2xx. */
  async get<T>(path: string): Promise<T> {
    const answer = await this.call<T>('GET', path);
    if (answer.status >= 300) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  }
  post<T = Record<string, unknown>>(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<ApiReply<T>> {
    return this.call<T>('POST', path, { body, headers });
  }
}

/** What was read of an answer to check it. */
const told = new WeakMap<Response, { readonly text: string; readonly json: unknown }>();

/** As `fetch`; the answer must have the status and the shape that the document promises. */
export async function checked(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (/^(image|audio|video|application\/pdf)/.test(response.headers.get('content-type') ?? '')) return response;
  const text = await response.clone().text();
  const json: unknown = (response.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : undefined;
  told.set(response, { text, json });
  checkAnswer(endpointOf(request.method, new URL(request.url).pathname), { status: response.status, json, text });
  return response;
}

export async function apiClient(desk: Pick<Desk, 'rt' | 'url' | 'company'>, role: Role = 'administrator', companyId = desk.company.id): Promise<ApiClient> {
  return new ApiClient(desk.url, await desk.rt.db.shared((tx) => createApiKey(tx, companyId, { name: `test ${role}`, role })));
}

/** The endpoint that serves an address: one with fewer names in it wins. */
export function endpointOf(method: string, path: string): Endpoint {
  const [bare = ''] = path.split('?');
  const found = endpoints.filter((e) => e.method === method.toLowerCase() && new RegExp(`^${e.path.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(bare))
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
  if (!found) throw new Error(`${method} ${path} is not in the document`);
  return found;
}

const ProblemShape = z.looseObject({ type: z.string(), title: z.string(), status: z.number(), code: z.string(), request_id: z.string() });

function checkAnswer(endpoint: Endpoint, { status, json, text }: { status: number; json: unknown; text: string }): void {
  if (status >= 400) {
    ProblemShape.parse(json);
    return;
  }
  const promised = endpoint.answers[status];
  if (!promised) throw new Error(`${endpoint.id}: answered ${status}, which the document does not tell: ${text}`);
  if (!promised.schema) return;
  const result = strict(promised.schema).safeParse(promised.type === 'text/plain' ? text : json);
  if (!result.success) throw new Error(`${endpoint.id}: the answer is not as the document tells: ${z.prettifyError(result.error)}\n${text.slice(0, 1000)}`);
}

/** What the document does not name must not be answered either, on the outer level. */
function strict(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodObject && schema.def.catchall === undefined ? schema.strict() : schema;
}
