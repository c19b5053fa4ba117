/**
 * What runs inside the page of WhatsApp Web, over wa-js (`WPP`, which WPPConnect 2.3.3 injects). Each function is serialised by the
 * browser's debugging protocol: it sees its arguments and the page's globals, nothing of this module.
 */
import type { RawKey, RawMessage } from './driver.ts';

interface Stringable {
  toString(): string;
}
interface PageKey {
  readonly id: string;
  readonly fromMe: boolean;
  readonly remote: Stringable;
  readonly participant?: Stringable | undefined;
  readonly _serialized: string;
}
interface PageModel extends Readonly<Record<string, unknown>> {
  readonly id: PageKey;
  readonly ack?: number;
}
interface PageGroup {
  readonly id: Stringable;
  readonly groupMetadata?: {
    readonly subject?: string; readonly desc?: string; readonly creation?: number; readonly announce?: boolean; readonly restrict?: boolean;
    readonly participants?: { getModelsArray(): readonly { readonly id: Stringable; readonly isAdmin?: boolean; readonly isSuperAdmin?: boolean }[] };
  };
}
interface SendOptions extends Readonly<Record<string, unknown>> {
  readonly messageId: string;
}
interface Sent {
  readonly id: string;
  readonly ack?: number;
}
/** The part of wa-js that is used. */
export interface Wpp {
  on(event: string, fn: (payload: never) => void): void;
  readonly conn: {
    isRegistered(): boolean; isMainReady(): boolean; getAuthCode(): Promise<{ fullCode: string } | null>; getMyUserId(): Stringable | undefined; getPlatform(): string;
    genLinkDeviceCodeForPhoneNumber(phone: string): Promise<string>; logout(): Promise<boolean>;
  };
  readonly profile: { getMyProfileName(): string | undefined };
  readonly whatsapp: {
    readonly Socket: { readonly state: string; on(event: string, fn: (socket: unknown, state: string) => void): void };
    readonly MsgStore: { get(id: Stringable): PageModel | undefined };
  };
  readonly chat: {
    sendTextMessage(chat: string, text: string, options: SendOptions): Promise<Sent>;
    sendFileMessage(chat: string, dataUrl: string, options: SendOptions): Promise<Sent>;
    sendLocationMessage(chat: string, options: SendOptions): Promise<Sent>;
    sendRawMessage(chat: string, message: object, options: SendOptions): Promise<Sent>;
    sendReactionToMessage(id: string, emoji: string | false): Promise<unknown>;
    editMessage(id: string, text: string): Promise<unknown>;
    deleteMessage(chat: string, id: string, local: boolean, revoke: boolean): Promise<{ isRevoked: boolean }>;
    markIsRead(chat: string): Promise<unknown>;
    markIsComposing(chat: string): Promise<unknown>;
    markIsRecording(chat: string): Promise<unknown>;
    markIsPaused(chat: string): Promise<unknown>;
    downloadMedia(id: string): Promise<Blob>;
    getMessageById(id: string): Promise<PageModel>;
  };
  readonly util: { blobToBase64(blob: Blob): Promise<string> };
  readonly contact: {
    queryExists(id: string): Promise<{ wid: Stringable; lid?: Stringable } | null>;
    getPnLidEntry(id: string): Promise<{ lid?: { id: string }; phoneNumber?: { id: string } }>;
  };
  readonly group: {
    getAllGroups(): Promise<readonly (PageGroup | undefined)[]>;
    ensureGroup(id: string): Promise<PageGroup>;
    create(subject: string, members: readonly string[]): Promise<{ gid: Stringable }>;
    addParticipants(group: string, members: readonly string[]): Promise<Readonly<Record<string, { code: number }>>>;
    removeParticipants(group: string, members: readonly string[]): Promise<unknown>;
    promoteParticipants(group: string, members: readonly string[]): Promise<unknown>;
    demoteParticipants(group: string, members: readonly string[]): Promise<unknown>;
    setSubject(group: string, subject: string): Promise<boolean>;
    setDescription(group: string, description: string): Promise<boolean>;
    leave(group: string): Promise<unknown>;
  };
}
export interface World {
  readonly WPP: Wpp;
  centralitaTell(name: string, payload: unknown): Promise<void>;
  centralitaListens?: boolean;
}

/** Tells everything that happens from now on, and how things stand. */
export async function listen(fields: readonly string[]): Promise<void> {
  const world = globalThis as unknown as World;
  if (world.centralitaListens) return;
  world.centralitaListens = true;
  const { WPP, centralitaTell: tell } = world;
  const key = (k: PageKey): RawKey => ({ id: k.id, fromMe: k.fromMe, remote: String(k.remote), ...(k.participant && { participant: String(k.participant) }), _serialized: k._serialized });
  // Models hold addresses as objects and much that is no data.
  const plain = (m: PageModel): unknown => {
    const data = Object.fromEntries(fields.flatMap((field) => {
      const value = m[field];
      return value === undefined || value === null ? [] : [[field, typeof value === 'object' && '_serialized' in value ? String(value) : JSON.parse(JSON.stringify(value))]];
    }));
    return { ...data, id: key(m.id) };
  };
  const on = (event: string, fn: (payload: Readonly<Record<string, unknown>> & PageModel) => void): void => WPP.on(event, (payload: never) => {
    try {
      fn(payload);
    } catch (error) {
      void tell('stumbled', `${event}: ${(error as Error).message}`);
    }
  });
  const ready = (): void => void tell('ready', { me: String(WPP.conn.getMyUserId() ?? ''), name: WPP.profile.getMyProfileName(), platform: WPP.conn.getPlatform() });
  const code = async (): Promise<void> => {
    const found = await WPP.conn.getAuthCode();
    if (found) await tell('qr', found.fullCode);
  };
  on('conn.auth_code_change', () => void code());
  on('conn.authenticated', () => void tell('authenticated', null));
  on('conn.main_ready', ready);
  on('conn.logout', () => void tell('ended', 'LOGOUT'));
  on('chat.new_message', (m) => void tell('message', plain(m)));
  on('chat.msg_ack_change', (change) => {
    for (const id of change['ids'] as readonly PageKey[]) {
      const msg = WPP.whatsapp.MsgStore.get(id._serialized);
      void tell('ack', { raw: msg ? plain(msg) : { id: key(id), type: 'chat', from: '', to: String(change['chat']) }, ack: change.ack });
    }
  });
  on('chat.msg_edited', (change) => void tell('edited', plain(change['msg'] as PageModel)));
  on('chat.msg_revoke', (change) => void tell('revoked', { id: key(change['refId'] as PageKey), type: 'revoked', from: String(change['from']), to: String(change['to']), ...(change['author'] ? { author: String(change['author']) } : {}) }));
  on('chat.new_reaction', (r) => void tell('reaction', { id: r.id.id, message: key(r['msgId'] as PageKey), sender: String(r['sender']), emoji: r['reactionText'] ?? '', at: r['timestamp'] }));
  on('call.incoming_call', (call) => void tell('call', { id: String(call.id), peer: String(call['peerJid']), video: call['isVideo'] === true, group: call['isGroup'] === true }));
  on('group.participant_changed', (g) => void tell('group', { group: String(g['groupId']), kind: String(g['action']), ...(g['author'] ? { by: String(g['author']) } : {}), members: (g['participants'] as readonly Stringable[]).map(String) }));
  WPP.whatsapp.Socket.on('change:state', (_socket, state) => {
    if (['CONFLICT', 'UNPAIRED', 'DEPRECATED_VERSION', 'TOS_BLOCK', 'SMB_TOS_BLOCK', 'PROXYBLOCK'].includes(state) && WPP.conn.isRegistered()) void tell('ended', state);
  });
  if (!WPP.conn.isRegistered()) await code();
  else if (WPP.conn.isMainReady()) ready();
  else await tell('authenticated', null);
}

/** What of a message is asked for; see `RawMessage`. */
export const FIELDS = [
  'type', 'subtype', 'body', 'caption', 't', 'from', 'to', 'author', 'notifyName', 'ack', 'mimetype', 'filename', 'size', 'filehash', 'duration', 'isAnimated', 'lat', 'lng', 'loc', 'isLive', 'clientUrl',
  'vcardFormattedName', 'vcardList', 'pollName', 'pollOptions', 'selectedButtonId', 'listResponse', 'orderId', 'orderTitle', 'token', 'itemCount', 'quotedStanzaID', 'quotedParticipant', 'quotedMsg', 'isForwarded',
  'mentionedJidList', 'ctwaContext',
] as const satisfies readonly Exclude<keyof RawMessage, 'id'>[];
