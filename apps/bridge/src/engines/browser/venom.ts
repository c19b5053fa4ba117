import { chmod } from 'node:fs/promises';
import type { Group } from '@centralita/contracts/bridge';
import { EngineError } from '../../engine.ts';
import type { Driver, DriverGroups, LaunchOptions, PageEvents, PageMessage, RawKey, RawMessage } from './driver.ts';

interface Browser {
  process(): { readonly pid?: number } | null;
  close(): Promise<void>;
  on(event: 'disconnected', fn: () => void): void;
  isClose?: boolean;
}
interface Client {
  getConnectionState(): Promise<string>;
  sendText(to: string, text: string): Promise<{ readonly to?: { readonly _serialized?: string } } | undefined>;
  checkNumberStatus(address: string): Promise<{ readonly numberExists?: boolean; readonly id?: { readonly _serialized?: string } }>;
  onAnyMessage(fn: (raw: VenomMessage | null) => void): Promise<unknown>;
  onAck(fn: (raw: VenomMessage | null) => void): Promise<unknown>;
  onStateChange(fn: (state: string) => void): Promise<unknown>;
  logout(): Promise<unknown>;
}
/** The page's model, its key as whole text in messages and as an object in acks. */
type VenomMessage = Omit<RawMessage, 'id'> & { readonly id: string | { readonly _serialized: string } };
/** The parts of venom-bot 5.3.0 that are used, and those that are replaced before it runs. */
export interface VenomParts {
  readonly library: { create(options: object): Promise<Client> };
  readonly updates: { checkUpdates(): Promise<unknown> };
  readonly browser: { initBrowser(options: { readonly session: string }): Promise<Browser | false> };
  readonly puppeteer: { launch(options: object): Promise<Browser> };
}

/** Sent messages whose statuses are still told under our ids. */
const MOST_IDS = 5000;
const SENT_MS = 15_000;
const starting = new Map<string, () => Promise<Browser>>();

/**
 * WhatsApp Web by venom-bot, which is no longer maintained. Linking by QR and texts only; the rest is refused as unsupported.
 * It chooses the ids of messages itself: they are told under ours for as long as this driver lives, and a send that is repeated after a
 * crash may be a second message.
 */
export class VenomDriver implements Driver {
  readonly #parts: VenomParts;
  #client: Client | undefined;
  #browser: Browser | undefined;
  #events: PageEvents | undefined;
  readonly #ours = new Map<string, string>();
  /** A text on its way, until the page shows it and so its id. */
  #sending: { readonly chat: string; readonly text: string; shown(raw: RawMessage): void } | undefined;
  readonly groups: DriverGroups = {
    list: (): Promise<Group[]> => cannot('groups'), get: () => cannot('groups'), create: () => cannot('groups'), change: () => cannot('groups'),
    members: () => cannot('groups'), leave: () => cannot('groups'),
  };

  constructor(parts: VenomParts) {
    this.#parts = parts;
    // It asks the npm registry for newer versions of itself.
    parts.updates.checkUpdates = () => Promise.resolve();
    // Its own way to start a browser opens the profile to everybody (chmod 777), accepts any certificate, and without a browser runs curl and sudo.
    parts.browser.initBrowser = ({ session }) => starting.get(session)?.() ?? Promise.resolve(false);
  }

  async launch(options: LaunchOptions, events: PageEvents): Promise<void> {
    this.#events = events;
    await chmod(options.profile, 0o700);
    starting.set(options.session, async () => {
      const browser = this.#browser = await this.#parts.puppeteer.launch({
        executablePath: options.chromium, headless: 'new', userDataDir: options.profile, args: [...options.arguments], handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
      });
      browser.on('disconnected', () => {
        // The library looks every other second until it sees this.
        browser.isClose = true;
        events.ended('BROWSER_GONE');
      });
      return browser;
    });
    const begun = this.#parts.library.create({
      session: options.session, headless: 'new', browserPathExecutable: options.chromium, disableWelcome: true, disableSpins: true, logQR: false, updatesLog: false, autoClose: 0,
      catchQR: (_image: string, _ascii: string, _attempt: number, code: string) => events.qr(code),
      statusFind: (status: string) => {
        if (status === 'qrReadSuccess' || status === 'isLogged') events.authenticated();
      },
    });
    begun.then(async (client) => {
      await client.onAnyMessage((raw) => {
        if (raw) this.#message(plain(raw));
      });
      await client.onAck((raw) => {
        if (raw) events.ack(this.#named(plain(raw)), raw.ack ?? 0);
      });
      await client.onStateChange((state) => {
        if (['CONFLICT', 'UNPAIRED', 'UNPAIRED_IDLE', 'DEPRECATED_VERSION', 'TOS_BLOCK', 'SMB_TOS_BLOCK', 'PROXYBLOCK', 'TIMEOUT'].includes(state)) events.ended(state);
      });
      this.#client = client;
      events.ready({});
    }).catch((error: unknown) => events.ended(this.#browser ? 'PAGE_FAILED' : 'NO_BROWSER', error instanceof Error ? error.message : String(error)))
      .finally(() => starting.delete(options.session));
  }

  #named(raw: RawMessage): RawMessage {
    const id = this.#ours.get(raw.id._serialized);
    return id === undefined ? raw : { ...raw, id: { ...raw.id, id } };
  }
  #message(raw: RawMessage): void {
    const waiting = this.#sending;
    if (waiting && raw.id.fromMe && raw.id.remote === waiting.chat && raw.body === waiting.text) waiting.shown(raw);
    else if (!this.#ours.has(raw.id._serialized)) this.#events?.message(raw);
  }
  #linked(): Client {
    if (!this.#client) throw new EngineError('not_connected', 'The page is not linked.');
    return this.#client;
  }

  pid(): number | undefined {
    return this.#browser?.process()?.pid;
  }
  async close(): Promise<void> {
    await this.#browser?.close();
  }
  async logout(): Promise<void> {
    await this.#linked().logout();
  }
  async state(): Promise<string | undefined> {
    return this.#linked().getConnectionState();
  }
  find(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async send({ id, chat, content, quote }: PageMessage): Promise<{ key: RawKey; ack: number }> {
    if (content.type !== 'text' || quote !== undefined) return cannot('anything but plain texts');
    const { text } = content;
    let timer: NodeJS.Timeout | undefined;
    const shown = new Promise<RawMessage>((resolve, reject) => {
      timer = setTimeout(() => reject(new EngineError('unconfirmed', 'The page did not show the message that it was given.')), SENT_MS);
      this.#sending = {
        chat, text, shown: (raw) => {
          this.#sending = undefined;
          this.#ours.set(raw.id._serialized, id);
          if (this.#ours.size > MOST_IDS) this.#ours.delete(this.#ours.keys().next().value!);
          resolve(raw);
        },
      };
    });
    try {
      const [raw] = await Promise.all([shown, this.#linked().sendText(chat, text).catch(refused)]);
      return { key: { ...raw.id, id }, ack: raw.ack ?? 0 };
    } finally {
      clearTimeout(timer);
      this.#sending = undefined;
    }
  }

  async resolve(phone: string): Promise<string | undefined> {
    const found = await this.#linked().checkNumberStatus(`${phone}@c.us`).catch((error: { status?: number }) => {
      if (error.status === 404) return undefined;
      throw error;
    });
    return found?.id?._serialized;
  }
  async lookup(phones: readonly string[]): Promise<{ phone: string; exists: boolean }[]> {
    const answers: { phone: string; exists: boolean }[] = [];
    for (const phone of phones.map((p) => p.replaceAll(/\D/g, ''))) answers.push({ phone, exists: await this.resolve(phone) !== undefined });
    return answers;
  }
  phoneOf(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  seen(): Promise<void> {
    return cannot('read receipts');
  }
  typing(): Promise<void> {
    return cannot('typing');
  }
  download(): Promise<undefined> {
    return cannot('files');
  }
  pairingCode(): Promise<string> {
    return cannot('pairing codes: scan the QR');
  }
}

/** `true_56911112222@c.us_3EB0…`, in groups with `_` and the participant behind. */
function plain(raw: VenomMessage): RawMessage {
  const serialized = typeof raw.id === 'string' ? raw.id : raw.id._serialized;
  const [fromMe, remote = '', id = '', participant] = serialized.split('_');
  return { ...raw, id: { id, fromMe: fromMe === 'true', remote, ...(participant && { participant }), _serialized: serialized } };
}

/** The library rejects with an object of its own. */
function refused(error: { readonly message?: string; readonly text?: string }): never {
  if (error instanceof Error) throw error;
  throw new EngineError('refused', `WhatsApp Web could not send the message: ${error.text ?? error.message ?? 'no reason was given'}.`);
}

function cannot(what: string): Promise<never> {
  return Promise.reject(new EngineError('unsupported', `The engine venom does not serve ${what}; take BRIDGE_ENGINE=wppconnect.`));
}
