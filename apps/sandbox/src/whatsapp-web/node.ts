/** Stanzas of WhatsApp Web: how they are built and looked into. */
import type { BinaryNode } from 'baileys';

export const SERVER = '@s.whatsapp.net';

export function node(tag: string, attrs: Readonly<Record<string, string | undefined>> = {}, content?: BinaryNode['content']): BinaryNode {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(attrs)) if (value !== undefined) kept[key] = value;
  return content === undefined ? { tag, attrs: kept } : { tag, attrs: kept, content };
}

export function children(of: BinaryNode | undefined): BinaryNode[] {
  return Array.isArray(of?.content) ? of.content : [];
}

export function child(of: BinaryNode | undefined, tag: string): BinaryNode | undefined {
  return children(of).find((one) => one.tag === tag);
}

export function childrenOf(of: BinaryNode | undefined, tag: string): BinaryNode[] {
  return children(of).filter((one) => one.tag === tag);
}

/** The bytes inside; what came as text is its bytes. */
export function bytes(of: BinaryNode | undefined): Buffer {
  if (of === undefined || of.content === undefined || Array.isArray(of.content)) return Buffer.alloc(0);
  return typeof of.content === 'string' ? Buffer.from(of.content, 'utf8') : Buffer.from(of.content);
}

export function text(of: BinaryNode | undefined): string {
  return bytes(of).toString('utf8');
}

export function uint(of: BinaryNode | undefined): number {
  const held = bytes(of);
  return held.length === 0 || held.length > 6 ? 0 : held.readUIntBE(0, held.length);
}

export interface Jid {
  /** Digits of the number or LID, or the id of a group. */
  readonly user: string;
  readonly server: string;
  /** 0: the phone itself. */
  readonly device: number;
}

/** `56911112222:3@s.whatsapp.net` in its parts; undefined when it is no JID. */
export function jid(given: string | undefined): Jid | undefined {
  const parts = /^([\w-]+)(?:_\d+)?(?:\.\d+)?(?::(\d+))?@([\w.]+)$/.exec(given ?? '');
  return parts === null ? undefined : { user: parts[1] ?? '', server: parts[3] ?? '', device: Number(parts[2] ?? 0) };
}

export function deviceJid(user: string, device: number, server: 's.whatsapp.net' | 'lid'): string {
  return device === 0 ? `${user}@${server}` : `${user}:${device}@${server}`;
}

export const pn = (number: string, device = 0): string => deviceJid(number, device, 's.whatsapp.net');
export const lid = (user: string, device = 0): string => deviceJid(user, device, 'lid');
export const isGroup = (given: string): boolean => given.endsWith('@g.us');
