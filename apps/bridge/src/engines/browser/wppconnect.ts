import { basename, dirname } from 'node:path';
import type { Group } from '@centralita/contracts/bridge';
import { EngineError } from '../../engine.ts';
import { personOf } from './addresses.ts';
import type { Driver, DriverGroups, LaunchOptions, PageEvents, PageMessage, RawKey, RawMessage } from './driver.ts';
import { base64Of } from './files.ts';
import { FIELDS, listen, type Wpp, type World } from './wppconnect-page.ts';

interface Page {
  evaluate<A extends unknown[], T>(fn: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  exposeFunction(name: string, fn: (...args: never[]) => unknown): Promise<void>;
  on(event: 'load', fn: () => void): void;
  emit(event: 'close'): void;
  browser(): { process(): { readonly pid?: number } | null; close(): Promise<void>; on(event: 'disconnected', fn: () => void): void };
}
/** The part of @wppconnect-team/wppconnect 2.3.3 that is used: it starts the browser and puts wa-js into the page. */
export interface Wppconnect {
  create(options: object): Promise<Client>;
}
interface Client {
  readonly page: Page;
  waitForPageLoad(): Promise<void>;
}
type PageGroup = Awaited<ReturnType<Wpp['group']['ensureGroup']>>;

/** Its own logger writes to the console, with contents of messages. */
const QUIET = Object.fromEntries(['log', 'error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'].map((level) => [level, () => undefined]));

/** WhatsApp Web by WPPConnect. */
export class WppconnectDriver implements Driver {
  readonly #library: Wppconnect;
  #page: Page | undefined;
  readonly groups: DriverGroups;

  constructor(library: Wppconnect) {
    this.#library = library;
    this.groups = groupsOf((fn, ...args) => this.#inPage(fn, ...args));
  }

  async launch(options: LaunchOptions, events: PageEvents): Promise<void> {
    // Resolves when the page is there; linking goes on for as long as somebody needs to scan.
    const begun = this.#library.create({
      session: options.session, headless: true, useChrome: false, waitForLogin: false, autoClose: 0, deviceSyncTimeout: 0, logQR: false, disableWelcome: true, updatesLog: false,
      tokenStore: 'memory', folderNameToken: basename(dirname(options.profile)), deviceName: options.device, poweredBy: options.device, disableGoogleAnalytics: true, logger: QUIET,
      browserArgs: [...options.arguments],
      puppeteerOptions: { executablePath: options.chromium, userDataDir: options.profile, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false, protocolTimeout: 120_000 },
    });
    begun.then(async (client) => {
      const page = this.#page = client.page;
      page.browser().on('disconnected', () => {
        // The library asks the page every second until it hears that it was closed, which a browser that died does not tell.
        page.emit('close');
        events.ended('BROWSER_GONE');
      });
      await page.exposeFunction('centralitaTell', (name: never, payload: never) => heard(events, name, payload));
      const follow = async (): Promise<void> => {
        await client.waitForPageLoad();
        await page.evaluate(listen, FIELDS as readonly string[]);
      };
      page.on('load', () => void follow().catch((error: Error) => events.ended('PAGE_FAILED', error.message)));
      await follow();
    }).catch((error: unknown) => events.ended(this.#page ? 'PAGE_FAILED' : 'NO_BROWSER', error instanceof Error ? error.message : String(error)));
  }

  #inPage<A extends unknown[], T>(fn: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    if (!this.#page) throw new EngineError('not_connected', 'The browser is not running.');
    return this.#page.evaluate(fn, ...args);
  }

  pid(): number | undefined {
    return this.#page?.browser().process()?.pid;
  }
  async close(): Promise<void> {
    await this.#page?.browser().close();
  }
  async logout(): Promise<void> {
    await this.#inPage(() => (globalThis as unknown as World).WPP.conn.logout());
  }
  state(): Promise<string | undefined> {
    return this.#inPage(() => (globalThis as unknown as World).WPP.whatsapp.Socket.state);
  }

  async find(chat: string, id: string): Promise<{ key: RawKey; ack: number } | undefined> {
    const serialized = `true_${chat}_${id}`;
    const ack = await this.#inPage((s: string) => (globalThis as unknown as World).WPP.whatsapp.MsgStore.get(s)?.ack ?? null, serialized);
    return ack === null ? undefined : { key: { id, fromMe: true, remote: chat, _serialized: serialized }, ack };
  }

  async send({ id, chat, content, quote, target }: PageMessage): Promise<{ key: RawKey; ack: number }> {
    const key = { id, fromMe: true, remote: chat, _serialized: `true_${chat}_${id}` };
    switch (content.type) {
      case 'reaction':
        await this.#inPage((t: string, emoji: string) => (globalThis as unknown as World).WPP.chat.sendReactionToMessage(t, emoji === '' ? false : emoji), target!, content.emoji);
        return { key, ack: 1 };
      case 'edit':
        await this.#inPage((t: string, text: string) => (globalThis as unknown as World).WPP.chat.editMessage(t, text).then(() => null), target!, content.text);
        return { key, ack: 1 };
      case 'revoke':
        if (!await this.#inPage(async (c: string, t: string) => (await (globalThis as unknown as World).WPP.chat.deleteMessage(c, t, true, true)).isRevoked, chat, target!)) throw new EngineError('invalid', 'WhatsApp no longer lets this message be revoked.');
        return { key, ack: 1 };
      default: {
        const options = { messageId: id, createChat: true, waitForAck: false, linkPreview: false, ...(quote && { quotedMsg: quote }) };
        const sent = await this.#speak(chat, content, options);
        if (!sent.id.includes(id)) throw new EngineError('unconfirmed', `WhatsApp Web sent it under the id ${sent.id}.`);
        return { key: { ...key, _serialized: sent.id }, ack: sent.ack };
      }
    }
  }

  async #speak(chat: string, content: Exclude<PageMessage['content'], { type: 'reaction' | 'edit' | 'revoke' }>, options: { messageId: string }): Promise<{ id: string; ack: number }> {
    switch (content.type) {
      case 'text':
        return this.#inPage(async (c: string, text: string, o: { messageId: string }) => {
          const sent = await (globalThis as unknown as World).WPP.chat.sendTextMessage(c, text, o);
          return { id: String(sent.id), ack: sent.ack ?? 0 };
        }, chat, content.text, { ...options, ...(content.mentions && { mentionedList: content.mentions }) });
      case 'image': case 'video': case 'audio': case 'document': case 'sticker': {
        const { media } = content;
        return this.#inPage(async (c: string, file: string, o: { messageId: string }) => {
          const sent = await (globalThis as unknown as World).WPP.chat.sendFileMessage(c, file, o);
          return { id: String(sent.id), ack: sent.ack ?? 0 };
        }, chat, `data:${media.mime_type};base64,${await base64Of(media.path)}`, {
          ...options, type: content.type, mimetype: media.mime_type, ...(media.filename && { filename: media.filename }), ...(content.caption && { caption: content.caption }),
          ...(content.type === 'audio' && { isPtt: media.voice === true }), ...(content.type === 'video' && { isGif: media.animated === true }),
        });
      }
      case 'location':
        return this.#inPage(async (c: string, o: { messageId: string }) => {
          const sent = await (globalThis as unknown as World).WPP.chat.sendLocationMessage(c, o);
          return { id: String(sent.id), ack: sent.ack ?? 0 };
        }, chat, { ...options, lat: content.latitude, lng: content.longitude, name: content.name, address: content.address });
      case 'contacts': {
        const [first] = content.contacts;
        const raw = content.contacts.length === 1 ? { type: 'vcard', body: first!.vcard, vcardFormattedName: first!.name }
          : { type: 'multi_vcard', vcardList: content.contacts.map((v) => ({ displayName: v.name, vcard: v.vcard })) };
        return this.#inPage(async (c: string, message: object, o: { messageId: string }) => {
          const sent = await (globalThis as unknown as World).WPP.chat.sendRawMessage(c, message, o);
          return { id: String(sent.id), ack: sent.ack ?? 0 };
        }, chat, raw, options);
      }
    }
  }

  async seen(chat: string): Promise<void> {
    await this.#inPage((c: string) => (globalThis as unknown as World).WPP.chat.markIsRead(c).then(() => null), chat);
  }
  async typing(chat: string, state: 'composing' | 'recording' | 'paused'): Promise<void> {
    await this.#inPage(async (c: string, s: string) => {
      const { chat: does } = (globalThis as unknown as World).WPP;
      await (s === 'composing' ? does.markIsComposing(c) : s === 'recording' ? does.markIsRecording(c) : does.markIsPaused(c));
      return null;
    }, chat, state);
  }
  async download(serialized: string): Promise<{ data: string; mime_type: string } | undefined> {
    const url = await this.#inPage(async (id: string) => {
      const { WPP } = globalThis as unknown as World;
      const message = await WPP.chat.getMessageById(id).catch(() => undefined);
      return message ? WPP.util.blobToBase64(await WPP.chat.downloadMedia(id)) : null;
    }, serialized);
    const [, mime, data] = /^data:([^;,]*)[^,]*,(.*)$/s.exec(url ?? '') ?? [];
    return data === undefined ? undefined : { data, mime_type: mime ?? 'application/octet-stream' };
  }
  async resolve(phone: string): Promise<string | undefined> {
    return await this.#inPage(async (id: string) => (await (globalThis as unknown as World).WPP.contact.queryExists(id))?.wid.toString() ?? null, `${phone}@c.us`) ?? undefined;
  }
  async lookup(phones: readonly string[]): Promise<{ phone: string; exists: boolean; lid?: string }[]> {
    const answers: { phone: string; exists: boolean; lid?: string }[] = [];
    for (const phone of phones.map((p) => p.replaceAll(/\D/g, ''))) {
      const found = await this.#inPage(async (id: string) => {
        const one = await (globalThis as unknown as World).WPP.contact.queryExists(id);
        return one && { lid: one.lid?.toString() ?? null };
      }, `${phone}@c.us`);
      const lid = found?.lid?.split('@')[0];
      answers.push({ phone, exists: found !== null, ...(lid && { lid }) });
    }
    return answers;
  }
  async phoneOf(lid: string): Promise<string | undefined> {
    return await this.#inPage(async (id: string) => (await (globalThis as unknown as World).WPP.contact.getPnLidEntry(id)).phoneNumber?.id ?? null, lid) ?? undefined;
  }
  pairingCode(phone: string): Promise<string> {
    return this.#inPage((p: string) => (globalThis as unknown as World).WPP.conn.genLinkDeviceCodeForPhoneNumber(p), phone);
  }
}

/** What the page told. */
function heard(events: PageEvents, name: string, payload: never): void {
  switch (name) {
    case 'qr': return events.qr(payload);
    case 'authenticated': return events.authenticated();
    case 'ready': {
      const { me, ...rest } = payload as { me: string; name?: string; platform?: string };
      return events.ready({ ...(me && personOf(me)), ...rest });
    }
    case 'message': return events.message(payload);
    case 'ack': {
      const { raw, ack } = payload as { raw: RawMessage; ack: number };
      return events.ack(raw, ack);
    }
    case 'edited': return events.edited(payload, (payload as RawMessage).caption ?? (payload as RawMessage).body ?? '');
    case 'revoked': return events.revoked(payload);
    case 'reaction': {
      const reaction = payload as Parameters<PageEvents['reaction']>[0];
      // Seconds or milliseconds, by the version of the page.
      return events.reaction({ ...reaction, at: reaction.at > 1e11 ? Math.floor(reaction.at / 1000) : reaction.at });
    }
    case 'call': return events.call(payload);
    case 'group': return events.group(payload);
    case 'ended': return events.ended(payload);
    default: return undefined;
  }
}

type Run = <A extends unknown[], T>(fn: (...args: A) => T | Promise<T>, ...args: A) => Promise<T>;
interface PlainGroup extends Omit<Group, 'members'> {
  readonly participants: readonly { id: string; admin: boolean; owner: boolean }[];
}

function groupsOf(run: Run): DriverGroups {
  const read = async (id: string | null): Promise<Group[]> => (await run(async (only: string | null) => {
    const { group } = (globalThis as unknown as World).WPP;
    const found = only === null ? await group.getAllGroups() : [await group.ensureGroup(only).catch(() => undefined)];
    return found.filter((g): g is PageGroup => g !== undefined).map((g): PlainGroup => {
      const meta = g.groupMetadata;
      return {
        id: String(g.id), subject: meta?.subject ?? '', ...(meta?.desc && { description: meta.desc }), ...(meta?.creation && { created_at: new Date(meta.creation * 1000).toISOString() }),
        ...(meta?.announce !== undefined && { announce: meta.announce }), ...(meta?.restrict !== undefined && { locked: meta.restrict }),
        participants: (meta?.participants?.getModelsArray() ?? []).map((p) => ({ id: String(p.id), admin: p.isAdmin === true, owner: p.isSuperAdmin === true })),
      };
    });
  }, id)).map(({ participants, ...group }) => ({ ...group, members: participants.map((p) => ({ ...personOf(p.id), role: p.owner ? 'superadmin' as const : p.admin ? 'admin' as const : 'member' as const })) }));
  return {
    list: () => read(null),
    get: async (group) => (await read(group))[0],
    create: (subject, members) => run(async (s: string, m: readonly string[]) => String((await (globalThis as unknown as World).WPP.group.create(s, m)).gid), subject, members),
    async change(group, { subject, description }) {
      if (subject !== undefined) await run((g: string, s: string) => (globalThis as unknown as World).WPP.group.setSubject(g, s), group, subject);
      if (description !== undefined) await run((g: string, d: string) => (globalThis as unknown as World).WPP.group.setDescription(g, d), group, description);
    },
    async members(group, action, members) {
      const codes = await run(async (g: string, a: string, m: readonly string[]): Promise<Record<string, number>> => {
        const does = (globalThis as unknown as World).WPP.group;
        if (a === 'add') return Object.fromEntries(Object.entries(await does.addParticipants(g, m)).map(([id, one]) => [id, one.code]));
        await (a === 'remove' ? does.removeParticipants(g, m) : a === 'promote' ? does.promoteParticipants(g, m) : does.demoteParticipants(g, m));
        return Object.fromEntries(m.map((id) => [id, 200]));
      }, group, action, members);
      return members.map((m) => ({ ...personOf(m), code: String(codes[m] ?? 404), done: codes[m] === 200 }));
    },
    leave: async (group) => {
      await run((g: string) => (globalThis as unknown as World).WPP.group.leave(g).then(() => null), group);
    },
  };
}
