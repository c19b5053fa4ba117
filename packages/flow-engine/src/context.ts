import type { Json } from './json.ts';

/** The world as a turn sees it: everything a template or an expression may read besides variables and input. */
export interface EngineContext {
  /** The time of the turn, ISO 8601 in UTC: the engine has no clock. */
  readonly now: string;
  readonly contact: { readonly name?: string | null; readonly phone?: string | null; readonly [key: string]: Json | undefined };
  readonly account: { readonly [key: string]: Json | undefined };
  readonly company: {
    readonly name: string;
    /** IANA zone, e.g. `America/Santiago`: dates are shown in it. */
    readonly timezone: string;
    /** BCP 47, e.g. `es-CL`: names of months, decimal separator. */
    readonly locale: string;
    readonly [key: string]: Json | undefined;
  };
  readonly conversation: { readonly id: string; readonly [key: string]: Json | undefined };
}
