import { DEFAULT_CONNECTION_CONFIG, makeWASocket, proto, WA_CERT_DETAILS, type AuthenticationCreds, type BaileysEventMap, type GroupMetadata, type SocketConfig, type WASocket } from 'baileys';
import type { SessionContext } from '../../engine.ts';
import type { WhatsAppSettings } from '../../settings.ts';
import { directKeys, signalKeys } from './auth-state.ts';
import { BoundedCache } from './cache.ts';
import { Gate, type RawSocket } from './gate.ts';
import { baileysLogger } from './logger.ts';

type SignalFactory = SocketConfig['makeSignalRepository'];

/** Kept from one connection to the next. */
export interface Caches {
  readonly devices: BoundedCache;
  readonly retries: BoundedCache;
  readonly calls: BoundedCache;
  readonly resends: BoundedCache;
  readonly groups: BoundedCache;
}
export function makeCaches(): Caches {
  const minute = 60_000;
  return {
    devices: new BoundedCache(1000, 5 * minute), retries: new BoundedCache(500, 60 * minute), calls: new BoundedCache(50, 5 * minute), resends: new BoundedCache(200, 60 * minute),
    groups: new BoundedCache(100, 60 * minute),
  };
}

/** Heard in the order in which they happened, before Baileys gathers them into larger ones. */
export type Heard = <T extends keyof BaileysEventMap>(event: T, data: BaileysEventMap[T]) => void;

export interface OpenOptions {
  readonly context: SessionContext;
  readonly creds: AuthenticationCreds;
  readonly whatsapp: WhatsAppSettings;
  readonly version: readonly [number, number, number] | undefined;
  readonly caches: Caches;
  readonly heard: Heard;
}
export interface OpenSocket {
  readonly sock: WASocket;
  /** Nothing leaves any more. */
  close(): void;
}

const QUERY_MS = 20_000;
/** For names and the mapping of LIDs to numbers; messages of the past are not taken over. */
const HISTORY: ReadonlySet<number> = new Set([proto.HistorySync.HistorySyncType.INITIAL_BOOTSTRAP, proto.HistorySync.HistorySyncType.PUSH_NAME, proto.HistorySync.HistorySyncType.NON_BLOCKING_DATA]);

/** Whether the root key that WhatsApp's address is certified with is another one: trust is per process. */
export function trustRoot(root: Buffer | undefined): void {
  if (root) WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(root);
}

/** One connection of the unmodified library, with its keys, frames and events led through the session's store. */
export function openSocket({ context, creds, whatsapp, version, caches, heard }: OpenOptions): OpenSocket {
  const store = signalKeys(context.keys);
  const logger = baileysLogger(context.log);
  const factory: SignalFactory = (auth, ...rest) => holding(DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds: auth.creds, keys: directKeys(store) }, ...rest), context);
  // The group's metadata is asked for by the socket that is being made.
  const made: { sock?: WASocket } = {};
  const sock = makeWASocket({
    auth: { creds, keys: store },
    logger,
    ...(whatsapp.url === undefined ? {} : { waWebSocketUrl: whatsapp.url }),
    ...(version === undefined ? {} : { version: [...version] as [number, number, number] }),
    browser: [whatsapp.device, 'Chrome', '10.0'],
    // Its own minute would keep everything behind a question waiting that nobody answers.
    defaultQueryTimeoutMs: QUERY_MS,
    markOnlineOnConnect: false,
    syncFullHistory: false,
    emitOwnEvents: false,
    shouldSyncHistoryMessage: ({ syncType }) => syncType !== null && syncType !== undefined && HISTORY.has(syncType),
    shouldIgnoreJid: (jid) => jid === 'status@broadcast' || jid.endsWith('@newsletter'),
    getMessage: async ({ id }) => {
      const content = id ? (await context.messages.get(id))?.content : undefined;
      return content === undefined ? undefined : decodeMessage(content);
    },
    cachedGroupMetadata: async (jid) => {
      const known = caches.groups.get<GroupMetadata>(jid);
      if (known) return known;
      const found = await made.sock?.groupMetadata(jid);
      if (found) caches.groups.set(jid, found);
      return found;
    },
    userDevicesCache: caches.devices,
    msgRetryCounterCache: caches.retries,
    callOfferCache: caches.calls,
    placeholderResendCache: caches.resends,
    makeSignalRepository: factory,
    // The store cannot fail for a moment: it fails for good, when the lease is gone.
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 100 },
  });
  made.sock = sock;
  const emit = sock.ev.emit.bind(sock.ev);
  sock.ev.emit = (event, data) => {
    const done = emit(event, data);
    heard(event, data);
    return done;
  };
  const gate = new Gate((sock.ws as unknown as { socket: RawSocket }).socket, { pending: () => context.pending(), settled: (v) => context.settled(v), fresh: () => context.fresh() });
  return { sock, close: () => gate.close() };
}

/** What decrypting a message changes in the keys is committed with the message itself; where it fails, there is none to wait for. */
function holding(repository: ReturnType<SignalFactory>, context: SessionContext): ReturnType<SignalFactory> {
  const held = async <T>(decrypt: () => Promise<T>): Promise<T> => {
    context.hold();
    try {
      return await decrypt();
    } catch (error) {
      context.release();
      throw error;
    }
  };
  const { decryptMessage, decryptGroupMessage } = repository;
  repository.decryptMessage = (options) => held(() => decryptMessage.call(repository, options));
  repository.decryptGroupMessage = (options) => held(() => decryptGroupMessage.call(repository, options));
  return repository;
}

export const encodeMessage = (message: proto.IMessage): string => Buffer.from(proto.Message.encode(message).finish()).toString('base64');
export const decodeMessage = (content: string): proto.IMessage => proto.Message.decode(Buffer.from(content, 'base64'));
