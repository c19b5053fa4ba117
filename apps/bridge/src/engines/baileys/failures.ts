import { EngineError } from '../../engine.ts';

/** What Baileys throws before anything left. */
export function sendFailure(error: unknown): Error {
  if (error instanceof EngineError) return error;
  const { output, message } = error as { output?: { statusCode?: number }; message: string };
  const code = output?.statusCode;
  if (code === 408 || code === 428 || code === 503) return new EngineError('not_connected', 'The connection broke before it left.');
  if (code === 400 || code === 404 || code === 406) return new EngineError('invalid', message);
  if (/upload failed/i.test(message)) return new EngineError('not_connected', 'WhatsApp did not take the file; it may be tried again.');
  return error as Error;
}
