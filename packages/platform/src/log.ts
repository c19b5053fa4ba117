import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Names whose values never reach a log, wherever they stand in the logged object (two levels deep). */
const SECRET_NAMES = [
  'password', 'access_token', 'app_secret', 'appSecret', 'verify_token', 'verifyToken', 'authorization', 'cookie', 'api_key', 'apiKey', 'token', 'credentials', 'secrets', 'url',
];

/** JSON lines on stdout. Levels: trace, debug, info, warn, error, fatal, silent. `url` is redacted because carriers' media links are bearer secrets. */
export function createLog(level: string, bindings: Record<string, unknown> = {}): Logger {
  return pino({
    level,
    base: bindings,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Without it an error is logged without its message. Texts (`error: e.message`) pass as they are.
    serializers: { error: plainError },
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_NAMES.flatMap((n) => [n, `*.${n}`, `*.*.${n}`]), censor: '[secret]' },
  });
}

/** How often one line may be repeated: an outage of a minute is a dozen lines and not a thousand. */
const SELDOM_MS = 5000;

/** Warns of what may happen many times a second: each text once in five seconds, with the number of times it was left out. */
export function warnSeldom(log: Logger): (fields: Record<string, unknown>, text: string) => void {
  const said = new Map<string, { at: number; left: number }>();
  return (fields, text) => {
    const now = performance.now();
    const last = said.get(text);
    if (last && now - last.at < SELDOM_MS) {
      last.left += 1;
      return;
    }
    said.set(text, { at: now, left: 0 });
    log.warn(last && last.left > 0 ? { ...fields, repeated: last.left } : fields, text);
  };
}

/** Pino would write an Error of this name as {}. Only what says what happened: PostgreSQL's errors carry rows in their details. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack } = error;
  const code = 'code' in error ? String(error.code) : undefined;
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {};
  return { name, message, ...(code === undefined ? {} : { code }), ...cause, stack };
}
