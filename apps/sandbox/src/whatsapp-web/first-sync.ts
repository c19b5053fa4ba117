/** What a phone gives a device it was just linked to: the key of the account's settings, and its chats so far. */
import { deflateSync } from 'node:zlib';
import { encodeWAMessage, proto } from 'baileys';
import { authorOf } from '../network/viewers.ts';
import type { Message } from '../store/messages.ts';
import { contentOf } from './content.ts';
import type { Web } from './context.ts';
import { lineId } from './lines.ts';
import { isGroup, lid, node, pn } from './node.ts';
import { wireId } from './receipts.ts';
import { UNOPENED } from './relay.ts';
import type { Device } from './store.ts';

/** Messages of all chats together: they travel inside one stanza. */
const MOST = 500;

export async function firstSync(web: Web, device: Device): Promise<void> {
  const { runtime } = web.sandbox;
  const { Type } = proto.Message.ProtocolMessage;
  await peer(web, device, {
    type: Type.APP_STATE_SYNC_KEY_SHARE,
    appStateSyncKeyShare: {
      keys: [{
        keyId: { keyId: Buffer.from([0, 0, 0, 0, 0, 1]) },
        keyData: { keyData: settingsKey(web, device.number), fingerprint: { rawId: device.keyIndex, currentIndex: 0, deviceIndexes: [0, device.device] }, timestamp: runtime.now() },
      }],
    },
  });
  const history = proto.HistorySync.encode({
    syncType: proto.HistorySync.HistorySyncType.INITIAL_BOOTSTRAP, progress: 100, chunkOrder: 1, conversations: await conversations(web, device.number), pushnames: names(web, device.number),
    phoneNumberToLidMappings: [{ pnJid: pn(device.number), lidJid: lid(web.directory.account(device.number).lid) }],
  }).finish();
  await peer(web, device, {
    type: Type.HISTORY_SYNC_NOTIFICATION,
    historySyncNotification: { syncType: proto.HistorySync.HistorySyncType.INITIAL_BOOTSTRAP, progress: 100, chunkOrder: 1, initialHistBootstrapInlinePayload: deflateSync(history) },
  });
}

/** The same for all devices of an account. */
function settingsKey(web: Web, number: string): Buffer {
  const of = { number, type: 'app-state-key', id: '1' };
  const known = web.store.key(number, of.type, of.id);
  if (known !== undefined) return known;
  const made = web.sandbox.runtime.bytes(32);
  web.store.putKey(of, made);
  return made;
}

async function peer(web: Web, device: Device, protocolMessage: proto.Message.IProtocolMessage): Promise<void> {
  const sealed = await web.signal.seal(device.number, device, encodeWAMessage({ protocolMessage }));
  if (sealed === undefined) return;
  const { runtime } = web.sandbox;
  web.outlet.push(device, node('message', { from: pn(device.number), id: `3A${runtime.hex(18).toUpperCase()}`, t: String(Math.floor(runtime.now() / 1000)), type: 'text', category: 'peer' }, [
    node('enc', { v: '2', type: sealed.type }, sealed.ciphertext),
  ]));
}

function names(web: Web, number: string): proto.IPushname[] {
  const { phones } = web.sandbox;
  return [number, ...partners(web, number)].map((one) => ({ id: pn(one), pushname: phones.find(one)?.name })).filter((one) => one.pushname !== undefined && one.pushname !== '');
}

function talk(web: Web, number: string): Message[] {
  const { messages } = web.sandbox;
  const chats = [lineId(number), ...web.groups.of(number).map((group) => group.id)];
  return messages.lastOfChats(number, chats, { before: Number.MAX_SAFE_INTEGER, limit: MOST }).filter((message) => message.type !== UNOPENED && message.phoneNumberId.includes('@'));
}

const partnerOf = (message: Message, number: string): string => (message.number === number ? message.phoneNumberId.replace(/@.*$/, '') : message.number);

function partners(web: Web, number: string): string[] {
  return [...new Set(talk(web, number).filter((message) => !isGroup(message.phoneNumberId)).map((message) => partnerOf(message, number)))];
}

async function conversations(web: Web, number: string): Promise<proto.IConversation[]> {
  const chats = new Map<string, proto.IConversation & { messages: proto.IHistorySyncMsg[] }>();
  for (const group of web.groups.of(number)) chats.set(group.id, { id: group.id, name: group.subject, messages: [] });
  for (const message of talk(web, number)) {
    const author = authorOf(message);
    const group = isGroup(message.phoneNumberId) ? message.phoneNumberId : undefined;
    const id = group ?? pn(partnerOf(message, number));
    const chat = chats.get(id) ?? { id, ...(group === undefined ? { lidJid: lid(web.directory.account(partnerOf(message, number)).lid), name: web.sandbox.phones.find(partnerOf(message, number))?.name } : {}), messages: [] };
    chats.set(id, chat);
    const content = await contentOf(web, message, author);
    if (content === undefined) continue;
    const fromMe = author === number;
    chat.conversationTimestamp = Math.floor(message.createdAt / 1000);
    // Newest first.
    chat.messages.unshift({
      message: {
        key: { remoteJid: id, fromMe, id: wireId(message), ...(group === undefined || fromMe ? {} : { participant: lid(web.directory.account(author).lid) }) },
        message: content, messageTimestamp: Math.floor(message.createdAt / 1000), ...(group === undefined || fromMe ? {} : { participant: lid(web.directory.account(author).lid) }),
      },
      msgOrderId: message.seq,
    });
  }
  return [...chats.values()];
}
