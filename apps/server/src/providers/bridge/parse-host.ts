import type { BridgeContent, BridgeEvent, BridgeMedia, BridgePerson, BridgeReceipt } from '@centralita/contracts/bridge';
import { NO_TIME, type Address, type Content, type InboundEvent, type InboundMessage, type Line, type MediaContent, type Peer } from '../../messaging/index.ts';
import { ParseError } from '../contract.ts';
import { contentKey, messageKey, statusKey } from '../whatsapp/event-key.ts';
import { readCard } from '../whatsapp/parse-card.ts';
import { isWire, type Wire } from '../whatsapp/wire.ts';

/** Whether a receipt was written by a host of ours. */
export const isHostReceipt = (body: unknown): body is Wire => isWire(body) && body['bridge'] === 1 && Array.isArray(body['events']);

interface Scope {
  readonly line: Line;
  readonly session: string;
  /** When the host wrote it: of two events that say the same at different times, both happened. */
  readonly written: string;
}

/**
 * A receipt of our own hosts (packages/contracts/src/bridge/events.ts) as events, in the order of the session. The same fact in two
 * receipts has the same key. Throws ParseError without a session.
 */
export function parseHost(body: Wire): InboundEvent[] {
  const receipt = body as unknown as BridgeReceipt;
  if (typeof receipt.session_name !== 'string') throw new ParseError('the receipt names no session');
  const scope: Scope = { line: { kind: 'number', id: receipt.session_name }, session: receipt.session_id, written: receipt.at };
  return receipt.events.flatMap((event) => read(event, scope));
}

function read(event: BridgeEvent, scope: Scope): InboundEvent[] {
  const { line } = scope;
  switch (event.type) {
    case 'message': {
      const message = readMessage(event, line);
      return [message ?? account(scope, event.content.type === 'undecryptable' ? 'undecryptable' : 'message', event)];
    }
    case 'status': {
      const peer = event.peer && peerOf(event.peer);
      const participant = event.group && event.peer ? event.peer.lid ?? event.peer.phone : undefined;
      return [{
        kind: 'status', key: statusKey(event.id, event.status, participant), line, at: timeOf(event.at), remote_id: event.id, status: event.status,
        ...(peer && { peer }), ...(event.group && { group_id: event.group.id }), ...(event.error && { errors: [event.error] }),
      }];
    }
    case 'identity':
      // The number is how people know each other: it stays the way to write to them.
      return [{
        kind: 'identity', key: contentKey('i', event.lid, event.phone), line, at: timeOf(event.at),
        before: { addresses: [{ kind: 'lid', value: event.lid }] }, after: { addresses: [{ kind: 'phone', value: event.phone }] },
      }];
    case 'contacts': {
      const people = event.contacts.flatMap((c) => {
        const name = c.saved_name ?? c.business_name ?? c.name;
        const peer = peerOf({ ...c, ...(name !== undefined && { name }) });
        return peer ? [peer] : [];
      });
      return people.length === 0 ? [] : [{ kind: 'people', key: contentKey('c', scope.session, scope.written, event.contacts), line, at: timeOf(event.at), people }];
    }
    case 'state': return [account(scope, 'session', event)];
    case 'group': return [account(scope, 'group', event)];
    case 'call': return [account(scope, 'call', event)];
  }
}

/** Undefined: there is nobody at the other end, or nothing to show. */
function readMessage(event: Extract<BridgeEvent, { type: 'message' }>, line: Line): InboundMessage | undefined {
  const peer = peerOf(event.from_me ? { ...event.peer, name: undefined } : event.peer);
  // What the phone itself wrote in a group has nobody at its other end.
  if (!peer || (event.group && event.from_me)) return undefined;
  const content = contentOf(event.content);
  if (!content) return undefined;
  const { quote } = event;
  const from = quote?.from?.phone;
  const extra = { ...(event.backfilled && { backfilled: true }), ...(event.mentions?.length && { mentions: event.mentions }), ...(event.group?.subject && { group_subject: event.group.subject }) };
  return {
    kind: 'message', key: messageKey(event.id), line, at: timeOf(event.at), remote_id: event.id, direction: event.from_me ? 'echo' : 'in', peer,
    ...(event.group && { group_id: event.group.id }), content,
    ...((quote ?? event.forwarded) && { context: { ...(quote && { remote_id: quote.id, ...(from && { from }) }), ...(event.forwarded && { forwarded: true }) } }),
    ...(event.referral && { referral: event.referral }), ...(Object.keys(extra).length > 0 && { extra }),
  };
}

function contentOf(c: BridgeContent): Content | undefined {
  switch (c.type) {
    case 'text': case 'button_reply': case 'list_reply': return c;
    case 'image': case 'video': case 'audio': case 'document': case 'sticker': return { type: c.type, media: mediaOf(c.media), ...(c.caption && { caption: c.caption }) };
    case 'location': {
      const { live: _live, ...place } = c;
      return place;
    }
    case 'contacts': return { type: 'contacts', contacts: c.contacts.map((card) => readCard(card)) };
    case 'reaction': return { type: 'reaction', remote_id: c.id, emoji: c.emoji };
    case 'edit': return { type: 'edit', remote_id: c.id, text: c.text };
    case 'revoke': return { type: 'revoke', remote_id: c.id };
    case 'poll': return { type: 'unsupported', wire_type: 'poll', errors: [{ title: c.name, options: c.options }] };
    case 'order': return { type: 'order', ...(c.order_id && { catalog_id: c.order_id }), ...(c.text && { text: c.text }), items: [] };
    case 'unsupported': return { type: 'unsupported', wire_type: c.wire_type, errors: [] };
    // It comes again under the same id once it can be read.
    case 'undecryptable': return undefined;
  }
}

function mediaOf({ remote_id, mime_type, sha256, filename, size, voice, animated }: BridgeMedia): MediaContent['media'] {
  return {
    remote_id, ...(mime_type && { mime_type }), ...(sha256 && { sha256 }), ...(filename && { filename }), ...(size !== undefined && { size }),
    ...(voice !== undefined && { voice }), ...(animated !== undefined && { animated }),
  };
}

function peerOf({ phone, lid, username, name }: { [K in keyof BridgePerson]?: BridgePerson[K] | undefined }): Peer | undefined {
  const addresses: Address[] = [];
  if (phone) addresses.push({ kind: 'phone', value: phone });
  if (lid) addresses.push({ kind: 'lid', value: lid });
  if (addresses.length === 0) return undefined;
  if (username) addresses.push({ kind: 'username', value: username });
  return name ? { addresses, name } : { addresses };
}

const timeOf = (at: string | undefined): string => (at !== undefined && !Number.isNaN(Date.parse(at)) ? at : NO_TIME);

function account({ line, session, written }: Scope, field: string, event: BridgeEvent): InboundEvent {
  const { type: _type, ...payload } = event;
  return { kind: 'account', key: contentKey('a', session, field, event.at ?? written, payload), line, at: timeOf(event.at), field, payload: { session_id: session, ...payload } };
}
