import type { Group } from '@centralita/contracts/bridge';
import { EngineError } from '../../engine.ts';
import { personOf } from './addresses.ts';
import type { Driver, DriverGroups, LaunchOptions, PageEvents, PageMessage, RawKey } from './driver.ts';
import { base64Of } from './files.ts';
import type { GroupNotice, Wid, Wwebjs, WwebjsClient, WwebjsGroup } from './wwebjs-library.ts';

/** What of the page's own world is used beyond the library. */
interface PageWorld {
  centralitaId?: string | undefined;
  require(name: 'WAWebMsgKey'): { newId(): Promise<string> | string };
  require(name: 'WAWebCollections'): { Msg: { get(id: string): { ack: number; id: { toString(): string } } | undefined } };
}

/** WhatsApp Web by whatsapp-web.js, in a Chromium of its own. */
export class WwebjsDriver implements Driver {
  readonly #library: Wwebjs;
  #client: WwebjsClient | undefined;
  #sendAs: string | undefined;
  readonly groups: DriverGroups;

  constructor(library: Wwebjs) {
    this.#library = library;
    this.groups = groupsOf(() => this.#page());
  }

  async launch(options: LaunchOptions, events: PageEvents): Promise<void> {
    const { Client, NoAuth } = this.#library;
    const client = this.#client = new Client({
      // The profile is ours to keep and to store.
      authStrategy: new NoAuth(),
      puppeteer: {
        executablePath: options.chromium, headless: true, args: options.arguments, userDataDir: options.profile,
        // The host ends its browsers itself.
        handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false, protocolTimeout: 120_000,
      },
      qrMaxRetries: 5, takeoverOnConflict: false, deviceName: options.device, authTimeoutMs: 60_000,
      ...(options.page ? { webVersion: options.page.version, webVersionCache: { type: 'local', path: options.page.folder, strict: true } } : { webVersionCache: { type: 'none' } }),
    });
    this.#listen(client, events);
    // It resolves late, when somebody has scanned or the login was restored: what matters comes as events.
    client.initialize().then(
      () => client.pupBrowser?.on('disconnected', () => events.ended('BROWSER_GONE')),
      (error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        events.ended(client.pupBrowser ? 'PAGE_FAILED' : 'NO_BROWSER', text);
      });
  }

  #listen(client: WwebjsClient, events: PageEvents): void {
    client.on('qr', (qr) => events.qr(qr)).on('authenticated', () => events.authenticated());
    client.on('ready', () => void this.#chooseIds().then(
      () => events.ready({ ...(client.info && personOf(client.info.wid._serialized)), name: client.info?.pushname, platform: client.info?.platform }),
      (error: Error) => events.ended('UNSUPPORTED_PAGE', error.message)));
    client.on('auth_failure', (text) => events.ended('AUTH_FAILURE', text)).on('disconnected', (word) => events.ended(word));
    client.on('message_create', (m) => events.message(m._data)).on('message_ack', (m, ack) => events.ack(m._data, ack));
    client.on('message_edit', (m, text) => events.edited(m._data, text)).on('message_revoke_everyone', (m) => events.revoked(m._data));
    client.on('message_reaction', (r) => events.reaction({ id: r.id.id, message: { ...r.msgId, remote: textOf(r.msgId.remote) }, sender: r.senderId, emoji: r.reaction ?? '', at: r.timestamp }));
    client.on('call', (c) => {
      if (!c.fromMe) events.call({ id: c.id, peer: c.from, video: c.isVideo, group: c.isGroup });
    });
    const group = (n: GroupNotice): void => events.group({ group: n.chatId, kind: n.type, by: n.author, members: n.recipientIds, text: n.body, at: n.timestamp });
    for (const name of ['group_join', 'group_leave', 'group_update', 'group_admin_changed'] as const) client.on(name, group);
  }

  /** The page makes up the id of each message; ours are chosen beforehand, so that a message sent again is the same message. */
  async #chooseIds(): Promise<void> {
    const works = await this.#page().pupPage!.evaluate(async () => {
      const world = globalThis as unknown as PageWorld;
      const key = world.require('WAWebMsgKey');
      const own = key.newId.bind(key);
      key.newId = () => {
        const id = world.centralitaId;
        world.centralitaId = undefined;
        return id ?? own();
      };
      world.centralitaId = 'PROBE';
      return await world.require('WAWebMsgKey').newId() === 'PROBE';
    });
    if (!works) throw new Error('This version of WhatsApp Web does not let message ids be chosen; the engine needs an update.');
  }

  #page(): WwebjsClient {
    if (!this.#client?.pupPage) throw new EngineError('not_connected', 'The browser is not running.');
    return this.#client;
  }

  pid(): number | undefined {
    return this.#client?.pupBrowser?.process()?.pid;
  }
  async close(): Promise<void> {
    await this.#client?.pupBrowser?.close();
  }
  async logout(): Promise<void> {
    await this.#client?.logout();
  }
  async state(): Promise<string | undefined> {
    return await this.#client?.getState() ?? undefined;
  }

  async find(chat: string, id: string): Promise<{ key: RawKey; ack: number } | undefined> {
    const serialized = `true_${chat}_${id}`;
    const ack = await this.#page().pupPage!.evaluate((s: string) => (globalThis as unknown as PageWorld).require('WAWebCollections').Msg.get(s)?.ack ?? null, serialized);
    return ack === null ? undefined : { key: { id, fromMe: true, remote: chat, _serialized: serialized }, ack };
  }

  async send({ id, chat, content, quote, target }: PageMessage): Promise<{ key: RawKey; ack: number }> {
    const client = this.#page();
    if (content.type === 'reaction' || content.type === 'edit' || content.type === 'revoke') {
      const message = await client.getMessageById(target!);
      if (!message) throw new EngineError('invalid', 'WhatsApp Web no longer has the message that is meant.');
      if (content.type === 'reaction') await message.react(content.emoji);
      else if (content.type === 'revoke') await message.delete(true);
      else if (!await message.edit(content.text)) throw new EngineError('invalid', 'WhatsApp no longer lets this message be edited.');
      return { key: { id, fromMe: true, remote: chat, _serialized: `true_${chat}_${id}` }, ack: 1 };
    }
    const [what, options] = await this.#content(content);
    await client.pupPage!.evaluate((next: string) => {
      (globalThis as unknown as PageWorld).centralitaId = next;
    }, id);
    this.#sendAs = id;
    const sent = await client.sendMessage(chat, what, { sendSeen: false, waitUntilMsgSent: true, ...(quote && { quotedMessageId: quote, ignoreQuoteErrors: true }), ...options });
    if (!sent) throw new EngineError('not_on_whatsapp', `WhatsApp Web has no chat with ${chat}.`);
    if (sent._data.id.id !== this.#sendAs) throw new EngineError('unconfirmed', `WhatsApp Web sent it under the id ${sent._data.id.id}.`);
    return { key: sent._data.id, ack: sent._data.ack ?? 0 };
  }

  async #content(content: Exclude<PageMessage['content'], { type: 'reaction' | 'edit' | 'revoke' }>): Promise<[unknown, object]> {
    const { MessageMedia, Location } = this.#library;
    switch (content.type) {
      case 'text': return [content.text, { linkPreview: false, parseVCards: false, ...(content.mentions && { mentions: content.mentions }) }];
      case 'image': case 'video': case 'audio': case 'document': case 'sticker': {
        const { media } = content;
        return [new MessageMedia(media.mime_type, await base64Of(media.path), media.filename), {
          caption: content.caption, sendMediaAsDocument: content.type === 'document', sendMediaAsSticker: content.type === 'sticker', sendAudioAsVoice: content.type === 'audio' && media.voice === true,
          sendVideoAsGif: content.type === 'video' && media.animated === true,
        }];
      }
      case 'location': return [new Location(content.latitude, content.longitude, { ...(content.name && { name: content.name }), ...(content.address && { address: content.address }) }), {}];
      case 'contacts': {
        const [first] = content.contacts;
        if (content.contacts.length === 1) return [first!.vcard, { linkPreview: false, parseVCards: true }];
        return ['', { linkPreview: false, extra: { type: 'multi_vcard', body: null, vcardList: content.contacts.map((c) => ({ displayName: c.name, vcard: c.vcard })) } }];
      }
    }
  }

  async seen(chat: string): Promise<void> {
    await this.#page().sendSeen(chat);
  }
  async typing(chat: string, state: 'composing' | 'recording' | 'paused'): Promise<void> {
    const found = await this.#page().getChatById(chat);
    await (state === 'composing' ? found?.sendStateTyping() : state === 'recording' ? found?.sendStateRecording() : found?.clearState());
  }
  async download(serialized: string): Promise<{ data: string; mime_type: string } | undefined> {
    const media = await (await this.#page().getMessageById(serialized))?.downloadMedia();
    return media && { data: media.data, mime_type: media.mimetype };
  }
  async resolve(phone: string): Promise<string | undefined> {
    return (await this.#page().getNumberId(phone))?._serialized;
  }
  async lookup(phones: readonly string[]): Promise<{ phone: string; exists: boolean; lid?: string }[]> {
    const answers: { phone: string; exists: boolean; lid?: string }[] = [];
    // One by one: the page asks WhatsApp for each.
    for (const phone of phones.map((p) => p.replaceAll(/\D/g, ''))) {
      const found = await this.#page().getNumberId(phone);
      const lid = found && (await this.#page().getContactLidAndPhone([found._serialized]).catch(() => []))[0]?.lid?.split('@')[0];
      answers.push({ phone, exists: found !== null, ...(lid && { lid }) });
    }
    return answers;
  }
  async phoneOf(lid: string): Promise<string | undefined> {
    return (await this.#page().getContactLidAndPhone([lid]))[0]?.pn?.split('@')[0];
  }
  async pairingCode(phone: string): Promise<string> {
    return this.#page().requestPairingCode(phone);
  }
}

const textOf = (wid: string | Wid): string => (typeof wid === 'string' ? wid : wid._serialized);

function groupsOf(client: () => WwebjsClient): DriverGroups {
  const chat = async (group: string): Promise<WwebjsGroup> => {
    const found = await client().getChatById(group);
    if (!found?.isGroup) throw new EngineError('invalid', `There is no group ${group} that this number is in.`);
    return found;
  };
  const done = (ok: boolean, what: string): void => {
    if (!ok) throw new EngineError('refused', `WhatsApp did not let the ${what} be changed: only administrators may.`, '403');
  };
  return {
    list: async () => (await client().getChats()).filter((c) => c.isGroup).map(groupOf),
    get: async (group) => groupOf(await chat(group)),
    async create(subject, members) {
      const made = await client().createGroup(subject, members);
      if (typeof made === 'string') throw new EngineError('refused', made);
      return made.gid._serialized;
    },
    async change(group, { subject, description }) {
      const found = await chat(group);
      if (subject !== undefined) done(await found.setSubject(subject), 'subject');
      if (description !== undefined) done(await found.setDescription(description), 'description');
    },
    async members(group, action, members) {
      const found = await chat(group);
      if (action === 'add') {
        const answer = await found.addParticipants(members);
        if (typeof answer === 'string') throw new EngineError('refused', answer);
        return members.map((m) => ({ ...personOf(m), code: String(answer[m]?.code ?? 404), done: answer[m]?.code === 200 }));
      }
      const { status } = await (action === 'remove' ? found.removeParticipants(members) : action === 'promote' ? found.promoteParticipants(members) : found.demoteParticipants(members));
      return members.map((m) => ({ ...personOf(m), code: String(status), done: status === 200 }));
    },
    leave: async (group) => (await chat(group)).leave(),
  };
}

function groupOf(chat: WwebjsGroup): Group {
  const meta = chat.groupMetadata;
  return {
    id: chat.id._serialized, subject: meta?.subject ?? chat.name ?? '', ...(meta?.desc && { description: meta.desc }),
    ...(meta?.creation && { created_at: new Date(meta.creation * 1000).toISOString() }), ...(meta?.announce !== undefined && { announce: meta.announce }), ...(meta?.restrict !== undefined && { locked: meta.restrict }),
    members: (meta?.participants ?? []).map((p) => ({ ...personOf(p.id._serialized), role: p.isSuperAdmin ? 'superadmin' : p.isAdmin ? 'admin' : 'member' })),
  };
}
