import type { z } from 'zod';
import * as v from './values.ts';

export interface Field<S extends z.ZodType = z.ZodType> {
  /** The environment variable. */
  readonly env: string;
  readonly help: string;
  readonly schema: S;
  /** As it would be written in the environment. Absent: the value is undefined, or follows from others (see `otherwise`). */
  readonly fallback?: string;
  /** What happens without a value, for people, where there is no fixed default. */
  readonly otherwise?: string;
  /** Never shown, logged or quoted in a problem. */
  readonly secret?: true;
}

/** A field with a default: its value is always there. */
function given<S extends z.ZodType>(env: string, schema: S, rest: { help: string; fallback: string; secret?: true }) {
  return { env, schema, ...rest } satisfies Field<S>;
}

/** A field that may be absent. */
function optional<S extends z.ZodType>(env: string, schema: S, rest: { help: string; otherwise: string; secret?: true }) {
  return { env, schema, ...rest } satisfies Field<S>;
}

/** Every setting of the server, in the order `centralita config` prints them. */
export const fields = {
  port: given('PORT', v.port, { help: 'Port of the server.', fallback: '8080' }),
  host: given('HOST', v.host, { help: 'Address the server listens on; 0.0.0.0 for every network.', fallback: '127.0.0.1' }),
  publicUrl: optional('PUBLIC_URL', v.httpBase, { help: 'Address under which carriers and browsers reach the server.', otherwise: 'http://HOST:PORT' }),
  trustProxy: given('TRUST_PROXY', v.trustProxy, { help: 'Proxies in front whose X-Forwarded-* headers are believed.', fallback: 'off' }),
  corsOrigins: given('CORS_ORIGINS', v.originList, { help: 'Origins of other pages that may use the API with a key.', fallback: '' }),
  requestsPerMinute: given('REQUESTS_PER_MINUTE', v.integer(60, 100_000_000), { help: 'Requests of the API from one address in a minute; an office of 100 agents behind one address stays far below.', fallback: '12000' }),
  logLevel: given('LOG_LEVEL', v.oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), { help: 'Least important log line that is written.', fallback: 'info' }),

  data: given('CENTRALITA_DATA', v.longText(1), { help: 'Folder of the embedded database, media, keys and the sandbox.', fallback: './data' }),
  databaseUrl: optional('DATABASE_URL', v.databaseUrl, { help: 'PostgreSQL 15 or newer.', otherwise: 'an embedded PostgreSQL in the data folder', secret: true }),
  databasePool: given('DATABASE_POOL', v.integer(2, 200), { help: 'Connections to PostgreSQL of each process.', fallback: '10' }),
  databaseTimeoutSeconds: given('DATABASE_TIMEOUT_SECONDS', v.number(0.1, 300), { help: 'Longest wait for a connection or a commit before a request is answered 503.', fallback: '5' }),
  encryptionKey: optional('CENTRALITA_ENCRYPTION_KEY', v.key32, { help: 'Key of the secrets kept in the database.', otherwise: 'made at the first start, kept in encryption.key of the data folder', secret: true }),

  adminEmail: given('CENTRALITA_ADMIN_EMAIL', v.email, { help: 'Login of the first administrator.', fallback: 'admin@centralita.local' }),
  adminPassword: optional('CENTRALITA_ADMIN_PASSWORD', v.longText(8), { help: 'Password of the first administrator.', otherwise: 'made at the first start', secret: true }),
  apiKey: optional('CENTRALITA_API_KEY', v.secretText(8), { help: "An administrator's API key of the first company.", otherwise: 'made at the first start', secret: true }),
  demo: optional('CENTRALITA_DEMO', v.onOff, { help: 'The demo company with its bot.', otherwise: 'on with the embedded database, off with DATABASE_URL' }),
  sandbox: optional('CENTRALITA_SANDBOX', v.onOff, { help: 'The sandbox: WhatsApp on your desk, a process of its own.', otherwise: 'on with the embedded database, off with DATABASE_URL' }),
  sandboxPort: given('SANDBOX_PORT', v.port, { help: 'Port of the sandbox.', fallback: '3020' }),

  metaGraphUrl: given('META_GRAPH_URL', v.httpBase, { help: "Address of Meta's Graph API.", fallback: 'https://graph.facebook.com' }),
  metaGraphVersion: given('META_GRAPH_VERSION', v.graphVersion, { help: 'Version of the Graph API.', fallback: 'v25.0' }),
  callHttpAllow: given('CALL_HTTP_ALLOW', v.hostList, { help: 'Private hosts that bots and subscriptions may call nevertheless; public ones they always may.', fallback: '' }),

  amqpUrl: optional('AMQP_URL', v.amqpUrl, { help: 'RabbitMQ, for events out and commands in.', otherwise: 'none is used', secret: true }),

  receiptRetentionDays: given('RECEIPT_RETENTION_DAYS', v.integer(1, 3650), { help: 'How long raw webhooks are kept.', fallback: '30' }),
  eventRetentionDays: given('EVENT_RETENTION_DAYS', v.integer(1, 365), { help: 'How long events for subscriptions are kept, so that they can be sent again.', fallback: '7' }),
  mediaMaxMb: given('MEDIA_MAX_MB', v.integer(1, 2000), { help: 'Largest file that is fetched or accepted.', fallback: '100' }),

  leaseSeconds: given('LEASE_SECONDS', v.number(0.2, 600), { help: 'How long work stays with a process that no longer answers.', fallback: '8' }),
  leaseHeartbeatSeconds: given('LEASE_HEARTBEAT_SECONDS', v.number(0.05, 300), { help: 'How often a process renews its leases.', fallback: '2' }),
  carrierTimeoutSeconds: given('CARRIER_TIMEOUT_SECONDS', v.number(0.1, 300), { help: 'Longest call to a carrier; shorter than a lease, so that nobody else works meanwhile.', fallback: '6' }),
  unknownWaitSeconds: given('UNKNOWN_WAIT_SECONDS', v.number(0, 86_400), { help: 'How long a send with unknown outcome waits for a sign from the carrier.', fallback: '60' }),
  retryFirstSeconds: given('RETRY_FIRST_SECONDS', v.number(0.01, 3600), { help: 'Wait before the first repetition of failed work; it doubles each time.', fallback: '1' }),
  retryMaxSeconds: given('RETRY_MAX_SECONDS', v.number(0.01, 86_400), { help: 'Longest wait between two repetitions.', fallback: '300' }),
  retryAttempts: given('RETRY_ATTEMPTS', v.integer(1, 100), { help: 'Attempts before work is set aside as a dead letter.', fallback: '10' }),
  routeCheckSeconds: given('ROUTE_CHECK_SECONDS', v.number(1, 86_400), { help: 'How often each number is asked whether its credentials work and its webhook is registered.', fallback: '900' }),
  templateSyncSeconds: given('TEMPLATE_SYNC_SECONDS', v.number(10, 86_400), { help: 'How often the templates of each number are read from its carrier.', fallback: '3600' }),
  statusSilenceSeconds: given('STATUS_SILENCE_SECONDS', v.number(1, 86_400), { help: 'How long statuses of accepted messages may stay away before a number counts as silent.', fallback: '900' }),
  bridges: given('CENTRALITA_BRIDGES', v.onOff, { help: 'Hosts of WhatsApp Web sessions are started as child processes when they are needed; off where they run elsewhere.', fallback: 'on' }),
  bridgeEngine: given('BRIDGE_ENGINE', v.oneOf(['baileys', 'wwebjs', 'wppconnect', 'venom']), { help: 'What a host of WhatsApp Web sessions runs them with.', fallback: 'baileys' }),
  bridgePort: optional('BRIDGE_PORT', v.port, { help: 'Port of a host of sessions.', otherwise: '3012 for baileys, 3013 for wppconnect and venom, 3014 for wwebjs' }),
  bridgeHost: given('BRIDGE_HOST', v.host, { help: 'Address a host of sessions listens on; 0.0.0.0 for every network.', fallback: '127.0.0.1' }),
  bridgeUrl: optional('BRIDGE_URL', v.httpBase, { help: 'Address under which the server reaches this host of sessions.', otherwise: 'http://BRIDGE_HOST:BRIDGE_PORT' }),
  bridgeSecret: optional('BRIDGE_SECRET', v.secretText(16), { help: 'What the server and the hosts of sessions show each other.', otherwise: 'made by the server for the hosts it starts; a host started by hand needs it', secret: true }),
  bridgeSessions: optional('BRIDGE_SESSIONS', v.integer(1, 5000), { help: 'Sessions that one host takes at most.', otherwise: 'what suits the engine: 300 with baileys, a few with browsers' }),
  bridgeWhatsappUrl: optional('BRIDGE_WHATSAPP_URL', v.socketUrl, { help: 'Address of WhatsApp Web for a host of sessions; one of the sandbox makes it a sandbox host.', otherwise: 'WhatsApp itself' }),
  bridgeWhatsappRoot: optional('BRIDGE_WHATSAPP_ROOT', v.key32, { help: 'Public key that the address of BRIDGE_WHATSAPP_URL is certified with.', otherwise: "WhatsApp's own" }),
  bridgeWhatsappVersion: optional('BRIDGE_WHATSAPP_VERSION', v.whatsappVersion, { help: 'Version of WhatsApp Web that sessions present themselves as.', otherwise: 'what the engine was made for' }),
  bridgeDevice: given('BRIDGE_DEVICE', v.longText(1), { help: 'Name of the linked device as the phone lists it.', fallback: 'Centralita' }),
  bridgeProbeSeconds: given('BRIDGE_PROBE_SECONDS', v.number(0.2, 3600), { help: 'Silence after which a session is asked whether it still hears.', fallback: '120' }),
  bridgeAckSeconds: given('BRIDGE_ACK_SECONDS', v.number(0.05, 60), { help: 'How long a send waits for the confirmation of WhatsApp before it is answered as written.', fallback: '4' }),
  bridgeReconnectSeconds: given('BRIDGE_RECONNECT_SECONDS', v.number(0.01, 60), { help: 'Wait before the first new connection of a session; it doubles up to a minute, and for some reasons longer.', fallback: '1' }),
  bridgeMessageDays: given('BRIDGE_MESSAGE_DAYS', v.integer(1, 90), { help: 'How long a host keeps messages that others may ask to have again, and that quotes and reactions refer to.', fallback: '7' }),
  bridgeChromium: optional('BRIDGE_CHROMIUM', v.longText(1), { help: 'The browser that sessions of wwebjs and wppconnect run in.', otherwise: 'Chromium or Chrome, where Debian and others put them' }),
  bridgeChromiumArgs: optional('BRIDGE_CHROMIUM_ARGS', v.longText(1), { help: 'More arguments for that browser, separated by spaces.', otherwise: 'none' }),
  bridgeBrowserMb: given('BRIDGE_BROWSER_MB', v.integer(200, 16_384), { help: 'Memory that the browser of one session may hold; one that holds more is started anew.', fallback: '900' }),
  bridgeProfileMinutes: given('BRIDGE_PROFILE_MINUTES', v.number(0.1, 1440), { help: 'How often the login of a browser is stored, for the machine that has it next.', fallback: '15' }),
  shutdownSeconds: given('SHUTDOWN_SECONDS', v.number(0.1, 600), { help: 'How long a stopping server finishes what it has begun.', fallback: '8' }),
} as const;
