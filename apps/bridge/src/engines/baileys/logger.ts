import type { Logger } from '@centralita/platform/log';

/** What Baileys wants of a logger; it exports no such type by itself. */
export interface BaileysLogger {
  level: string;
  child(bindings: Record<string, unknown>): BaileysLogger;
  trace(object: unknown, text?: string): void;
  debug(object: unknown, text?: string): void;
  info(object: unknown, text?: string): void;
  warn(object: unknown, text?: string): void;
  error(object: unknown, text?: string): void;
}

/** Its objects hold keys and messages: only texts pass, warnings and errors, and only at our debug level. */
export function baileysLogger(log: Logger): BaileysLogger {
  const nothing = (): void => undefined;
  const pass = (object: unknown, text?: string): void => {
    log.debug({ said: typeof object === 'string' ? object : reasonOf(object) }, text ?? 'baileys');
  };
  const logger: BaileysLogger = { level: 'warn', child: () => logger, trace: nothing, debug: nothing, info: nothing, warn: pass, error: pass };
  return logger;
}

function reasonOf(object: unknown): string | undefined {
  if (typeof object !== 'object' || object === null) return undefined;
  for (const value of Object.values(object)) if (value instanceof Error) return value.message;
  return undefined;
}
