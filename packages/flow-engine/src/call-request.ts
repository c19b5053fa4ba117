import { z } from 'zod';

/**
 * A text with secrets left out: pieces of plain text and names of secrets, to be joined where the call is made. Secrets
 * are neither in the session nor in an event, and since the pieces are a structure, no text typed by a person can ask
 * for one. `escape: 'json'`: the value goes inside a JSON string.
 */
export const Text = z.array(z.union([
  z.string(),
  z.strictObject({ secret: z.string(), escape: z.enum(['none', 'json']) }),
]));
export type Text = z.infer<typeof Text>;

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;

/** An HTTP request to make. `url` is absolute and carries no secret. */
export const CallRequest = z.strictObject({
  method: z.enum(METHODS),
  url: z.string(),
  headers: z.record(z.string(), Text),
  body: Text.optional(),
  timeout_ms: z.number().int(),
});
export type CallRequest = z.infer<typeof CallRequest>;

/** A request ready to be sent. */
export interface ResolvedRequest {
  readonly method: CallRequest['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeout_ms: number;
}

/** Names of the secrets a request needs. */
export function secretsOf(request: CallRequest): readonly string[] {
  const texts = [...Object.values(request.headers), ...(request.body ? [request.body] : [])];
  return [...new Set(texts.flatMap((text) => text.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.secret]))))];
}

/**
 * Puts the secrets in. The result must not be stored or logged.
 * @throws Error naming the secret that `lookup` does not know.
 */
export function resolveRequest(request: CallRequest, lookup: (name: string) => string | undefined): ResolvedRequest {
  const join = (text: Text): string => text.map((piece) => {
    if (typeof piece === 'string') return piece;
    const value = lookup(piece.secret);
    if (value === undefined) throw new Error(`the secret ${piece.secret} is not set; add it to the company's secrets`);
    return piece.escape === 'json' ? JSON.stringify(value).slice(1, -1) : value;
  }).join('');
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(request.headers)) headers[name] = join(text).replace(/[\r\n\0]+/g, ' ');
  return {
    method: request.method, url: request.url, headers, timeout_ms: request.timeout_ms,
    ...(request.body && { body: join(request.body) }),
  };
}
