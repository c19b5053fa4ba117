/** What every Graph handler needs: the caller's app, the object of the path, the answer. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Sandbox } from '../context.ts';
import { Problem } from '../http/problem.ts';
import type { App, BusinessNumber, Waba } from '../store/identities.ts';
import { GraphError } from './errors.ts';
import { isFields } from './fields.ts';
import type { Fields } from './fields.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came. */
    raw_body: string;
    /** Whose token it is; set before every Graph handler. */
    graphApp: App | null;
    /** A send, as against a mark as read. */
    isSend: boolean;
  }
}

export type GraphRequest = FastifyRequest<{ Params: { id: string }; Querystring: Record<string, string | undefined> }>;

export function idOf(request: FastifyRequest): string | null {
  const { params } = request;
  return isFields(params) && typeof params['id'] === 'string' ? params['id'] : null;
}

/** Parameters of a call: Meta takes them from the body or the query. */
export function parametersOf(request: GraphRequest): Fields {
  return { ...request.query, ...fieldsOf(request) };
}

export function fieldsOf(request: FastifyRequest): Fields {
  return isFields(request.body) ? request.body : {};
}

/** The app behind the token. */
export function appOf(request: FastifyRequest): App {
  if (request.graphApp === null) throw new GraphError(190, 'No access token.');
  return request.graphApp;
}

export function notFound(id: string): GraphError {
  return new GraphError(100, `Unsupported request. Object with ID '${id.slice(0, 60)}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`, { subcode: 33 });
}

/** The number of the path, if the token's app owns it. */
export function ownNumber(sandbox: Sandbox, request: GraphRequest): BusinessNumber {
  const business = sandbox.identities.numbers.get(request.params.id);
  if (business === undefined || sandbox.identities.appOf(business).appId !== appOf(request).appId) throw notFound(request.params.id);
  return business;
}

/** The WABA of the path, if the token's app owns it. */
export function ownWaba(sandbox: Sandbox, request: GraphRequest): Waba {
  const waba = sandbox.identities.wabas.get(request.params.id);
  if (waba === undefined || waba.appId !== appOf(request).appId) throw notFound(request.params.id);
  return waba;
}

/** Only the fields asked for, always with the id; an unknown one is an error, as at Meta. */
export function select(object: Fields, asked: unknown, always: readonly string[] = ['id']): Fields {
  if (typeof asked !== 'string' || asked === '') return object;
  const names = asked.split(',').map((name) => name.trim().replace(/[{(].*$/, '')).filter((name) => name !== '');
  const chosen: Record<string, unknown> = {};
  for (const name of names) {
    if (!(name in object)) throw new GraphError(100, `Tried accessing nonexisting field (${name.slice(0, 60)})`);
    chosen[name] = object[name];
  }
  for (const name of always) chosen[name] = object[name];
  return chosen;
}

/** Answers once what happened is on disk. */
export function answerCommitted(sandbox: Sandbox, reply: FastifyReply, json: string): void {
  sandbox.journal.afterCommit((failure) => {
    if (failure !== undefined) answerError(sandbox, failure, reply);
    else void reply.type('application/json; charset=UTF-8').send(json);
  });
}

export function answerError(sandbox: Sandbox, error: unknown, reply: FastifyReply): void {
  if (error instanceof Problem) {
    void reply.code(error.status).type('application/problem+json').send(JSON.stringify(error.body()));
    return;
  }
  const graph = toGraphError(error);
  void reply.code(graph.http).type('application/json; charset=UTF-8').send(JSON.stringify(graph.body(`A${sandbox.runtime.token(22)}`)));
}

function toGraphError(error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  const message = error instanceof Error ? error.message : 'unknown error';
  if (status === 413) return new GraphError(131053, 'The file is over the limit of 100 MB.');
  if (status >= 400 && status < 500) return new GraphError(100, message);
  process.stderr.write(`${JSON.stringify({ level: 'error', msg: 'graph request failed', error: error instanceof Error ? error.stack : message })}\n`);
  return new GraphError(131000, 'The sandbox failed at this request: see its standard error.');
}
