import type { z } from 'zod';
import type { Permission } from '../permissions.ts';

export interface ApiAnswer {
  readonly description: string;
  /** Absent: the answer has no body. */
  readonly schema?: z.ZodType;
  readonly example?: unknown;
  /** Default `application/json`. */
  readonly type?: string;
}

/** One public operation: what the server does, the document tells and the SDK offers comes from here. */
export interface Endpoint {
  /** Its name in the SDK and the document; never changes. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As in OpenAPI: `/api/messages/{id}`. */
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  /** Undefined: whoever is signed in. `public`: nobody has to say who they are. */
  readonly permission?: Permission | 'public';
  /** Headers it reads beyond the usual ones, with what they do. */
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly example?: string }>>;
  readonly query?: z.ZodObject;
  readonly body?: { readonly schema?: z.ZodType; readonly example?: unknown; readonly type?: string; readonly required?: boolean };
  readonly answers: Readonly<Record<number, ApiAnswer>>;
  /** Codes of problems worth knowing beforehand; the catalogue has all (docs/problems.md). */
  readonly problems?: readonly string[];
}

/** Chapters of the document, in this order. */
export const TAGS = {
  messages: 'Send messages, look at them, feed in what users wrote elsewhere.',
  conversations: 'Timelines of one contact on one account; who holds the turn.',
  templates: 'Messages that WhatsApp approved beforehand, as the carriers have them.',
  contacts: 'People and the many ways to reach them.',
  accounts: 'A company’s lines on WhatsApp, their figures.',
  'web sessions': 'Numbers that are phones, linked by a code: their sessions, hosts and groups.',
  bots: 'Bots and their configuration.',
  media: 'Files.',
  'queue monitor': 'Work that waits, and what was set aside.',
  session: 'Signing in with e-mail and password, for browsers.',
  administration: 'Companies, people, keys, permissions.',
  subscriptions: 'Where events are sent.',
  webhooks: 'Where carriers call.',
} as const;
export type Tag = keyof typeof TAGS;

export const IDEMPOTENCY_KEY = {
  'Idempotency-Key': {
    description: 'Any text of up to 255 characters, new for each thing to be sent. The same request with the same key within 24 hours sends nothing again and answers what became of the first.',
    example: 'pedido-1042-aviso',
  },
} as const;
