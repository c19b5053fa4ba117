/** The part of whatsapp-web.js 1.34.7 that the driver uses; the package's own types describe less than it has. */
import type { RawMessage } from './driver.ts';

export interface Wwebjs {
  readonly Client: new (options: object) => WwebjsClient;
  readonly NoAuth: new () => object;
  readonly MessageMedia: new (mime: string, base64: string, filename?: string) => object;
  readonly Location: new (latitude: number, longitude: number, options?: { name?: string; address?: string }) => object;
}
export interface Puppet {
  evaluate<A extends unknown[], T>(fn: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
}
export interface WwebjsMessage {
  readonly _data: RawMessage;
  react(emoji: string): Promise<void>;
  edit(text: string): Promise<WwebjsMessage | null>;
  delete(everyone: boolean): Promise<void>;
  downloadMedia(): Promise<{ data: string; mimetype: string } | undefined>;
}
export interface Wid {
  readonly user: string;
  readonly server: string;
  readonly _serialized: string;
}
export interface WwebjsGroup {
  readonly id: Wid;
  readonly isGroup: boolean;
  readonly name?: string;
  readonly groupMetadata?: { readonly desc?: string; readonly creation?: number; readonly subject?: string; readonly announce?: boolean; readonly restrict?: boolean; readonly participants?: readonly { readonly id: Wid; readonly isAdmin: boolean; readonly isSuperAdmin: boolean }[] };
  addParticipants(ids: readonly string[]): Promise<Readonly<Record<string, { readonly code: number }>> | string>;
  removeParticipants(ids: readonly string[]): Promise<{ readonly status: number }>;
  promoteParticipants(ids: readonly string[]): Promise<{ readonly status: number }>;
  demoteParticipants(ids: readonly string[]): Promise<{ readonly status: number }>;
  setSubject(subject: string): Promise<boolean>;
  setDescription(description: string): Promise<boolean>;
  leave(): Promise<void>;
  sendStateTyping(): Promise<unknown>;
  sendStateRecording(): Promise<unknown>;
  clearState(): Promise<unknown>;
}
export interface GroupNotice {
  readonly chatId: string;
  readonly author?: string;
  readonly recipientIds: readonly string[];
  readonly type: string;
  readonly timestamp: number;
  readonly body?: string;
}
export interface WwebjsClient {
  readonly pupPage: Puppet | null;
  readonly pupBrowser: { process(): { readonly pid?: number } | null; on(event: string, fn: () => void): void; close(): Promise<void> } | null;
  readonly info?: { readonly wid: Wid; readonly pushname?: string; readonly platform?: string };
  on(event: 'qr' | 'disconnected' | 'auth_failure', fn: (text: string) => void): this;
  on(event: 'authenticated' | 'ready', fn: () => void): this;
  on(event: 'message_create', fn: (message: WwebjsMessage) => void): this;
  on(event: 'message_ack', fn: (message: WwebjsMessage, ack: number) => void): this;
  on(event: 'message_edit', fn: (message: WwebjsMessage, text: string) => void): this;
  on(event: 'message_revoke_everyone', fn: (message: WwebjsMessage) => void): this;
  on(event: 'message_reaction', fn: (reaction: { id: { id: string }; msgId: { id: string; fromMe: boolean; remote: string | Wid; _serialized: string }; senderId: string; reaction?: string; timestamp: number }) => void): this;
  on(event: 'call', fn: (call: { id: string; from: string; isVideo: boolean; isGroup: boolean; fromMe: boolean }) => void): this;
  on(event: 'group_join' | 'group_leave' | 'group_update' | 'group_admin_changed', fn: (notice: GroupNotice) => void): this;
  initialize(): Promise<void>;
  destroy(): Promise<void>;
  logout(): Promise<void>;
  getState(): Promise<string | null>;
  sendMessage(chat: string, content: unknown, options?: object): Promise<WwebjsMessage | undefined>;
  getMessageById(serialized: string): Promise<WwebjsMessage | null>;
  sendSeen(chat: string): Promise<boolean>;
  getNumberId(number: string): Promise<Wid | null>;
  getContactLidAndPhone(ids: readonly string[]): Promise<readonly { lid?: string; pn?: string }[]>;
  requestPairingCode(phone: string): Promise<string>;
  getChatById(id: string): Promise<WwebjsGroup | undefined>;
  getChats(): Promise<readonly WwebjsGroup[]>;
  createGroup(subject: string, members: readonly string[]): Promise<{ readonly gid: Wid } | string>;
}
