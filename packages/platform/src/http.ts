/**
 * Outgoing HTTP: undici pools by level of trust. `global fetch` is ten times slower here (platform-numbers).
 * carrier: configured API hosts · customer: URLs customers typed (SSRF guard) · media: file hosts (byte cap).
 */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** The whole exchange, connect to last byte. */
  readonly timeoutMs: number;
  /** An answer longer than this is cut off with HttpError `too_large`. Default 1 MiB. */
  readonly maxBytes?: number;
}
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>;
}
