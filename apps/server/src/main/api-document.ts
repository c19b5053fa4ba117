import { endpoints, TAGS, type Endpoint } from '@centralita/contracts/api';
import { Problem } from '@centralita/contracts';
import { problemCatalogue } from './catalogue.ts';
import { Schemas, type JsonSchema } from './json-schemas.ts';
import { version } from './version.ts';

type Part = { [key: string]: unknown };

const PARAMETERS: Readonly<Record<string, string>> = {
  id: 'Its id, as lists give it.', provider: 'The carrier: `meta`, `official`, `twilio`, `evolution`.', app: 'The name of the webhook.', token: 'As in the address that was given.',
};
const TEXT = `Send and receive WhatsApp messages over any carrier; see conversations, contacts, bots and queues.

Say who you are with an API key in \`X-Api-Key\` (or \`apikey\`, or \`Authorization: Bearer\`). Ids carry a prefix (\`msg_…\`, \`conv_…\`); times are ISO 8601 in UTC; numbers
are taken as digits or E.164 and answered as E.164. Lists go page by page: give \`next_cursor\` back as \`cursor\`. Every error is a problem (RFC 9457) with a stable \`code\`.`;

/** The OpenAPI document of the whole API, made from the endpoints' descriptions and the rooms' catalogues of problems. */
export function apiDocument({ url = '/' }: { readonly url?: string } = {}): Part {
  const schemas = new Schemas();
  const problem = schemas.output(Problem);
  const paths: Record<string, Part> = {};
  for (const endpoint of endpoints) (paths[endpoint.path] ??= {})[endpoint.method] = operation(endpoint, { schemas, problem });
  const used = new Set(endpoints.map((e) => e.tag));
  return {
    openapi: '3.1.0',
    info: { title: 'Centralita', version: version(), description: TEXT, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url }],
    security: [{ apiKey: [] }, { bearer: [] }, { login: [], csrf: [] }],
    tags: Object.entries(TAGS).filter(([name]) => used.has(name as Endpoint['tag'])).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: schemas.components(),
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'A key of your company (settings, API keys). `apikey` is understood too.' },
        bearer: { type: 'http', scheme: 'bearer', description: 'The same key, or a token of an issuer that your installation believes.' },
        login: { type: 'apiKey', in: 'cookie', name: 'centralita', description: 'A browser’s login.' },
        csrf: { type: 'apiKey', in: 'header', name: 'x-csrf-token', description: 'With a browser’s login, for everything that changes something: `csrf` of `GET /api/me`.' },
      },
    },
  };
}

interface Context {
  readonly schemas: Schemas;
  readonly problem: JsonSchema;
}

function operation(e: Endpoint, context: Context): Part {
  const permission = e.permission === undefined || e.permission === 'public' ? undefined : `Permission: \`${e.permission}\`.`;
  const parameters = [...pathParameters(e), ...queryParameters(e, context), ...headerParameters(e)];
  return {
    operationId: e.id, tags: [e.tag], summary: e.summary,
    description: [e.description, permission].filter(Boolean).join('\n\n') || e.summary,
    ...(e.permission === 'public' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(e.body && { requestBody: requestBody(e.body, context) }),
    responses: { ...answers(e, context), ...problems(e, context) },
  };
}

function pathParameters(e: Endpoint): Part[] {
  return [...e.path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => ({ name, in: 'path', required: true, description: PARAMETERS[name] ?? '', schema: { type: 'string' } }));
}

function queryParameters(e: Endpoint, { schemas }: Context): Part[] {
  if (!e.query) return [];
  const properties = schemas.output(e.query)['properties'] as Record<string, JsonSchema>;
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name, in: 'query', required: !(e.query!.shape[name] as { safeParse(v: unknown): { success: boolean } }).safeParse(undefined).success, schema,
    ...(description !== undefined && { description }),
  }));
}

function headerParameters(e: Endpoint): Part[] {
  return Object.entries(e.headers ?? {}).map(([name, { description, example }]) => ({ name, in: 'header', required: false, description, schema: { type: 'string' }, ...(example !== undefined && { example }) }));
}

function requestBody(body: NonNullable<Endpoint['body']>, { schemas }: Context): Part {
  const schema = body.schema ? schemas.input(body.schema) : { type: 'string', format: 'binary' };
  return { required: body.required ?? true, content: { [body.type ?? 'application/json']: { schema, ...(body.example !== undefined && { example: body.example }) } } };
}

function answers(e: Endpoint, { schemas }: Context): Record<string, Part> {
  return Object.fromEntries(Object.entries(e.answers).map(([status, { description, schema, example, type }]) => {
    const media = schema ? { schema: schemas.output(schema), ...(example !== undefined && { example }) } : type === undefined ? undefined : { schema: { type: 'string', format: 'binary' } };
    return [status, { description, ...(media && { content: { [type ?? 'application/json']: media } }) }];
  }));
}

/** Those worth knowing beforehand, by their status; every other problem is told as `default`. */
function problems(e: Endpoint, { problem }: Context): Record<string, Part> {
  const codes = [...(e.permission === 'public' ? [] : ['companies.not_signed_in', 'companies.wrong_key']), ...(e.permission === undefined || e.permission === 'public' ? [] : ['companies.forbidden']),
    ...(e.body?.schema || e.query ? ['request.invalid'] : []), ...(e.problems ?? [])];
  const content = { 'application/problem+json': { schema: problem } };
  const byStatus = Map.groupBy(codes, (code) => {
    const spec = problemCatalogue[code];
    if (!spec) throw new Error(`${e.id}: there is no problem “${code}”`);
    return String(spec.status);
  });
  return {
    ...Object.fromEntries([...byStatus].sort(([a], [b]) => (a < b ? -1 : 1)).map(([status, list]) => [status, { description: list.map((code) => `\`${code}\`: ${problemCatalogue[code]!.text}`).join('\n\n'), content }])),
    default: { description: 'Any other problem.', content },
  };
}
