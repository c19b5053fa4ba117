import type { Dispatcher } from 'undici';
import { HttpError, codeOf } from './errors.ts';
import type { HttpRequest } from './types.ts';

export interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Takes the body of one answer. A promise holds the socket back until it settles. */
export interface Sink {
  data(chunk: Buffer): Promise<void> | undefined;
}

export interface ExchangeSpec {
  readonly url: URL;
  readonly method: HttpRequest['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: HttpRequest['body'];
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Called once, with the head of the answer. */
  open(head: Head): Sink;
}

/** One request, one answer, on undici's lowest face: it alone tells whether a request was put on a socket. */
export function exchange(pool: Dispatcher, spec: ExchangeSpec): Promise<Head> {
  return new Promise((resolve, reject) => {
    const handler = new Exchange(spec, resolve, reject);
    pool.dispatch({
      origin: spec.url.origin,
      path: spec.url.pathname + spec.url.search,
      method: spec.method,
      headers: spec.headers,
      body: spec.body ?? null,
    } as Dispatcher.DispatchOptions, handler);
  });
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #spec: ExchangeSpec;
  readonly #resolve: (head: Head) => void;
  readonly #reject: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;
  #head: Head | undefined;
  #sink: Sink | undefined;
  #writing: Promise<void> | undefined;
  #bytes = 0;

  constructor(spec: ExchangeSpec, resolve: (head: Head) => void, reject: (error: unknown) => void) {
    this.#spec = spec;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#fail('timeout', `${spec.url.origin} did not answer in time`), spec.timeoutMs);
  }

  /** Called right before the first byte is written: up to here nothing has left. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Gave up while it waited for a socket: must not leave any more. Started before: a lost socket must not send it again.
    if (this.#settled || this.#controller) controller.abort(new Error('gave up'));
    else this.#controller = controller;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (this.#settled || status < 200) return;
    const flat: Record<string, string> = {};
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
    }
    this.#head = { status, headers: flat };
    // The answer to HEAD tells a length and has none.
    if (this.#spec.method !== 'HEAD' && Number(flat['content-length']) > this.#spec.maxBytes) return this.#tooLarge();
    this.#sink = this.#spec.open(this.#head);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    // undici's parser hands out an empty piece after each resume: pausing on that would go round for ever.
    if (this.#settled || !this.#sink || chunk.length === 0) return;
    this.#bytes += chunk.length;
    if (this.#bytes > this.#spec.maxBytes) return this.#tooLarge();
    const busy = this.#sink.data(chunk);
    if (!busy) return;
    controller.pause();
    this.#writing = busy.then(() => controller.resume()).catch((error: unknown) => {
      this.#end(() => this.#reject(error));
      controller.abort(new Error('gave up'));
    });
  }

  onResponseEnd(): void {
    const head = this.#head;
    if (!head) return this.#fail('broken', `${this.#spec.url.origin} ended without an answer`);
    if (this.#writing) void this.#writing.then(() => this.#end(() => this.#resolve(head)));
    else this.#end(() => this.#resolve(head));
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (error instanceof HttpError) return this.#end(() => this.#reject(error));
    const origin = this.#spec.url.origin;
    const code = codeOf(error);
    if (this.#controller) this.#fail('broken', `the connection to ${origin} ended before the whole answer came`, code);
    else if (code === 'UND_ERR_INVALID_ARG') this.#fail('invalid_url', `a request to ${origin} has a header or path that cannot be sent`, code);
    else this.#fail('connect', `no connection to ${origin}`, code);
  }

  #tooLarge(): void {
    this.#fail('too_large', `${this.#spec.url.origin} answered with more than ${this.#spec.maxBytes} bytes`);
  }

  #fail(kind: HttpError['kind'], text: string, code?: string): void {
    const message = code ? `${text} (${code})` : text;
    this.#end(() => this.#reject(new HttpError(kind, message, { sent: this.#controller !== undefined, code })));
    // Frees the socket.
    this.#controller?.abort(new Error('gave up'));
  }

  #end(settle: () => void): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    settle();
  }
}
