export type EmbeddedErrorCode = 'no_binaries' | 'no_runner' | 'in_use' | 'wrong_version' | 'not_ours' | 'init_failed' | 'start_failed';

/** Why the embedded PostgreSQL does not run; the message is for people and says what to do. */
export class EmbeddedError extends Error {
  readonly code: EmbeddedErrorCode;

  constructor(code: EmbeddedErrorCode, message: string) {
    super(message);
    this.name = 'EmbeddedError';
    this.code = code;
  }
}
