/** Twilio's refusals: code → HTTP status, and what Meta's errors are there (providers 3.5). */
import { GraphError } from '../../graph/errors.ts';
import type { StatusFailure } from '../../store/messages.ts';

const HTTP: Readonly<Record<number, number>> = { 20003: 401, 20404: 404, 20429: 429, 20403: 403 };

export class TwilioError extends Error {
  readonly code: number;
  readonly http: number;

  constructor(code: number, message: string, http?: number) {
    super(message);
    this.code = code;
    this.http = http ?? HTTP[code] ?? 400;
  }
}

const OF_META: Readonly<Record<number, number>> = {
  130429: 20429, 131056: 20429, 131009: 21211, 131008: 21211, 131021: 63031, 131026: 63024, 131047: 63016, 131049: 63049, 131050: 21610, 131051: 63021,
  131053: 63019, 132000: 63028, 132001: 63027, 132012: 63028, 132015: 63041, 132016: 63042,
};

export function twilioCode(metaCode: number): number {
  return OF_META[metaCode] ?? 63021;
}

/** What a status callback says of a message that failed. */
export function failureOf(errors: readonly StatusFailure[] | undefined): { code: number; message: string } {
  const [first] = errors ?? [];
  return first === undefined ? { code: 30008, message: 'Unknown error' } : { code: twilioCode(first.code), message: first.title };
}

export function answerTwilio(error: unknown): { status: number; body: unknown; meant: boolean } {
  const known = error instanceof TwilioError ? error
    : error instanceof GraphError ? new TwilioError(twilioCode(error.code), error.details)
      : undefined;
  const status = known?.http ?? (typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500);
  const code = known?.code ?? (status < 500 ? 20001 : 20500);
  const message = known?.message ?? (error instanceof Error ? error.message : 'unknown error');
  return { status, meant: known !== undefined, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}
