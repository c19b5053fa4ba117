/**
 * connect: no connection (DNS, refused, TLS, connect timeout, client closed) · timeout: `timeoutMs` went by ·
 * broken: the connection ended early or spoke no HTTP · too_large: the answer passed `maxBytes` ·
 * blocked: the SSRF guard or the redirect rules refused · invalid_url: not a request that can be made.
 */
export type HttpErrorKind = 'connect' | 'timeout' | 'broken' | 'too_large' | 'blocked' | 'invalid_url';

/** There was no whole answer. The text names the origin only: paths and queries may hold secrets. */
export class HttpError extends Error {
  readonly kind: HttpErrorKind;
  /** False: the request certainly never left this machine, trying again is safe. True: doubtful, it may have been acted upon. */
  readonly sent: boolean;
  /** The system's code where there is one (`ECONNREFUSED`). */
  readonly code: string | undefined;

  constructor(kind: HttpErrorKind, text: string, about: { readonly sent: boolean; readonly code?: string | undefined }) {
    super(text);
    this.name = 'HttpError';
    this.kind = kind;
    this.sent = about.sent;
    this.code = about.code;
  }
}

/** The code of a system or undici error, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
