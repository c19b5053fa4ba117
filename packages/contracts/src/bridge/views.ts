import { z } from 'zod';
import { EngineName, SessionState } from './session.ts';

/** `GET /status/{session}`, and the entries of `GET /sessions`. */
export const BridgeSession = z.object({
  id: z.string(),
  session_name: z.string(),
  engine: EngineName,
  state: SessionState,
  /** `state` is `active`. */
  connected: z.boolean(),
  reason: z.object({ code: z.string(), text: z.string() }).nullable(),
  state_since: z.string(),
  phone: z.string().nullable(),
  lid: z.string().nullable(),
  name: z.string().nullable(),
  has_qr: z.boolean(),
  /** Whether this host runs it now; otherwise `host` tells which one does, if any. */
  here: z.boolean(),
  host: z.object({ id: z.string(), url: z.string() }).nullable(),
  reconnects: z.number(),
  last_activity_at: z.string().nullable(),
  /** Browser engines: when the login was last stored, which is what another host would start from. */
  profile_stored_at: z.string().nullable(),
});
export type BridgeSession = z.infer<typeof BridgeSession>;
export const BridgeSessionList = z.object({ sessions: z.array(BridgeSession) });

/** `GET /health`, without the secret; 503 while the database is away or the host is stopping. */
export const BridgeHealth = z.object({
  status: z.enum(['ok', 'unavailable']),
  engine: EngineName,
  host_id: z.string(),
  version: z.string(),
  /** Whether it talks to the sandbox (true) or to WhatsApp. */
  sandbox: z.boolean(),
  sessions: z.number(),
  active: z.number(),
  rss_bytes: z.number(),
  uptime_seconds: z.number(),
  warnings: z.array(z.string()),
});
export type BridgeHealth = z.infer<typeof BridgeHealth>;
