import { BRIDGE_PORTS, type EngineName } from '@centralita/contracts/bridge';
import type { Config } from '@centralita/platform/config';

/** What a host of sessions is told; made of the settings that the server has too. Durations in milliseconds. */
export interface Settings {
  readonly engine: EngineName;
  readonly listen: { readonly host: string; readonly port: number };
  /** Where the server reaches it; undefined: as it listens. */
  readonly url: string | undefined;
  readonly secret: string;
  /** The engine's own when undefined. */
  readonly capacity: number | undefined;
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  readonly probeMs: number;
  readonly ackMs: number;
  readonly reconnectMs: number;
  readonly messageDays: number;
  readonly shutdownMs: number;
  readonly mediaMaxBytes: number;
  readonly dataFolder: string;
  readonly whatsapp: WhatsAppSettings;
  readonly browser: { readonly chromium: string | undefined; readonly arguments: readonly string[]; readonly memoryMb: number; readonly profileMs: number };
}
export interface WhatsAppSettings {
  /** Undefined: WhatsApp itself. */
  readonly url: string | undefined;
  readonly root: Buffer | undefined;
  readonly version: readonly [number, number, number] | undefined;
  readonly device: string;
}

/** Throws with a line for people when something is missing. */
export function settingsOf(config: Config): Settings {
  if (config.bridgeSecret === undefined) throw new Error('BRIDGE_SECRET is missing: give this host the one of the server, at least 16 characters');
  return {
    engine: config.bridgeEngine,
    listen: { host: config.bridgeHost, port: config.bridgePort ?? BRIDGE_PORTS[config.bridgeEngine] },
    url: config.bridgeUrl,
    secret: config.bridgeSecret,
    capacity: config.bridgeSessions,
    leaseMs: config.leaseSeconds * 1000,
    heartbeatMs: config.leaseHeartbeatSeconds * 1000,
    probeMs: config.bridgeProbeSeconds * 1000,
    ackMs: config.bridgeAckSeconds * 1000,
    reconnectMs: config.bridgeReconnectSeconds * 1000,
    messageDays: config.bridgeMessageDays,
    shutdownMs: config.shutdownSeconds * 1000,
    mediaMaxBytes: config.mediaMaxMb * 1024 * 1024,
    dataFolder: config.data,
    whatsapp: { url: config.bridgeWhatsappUrl, root: config.bridgeWhatsappRoot, version: config.bridgeWhatsappVersion, device: config.bridgeDevice },
    browser: {
      chromium: config.bridgeChromium, arguments: config.bridgeChromiumArgs?.split(/\s+/) ?? [], memoryMb: config.bridgeBrowserMb, profileMs: config.bridgeProfileMinutes * 60_000,
    },
  };
}
