import type { Database } from '@centralita/platform/database';
import type { Logger } from '@centralita/platform/log';
import { listenTo } from '@centralita/platform/notifications';

const CHANNEL = 'centralita_screens';
/** PostgreSQL takes payloads below 8,000 bytes; longer ones go in pieces, which arrive in order since one statement sends them. */
const PIECE = 7000;
const ANNOUNCE_MS = 5000;
/** A process that has not announced for this long is gone. */
const FORGET_MS = 12_500;

export interface BusOptions {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly processId: string;
  readonly log: Logger;
  /** Companies that have screens at this process. */
  watchedHere(): string[];
  onEvents(companyId: string, events: readonly unknown[]): void;
  onLoginEnded(login: string): void;
}

/**
 * What the processes of one installation tell each other about screens, over LISTEN/NOTIFY: which companies have screens where, what
 * changed, which logins ended. Hints: what is lost while a connection is down, a screen fetches anew. A process alone sends no events,
 * only (while somebody looks) which companies are watched, every 5 s.
 *
 * Payloads: `w <process> <company,…>` watched there (`?` in front of the list: tell me yours) · `e <process> <company> <id> <i>/<n> <piece>` · `x <process> <login>`.
 */
export class ScreensBus {
  readonly #options: BusOptions;
  readonly #elsewhere = new Map<string, { until: number; companies: Set<string> }>();
  readonly #pieces = new Map<string, string[]>();
  readonly #listener: { close(): Promise<void> };
  readonly #timer: NodeJS.Timeout;
  #sent = 0;

  constructor(options: BusOptions) {
    this.#options = options;
    this.#listener = listenTo({
      databaseUrl: options.databaseUrl, channel: CHANNEL, log: options.log,
      onPayload: (payload) => this.#receive(payload),
      onConnected: () => this.announce('?'),
    });
    this.#timer = setInterval(() => {
      if (options.watchedHere().length > 0) this.announce();
    }, ANNOUNCE_MS);
  }

  /** Whether another process has screens of this company. */
  watchedElsewhere(companyId: string): boolean {
    const now = performance.now();
    for (const { until, companies } of this.#elsewhere.values()) if (until > now && companies.has(companyId)) return true;
    return false;
  }

  emit(companyId: string, events: readonly unknown[]): void {
    const text = Buffer.from(JSON.stringify(events)).toString('base64');
    const pieces = text.match(new RegExp(`.{1,${PIECE}}`, 'g')) ?? [];
    const id = ++this.#sent;
    this.#send(pieces.map((piece, i) => `e ${this.#options.processId} ${companyId} ${id} ${i + 1}/${pieces.length} ${piece}`));
  }

  loginEnded(login: string): void {
    this.#send([`x ${this.#options.processId} ${login}`]);
  }

  announce(question = ''): void {
    this.#send([`w ${this.#options.processId} ${question}${this.#options.watchedHere().join(',')}`]);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#listener.close();
  }

  #send(payloads: string[]): void {
    const { db, log } = this.#options;
    db.query('select pg_notify($1, p) from unnest($2::text[]) as p', [CHANNEL, payloads])
      .catch((error: Error) => log.debug({ error: error.message }, 'other processes not told; their screens fetch anew'));
  }

  #receive(payload: string): void {
    const [kind, from = '', subject = '', id = '', part = '', piece = ''] = payload.split(' ');
    if (from === this.#options.processId) return;
    if (kind === 'x') this.#options.onLoginEnded(subject);
    if (kind === 'w') {
      this.#elsewhere.set(from, { until: performance.now() + FORGET_MS, companies: new Set(subject.replace('?', '').split(',').filter((c) => c !== '')) });
      if (subject.startsWith('?')) this.announce();
    }
    if (kind === 'e') this.#assemble({ from, company: subject, id, part, piece });
  }

  #assemble({ from, company, id, part, piece }: { from: string; company: string; id: string; part: string; piece: string }): void {
    const [i, n] = part.split('/').map(Number);
    const key = `${from} ${id}`;
    const pieces = i === 1 ? [] : this.#pieces.get(key);
    // Its beginning was sent before we listened.
    if (!pieces) return;
    pieces.push(piece);
    if (i !== n) {
      this.#pieces.set(key, pieces);
      return;
    }
    this.#pieces.delete(key);
    this.#options.onEvents(company, JSON.parse(Buffer.from(pieces.join(''), 'base64').toString('utf8')) as unknown[]);
  }
}
