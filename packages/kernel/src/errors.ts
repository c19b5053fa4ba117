/** One entry of a module's error catalogue. `text` says what happened and what to do next. */
export interface ErrorSpec {
  readonly status: number;
  readonly text: string;
}

/** An error meant for the caller: becomes problem details (RFC 9457) on the wire. Anything else is a 500. */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  /** More about this one occurrence: which field, which id. Never a secret. */
  readonly detail: string | undefined;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: string, spec: ErrorSpec, detail?: string, extra: Record<string, unknown> = {}) {
    super(detail ? `${spec.text} ${detail}` : spec.text);
    this.name = 'AppError';
    this.code = code;
    this.status = spec.status;
    this.detail = detail;
    this.extra = extra;
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}

type Thrower = (detail?: string, extra?: Record<string, unknown>) => AppError;

/**
 * Makes a module's catalogue: `const errors = defineErrors('inbox', { not_found: { status: 404, text: '…' } })`,
 * then `throw errors.not_found('conv_…')`. The code on the wire is `inbox.not_found`.
 */
export function defineErrors<K extends string>(room: string, specs: Record<K, ErrorSpec>): Record<K, Thrower> & { readonly catalogue: Record<string, ErrorSpec> } {
  const catalogue: Record<string, ErrorSpec> = {};
  const out: Record<string, unknown> = { catalogue };
  for (const [name, spec] of Object.entries<ErrorSpec>(specs)) {
    const code = `${room}.${name}`;
    catalogue[code] = spec;
    out[name] = (detail?: string, extra?: Record<string, unknown>) => new AppError(code, spec, detail, extra);
  }
  return out as Record<K, Thrower> & { readonly catalogue: Record<string, ErrorSpec> };
}
