/** A client of WhatsApp Web for tests: the unmodified library, which trusts a sandbox by its root as a bridge host does. */
import { BufferJSON, initAuthCreds, makeWASocket, WA_CERT_DETAILS } from 'baileys';
import type { AuthenticationCreds, BaileysEventMap, SignalDataSet, SignalDataTypeMap, UserFacingSocketConfig, WAMessage, WASocket } from 'baileys';
import { quietSignal } from '../whatsapp-web/quiet.ts';
import { SILENT_LOGGER } from '../whatsapp-web/signal.ts';
import type { Running } from './harness.ts';

// The library leaves timers of half a minute behind when it has gone, and libsignal prints private keys.
const lasting = globalThis.setTimeout;
Object.assign(globalThis, {
  setTimeout: (run: () => void, ms?: number, ...given: unknown[]) => {
    const timer = lasting(run, ms, ...given as []);
    return (ms ?? 0) >= 10_000 ? timer.unref() : timer;
  },
});
quietSignal();

const LIMIT = 15_000;
const RESTART = 515;

/** What one client has to keep, as text: a copy of it is a copy of the client. */
export interface Keys {
  creds: string;
  readonly values: Map<string, string>;
}

export interface Contract {
  readonly url: string;
  readonly root_key: string;
  readonly ca_pem: string;
  readonly media_host: string;
}

export async function contractOf(sandbox: Running): Promise<Contract> {
  return (await sandbox.call('GET', '/sandbox/whatsapp-web')).body as unknown as Contract;
}

export interface Client {
  readonly keys: Keys;
  /** The live socket; another one after a reconnect. */
  readonly socket: WASocket;
  /** All events so far, of all its sockets. */
  readonly events: { readonly name: keyof BaileysEventMap; readonly data: unknown }[];
  /** Messages by their id, with later updates of status applied; null content: taken back. */
  readonly messages: Map<string, WAMessage>;
  /** Codes with which its sockets closed. */
  readonly closed: number[];
  /** Resolves with the first result of `look` that is not undefined, looking again at every event. */
  until<T>(look: () => T | undefined, what?: string): Promise<T>;
  /** The first event of that name whose data fits, from now on or before. */
  event<N extends keyof BaileysEventMap>(name: N, fits?: (data: BaileysEventMap[N]) => boolean): Promise<BaileysEventMap[N]>;
  /** Resolves once it is open and has received what waited. */
  open(): Promise<void>;
  /** Connects anew with the same keys. */
  reconnect(): void;
  stop(): void;
}

export interface ClientOptions {
  readonly keys?: Keys;
  /** The QR code goes to this phone as soon as it is shown; none: whoever tests scans it. */
  readonly scan?: { readonly sandbox: Running; readonly number: string };
  readonly config?: Partial<UserFacingSocketConfig>;
}

export function startClient(contract: Contract, options: ClientOptions = {}): Client {
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(contract.root_key, 'hex');
  const keys = options.keys ?? { creds: JSON.stringify(initAuthCreds(), BufferJSON.replacer), values: new Map<string, string>() };
  const creds = JSON.parse(keys.creds, BufferJSON.reviver) as AuthenticationCreds;
  const waiting = new Set<() => void>();
  const events: Client['events'][number][] = [];
  const messages = new Map<string, WAMessage>();
  const closed: number[] = [];
  let stopped = false;
  let socket = connect();

  function connect(): WASocket {
    const made = makeWASocket({
      auth: { creds, keys: store(keys.values) }, waWebSocketUrl: contract.url, logger: SILENT_LOGGER, getMessage: (key) => Promise.resolve(messages.get(key.id ?? '')?.message ?? undefined),
      markOnlineOnConnect: true, retryRequestDelayMs: 1, ...options.config,
    });
    made.ev.process((given) => {
      for (const [name, data] of Object.entries(given)) take(made, name as keyof BaileysEventMap, data);
      for (const check of [...waiting]) check();
    });
    return made;
  }

  function take(from: WASocket, name: keyof BaileysEventMap, data: unknown): void {
    events.push({ name, data });
    if (name === 'creds.update') {
      Object.assign(creds, data);
      keys.creds = JSON.stringify(creds, BufferJSON.replacer);
    } else if (name === 'messages.upsert') {
      for (const message of (data as BaileysEventMap['messages.upsert']).messages) messages.set(message.key.id ?? '', message);
    } else if (name === 'messages.update') {
      for (const { key, update } of data as BaileysEventMap['messages.update']) {
        const known = messages.get(key.id ?? '');
        // The key of an update may be that of the message that changed it.
        if (known !== undefined) messages.set(key.id ?? '', { ...known, ...update, key: known.key });
      }
    } else if (name === 'connection.update') change(from, data as BaileysEventMap['connection.update']);
  }

  function change(from: WASocket, update: BaileysEventMap['connection.update']): void {
    const { scan } = options;
    if (update.qr !== undefined && scan !== undefined) void scan.sandbox.call('POST', `/sandbox/phones/${scan.number}/linked-devices`, { qr: update.qr });
    if (update.connection !== 'close' || from !== socket) return;
    const code = (update.lastDisconnect?.error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode ?? 0;
    closed.push(code);
    // Always after a pairing.
    if (code === RESTART && !stopped) socket = connect();
  }

  const client: Client = {
    keys, events, messages, closed,
    get socket() {
      return socket;
    },
    until: (look, what = 'it') => new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`${what} did not come within ${LIMIT} ms; the last events: ${JSON.stringify(events.slice(-6), BufferJSON.replacer).slice(0, 3000)}`));
      }, LIMIT);
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(late);
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    }),
    event: (name, fits = () => true) => client.until(() => events.find((event) => event.name === name && fits(event.data as never))?.data as never, name),
    open: async () => {
      const from = events.findLastIndex((event) => event.name === 'connection.update' && (event.data as { connection?: string }).connection === 'connecting');
      const seen = (fits: (update: BaileysEventMap['connection.update']) => boolean): true | undefined => (events.slice(Math.max(0, from)).some((event) => event.name === 'connection.update' && fits(event.data as BaileysEventMap['connection.update'])) ? true : undefined);
      await client.until(() => seen((update) => update.connection === 'open'), 'open');
      await client.until(() => seen((update) => update.receivedPendingNotifications === true), 'what waited');
    },
    reconnect: () => {
      const before = socket;
      socket = connect();
      before.ev.removeAllListeners('connection.update');
      void before.end(undefined);
    },
    stop: () => {
      stopped = true;
      void socket.end(undefined);
    },
  };
  return client;
}

function store(values: Map<string, string>): { get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]): { [id: string]: SignalDataTypeMap[T] }; set(data: SignalDataSet): void } {
  return {
    get: <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
      const found: { [id: string]: SignalDataTypeMap[T] } = {};
      for (const id of ids) {
        const kept = values.get(`${type}:${id}`);
        if (kept !== undefined) found[id] = JSON.parse(kept, BufferJSON.reviver) as SignalDataTypeMap[T];
      }
      return found;
    },
    set: (data) => {
      for (const [type, changes] of Object.entries(data)) {
        for (const [id, value] of Object.entries(changes ?? {})) {
          if (value === null) values.delete(`${type}:${id}`);
          else values.set(`${type}:${id}`, JSON.stringify(value, BufferJSON.replacer));
        }
      }
    },
  };
}

/** A client linked to that phone and open. */
export async function linkedClient(sandbox: Running, number: string, config?: ClientOptions['config']): Promise<Client> {
  const client = startClient(await contractOf(sandbox), { scan: { sandbox, number }, ...(config === undefined ? {} : { config }) });
  await client.until(() => (client.closed.includes(RESTART) ? true : undefined), 'the restart after pairing');
  await client.open();
  // Until it has had its first sync, a client that comes back holds everything for 20 s.
  await client.event('creds.update', (update) => (update.accountSyncCounter ?? 0) > 0);
  return client;
}
