import { z } from 'zod';

/** Engines a host can run, one each (`BRIDGE_ENGINE`). `wppconnect` and `venom` both serve the provider `venom`. */
export const ENGINES = ['baileys', 'wwebjs', 'wppconnect', 'venom'] as const;
export const EngineName = z.enum(ENGINES);
export type EngineName = z.infer<typeof EngineName>;

/** Ports of the source document (B3). */
export const BRIDGE_PORTS: Readonly<Record<EngineName, number>> = { baileys: 3012, venom: 3013, wppconnect: 3013, wwebjs: 3014 };

/**
 * The state diagram of the source document (C7, 12.3.2), and three ways to end that want different help:
 * conflict: another program uses the same login · logged_out: unlinked, on the phone or by us; pair again · banned: WhatsApp refuses the number.
 */
export const SESSION_STATES = ['created', 'initialising', 'waiting_qr', 'connecting', 'active', 'reconnecting', 'closed', 'error', 'conflict', 'logged_out', 'banned'] as const;
export const SessionState = z.enum(SESSION_STATES);
export type SessionState = z.infer<typeof SessionState>;

/** Why a connection ended, in the words of no engine. What follows from each is decided in one place of the host. */
export const ENDINGS = [
  /** After pairing: connect again at once. */
  'restart',
  /** The connection broke. */
  'lost',
  /** WhatsApp asks to come back later. */
  'unavailable',
  /** Too many connections or requests. */
  'rate',
  /** The version we present is too old. */
  'outdated',
  /** Nobody scanned the code in time. */
  'pairing_expired',
  /** Another connection uses this login. */
  'conflict',
  'logged_out',
  /** Keys that do not fit together: after a few tries the session is paired anew. */
  'bad_session',
  /** The number was moved to another kind of multi-device login: pair anew. */
  'mismatch',
  'banned',
  /** What only an operator can mend: a browser that does not start, a wrong setting. */
  'broken',
] as const;
export const EndingKind = z.enum(ENDINGS);
export type EndingKind = z.infer<typeof EndingKind>;

/**
 * PostgreSQL channels. `hosts`: sessions changed that a host may have to take up or stop (empty payload). `server`: a session changed,
 * `SessionNotice` as JSON. Hints, never facts: the rows are.
 */
export const BRIDGE_CHANNELS = { hosts: 'centralita_bridge_hosts', server: 'centralita_bridge_server' } as const;
export interface SessionNotice {
  readonly session_id: string;
  readonly company_id: string;
  readonly state: SessionState;
}
