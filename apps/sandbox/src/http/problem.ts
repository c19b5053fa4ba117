/** Errors of the sandbox's own HTTP: RFC 9457 problem details that say what, where and what to do. */
export class Problem extends Error {
  readonly status: number;
  readonly where: string | undefined;
  readonly toDo: string;

  /** `what` is one sentence; `toDo` the next step. */
  constructor(status: number, what: string, more: { where?: string; toDo: string }) {
    super(what);
    this.status = status;
    this.where = more.where;
    this.toDo = more.toDo;
  }

  body(): Record<string, unknown> {
    return {
      type: 'about:blank', title: TITLES[this.status] ?? 'Error', status: this.status, detail: this.message,
      ...(this.where === undefined ? {} : { where: this.where }), what_to_do: this.toDo,
    };
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request', 403: 'Forbidden', 404: 'Not found', 409: 'Conflict', 413: 'Too large', 415: 'Unsupported media', 421: 'Wrong host',
  422: 'Cannot be done', 500: 'Internal error', 502: 'Handshake failed',
};
