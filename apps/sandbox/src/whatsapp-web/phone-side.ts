/** The phones: what they say to linked devices, what they read of what those say, and which devices they have. */
import { encodeWAMessage, proto, unpadRandomMax16 } from 'baileys';
import type { BinaryNode } from 'baileys';
import type { Message } from '../store/messages.ts';
import { tellMessage, tick } from '../network/inbound.ts';
import { authorOf } from '../network/viewers.ts';
import { contentOf } from './content.ts';
import type { PhoneSide, Web } from './context.ts';
import type { Address } from './directory.ts';
import { strikeMessage } from './faults.ts';
import { firstSync } from './first-sync.ts';
import { ensureLine, lineOf } from './lines.ts';
import { isGroup, lid, node, pn } from './node.ts';
import { readMessage } from './reading.ts';
import { receiptTo, wireId } from './receipts.ts';
import { corrupt, UNOPENED } from './relay.ts';
import type { Device, Sealed } from './store.ts';

/** How often a phone asks for what it cannot read. */
const RETRIES = 3;
const OPEN_AT_ONCE = 200;

export class AllPhones implements PhoneSide {
  readonly #web: () => Web;

  constructor(web: () => Web) {
    this.#web = web;
  }

  /** A device was linked: its number is one of the company's now. */
  linked(device: Device): void {
    const { sandbox } = this.#web();
    ensureLine(sandbox, device.number);
    this.#devicesChanged(device);
    sandbox.live.tell({ kind: 'codes' });
  }

  /** A device is there and has all that waited for it; the first time the phone gives it its keys and history. */
  arrived(device: Device): void {
    if (device.synced) return;
    const web = this.#web();
    device.synced = true;
    web.store.saveDevice(device);
    this.#run(device.number, () => firstSync(web, device));
  }

  /** Removes a linked device. `told`: it did so itself, and knows. */
  unlink(device: Device, { told }: { told: boolean }): void {
    const { directory, outlet, sandbox } = this.#web();
    const connection = outlet.connection(device);
    directory.removeDevice(device);
    if (connection !== undefined) {
      connection.device = undefined;
      outlet.disconnected(device, connection);
      if (!told) connection.end('device_removed');
    }
    this.#devicesChanged(device);
    sandbox.live.tell({ kind: 'codes' });
  }

  /** Its other devices, and those it has talked with, ask anew which devices there are. */
  #devicesChanged(device: Device): void {
    const { directory, outlet, sandbox } = this.#web();
    const account = directory.account(device.number);
    const jids = [pn(device.number, device.device), lid(account.lid, device.device)];
    const partners = sandbox.phones.chatsOf(device.number).map((chat) => chat.phoneNumberId.replace(/@.*$/, ''));
    for (const number of new Set([device.number, ...partners])) {
      for (const other of directory.devices(number)) {
        if (other === device) continue;
        outlet.push(other, node('notification', { from: pn(device.number), type: 'devices', id: sandbox.runtime.digits(10), t: String(Math.floor(sandbox.runtime.now() / 1000)), lid: lid(account.lid) }, [
          node('update', { hash: sandbox.runtime.token(4) }, jids.map((jid) => node('device', { jid }))),
        ]));
      }
    }
  }

  /** Work of a phone, one after the other; what fails is said, and does not stop the rest. */
  #run(number: string, work: () => Promise<void>): void {
    this.#web().serial.run(number, work).catch((error: unknown) => {
      process.stderr.write(`${JSON.stringify({ level: 'error', msg: 'whatsapp web: a phone failed', error: error instanceof Error ? error.stack : String(error) })}\n`);
    });
  }

  /** A phone wrote: it is encrypted for the linked devices once it is on disk. */
  say(message: Message): void {
    const { store, sandbox } = this.#web();
    store.toSay(message.seq);
    sandbox.journal.afterCommit((failure) => {
      if (failure === undefined) this.#run(authorOf(message), () => this.#speak(message.seq));
    });
  }

  /** Goes on where a former process stopped. */
  resume(): void {
    const { store, sandbox } = this.#web();
    for (const seq of store.unsaid()) {
      const message = sandbox.messages.bySeq(seq);
      if (message === undefined) store.said(seq);
      else this.#run(authorOf(message), () => this.#speak(seq));
    }
  }

  async #speak(seq: number): Promise<void> {
    const web = this.#web();
    const message = web.sandbox.messages.bySeq(seq);
    if (message !== undefined) {
      const author = authorOf(message);
      // In the order of a phone that reads at once: who writes on an old session spoils the new one at the other side.
      await this.#open(author);
      const content = await contentOf(web, message, author);
      if (content !== undefined) {
        if (isGroup(message.phoneNumberId)) await this.#speakToGroup(message, author, content);
        else await this.#speakToPerson(message, author, content);
      }
      this.#reachedPhones(message, author);
    }
    web.store.said(seq);
  }

  /** Where nobody else is there to say so, the phone on the other side has it. */
  #reachedPhones(message: Message, author: string): void {
    const { directory, sandbox } = this.#web();
    if (message.direction !== 'out' || isGroup(message.phoneNumberId)) return;
    const owner = message.phoneNumberId.replace(/@.*$/, '');
    const phone = sandbox.phones.find(owner);
    if (directory.linked(owner) || phone?.online !== true || owner === author) return;
    tick(sandbox, message, phone.autoRead ? 'read' : 'delivered');
  }

  async #speakToPerson(message: Message, author: string, content: proto.IMessage): Promise<void> {
    const { directory } = this.#web();
    const line = message.phoneNumberId.replace(/@.*$/, '');
    const chat = author === line ? message.number : line;
    const plain = encodeWAMessage({ ...content, messageContextInfo: {} });
    for (const device of directory.devices(chat)) await this.#sealAndPush(message, { author, to: device, plain, attrs: this.#from(author) });
    const own = directory.devices(author);
    if (own.length === 0 || chat === author) return;
    const copy = encodeWAMessage({ deviceSentMessage: { destinationJid: pn(chat), message: content } });
    for (const device of own) await this.#sealAndPush(message, { author, to: device, plain: copy, attrs: { from: pn(author), recipient: pn(chat), recipient_lid: lid(directory.account(chat).lid) } });
  }

  /** Who shows no number is named by LID alone. */
  #from(author: string): Record<string, string | undefined> {
    const { directory, sandbox } = this.#web();
    const own = lid(directory.account(author).lid);
    return sandbox.phones.find(author)?.shareNumber === false ? { from: own, addressing_mode: 'lid' } : { from: pn(author), sender_lid: own };
  }

  async #speakToGroup(message: Message, author: string, content: proto.IMessage): Promise<void> {
    const { directory, groups, signal } = this.#web();
    const group = groups.get(message.phoneNumberId);
    if (group === undefined) return;
    const shared = await signal.sealGroup(author, group.id, encodeWAMessage(content));
    const key = encodeWAMessage({ senderKeyDistributionMessage: { groupId: group.id, axolotlSenderKeyDistributionMessage: shared.senderKey } });
    const attrs = { from: group.id, participant: lid(directory.account(author).lid), participant_pn: pn(author), addressing_mode: 'lid' };
    const enc = node('enc', { v: '2', type: 'skmsg', ...hidden(content) }, shared.ciphertext);
    // The key goes along each time: a device that joined since can read it too.
    for (const member of group.members) for (const device of directory.devices(member.number)) await this.#sealAndPush(message, { author, to: device, plain: key, attrs, also: [enc] });
  }

  async #sealAndPush(message: Message, what: { author: string; to: Address; plain: Uint8Array; attrs: Record<string, string | undefined>; also?: BinaryNode[]; retries?: number }): Promise<void> {
    const web = this.#web();
    const sealed = await web.signal.seal(what.author, what.to, what.plain);
    if (sealed === undefined) return;
    const struck = strikeMessage(web, { device: what.to, direction: 'out' });
    if (struck?.how === 'drop') return;
    const attrs = { v: '2', type: sealed.type, ...(what.retries === undefined ? {} : { count: String(what.retries) }), ...(message.type === 'reaction' ? { 'decrypt-fail': 'hide' } : {}) };
    const enc = node('enc', attrs, sealed.ciphertext);
    const stanza = node('message', {
      id: wireId(message), t: String(Math.floor(message.createdAt / 1000)), type: stanzaType(message.type), notify: web.sandbox.phones.ensure(what.author).name || undefined, edit: edits(message.type), ...what.attrs,
    }, [struck?.how === 'corrupt' ? corrupt(enc) : enc, ...(what.also ?? [])]);
    const push = (): void => web.outlet.push(what.to, stanza, struck?.how === 'duplicate' ? 2 : 1);
    if (struck?.how === 'delay') setTimeout(push, struck.ms).unref();
    else push();
  }

  /** A device could not read what a phone sent: a new session, and the same again. */
  resend(what: { phone: string; to: Address; id: string }): void {
    this.#run(what.phone, async () => {
      const web = this.#web();
      const message = web.sandbox.messages.byId(what.id);
      if (message === undefined || authorOf(message) !== what.phone) return;
      const content = await contentOf(web, message, what.phone);
      if (content === undefined) return;
      await web.signal.forget(what.phone, what.to);
      const again = { author: what.phone, to: what.to, retries: 1 };
      if (isGroup(message.phoneNumberId)) {
        await this.#speakToGroup(message, what.phone, content);
        return;
      }
      const own = what.to.number === what.phone;
      const chat = lineOf(web.sandbox, what.phone) !== undefined && message.phoneNumberId.startsWith(`${what.phone}@`) ? message.number : message.phoneNumberId.replace(/@.*$/, '');
      await this.#sealAndPush(message, {
        ...again, plain: own ? encodeWAMessage({ deviceSentMessage: { destinationJid: pn(chat), message: content } }) : encodeWAMessage(content), attrs: own ? { from: pn(what.phone), recipient: pn(chat) } : this.#from(what.phone),
      });
    });
  }

  ticked(message: Message, status: 'delivered' | 'read' | 'played', by = message.number): void {
    const web = this.#web();
    const group = isGroup(message.phoneNumberId) ? message.phoneNumberId : undefined;
    if (group !== undefined) tick(web.sandbox, message, status);
    const shares = group === undefined && web.sandbox.phones.find(by)?.shareNumber !== false;
    const reader = shares ? pn(by) : lid(web.directory.account(by).lid);
    receiptTo(web, authorOf(message), { id: wireId(message), type: status === 'delivered' ? undefined : status, reader, group });
  }

  /** Something sealed came for a phone: it is opened now if somebody looks at the page, else when somebody does. */
  arrivedAtPhone(number: string): void {
    const { sandbox } = this.#web();
    if (sandbox.live.heard) sandbox.journal.afterCommit(() => this.#run(number, () => this.#open(number)));
  }

  /** Resolves once a phone has read all that came for it. */
  async look(number: string): Promise<void> {
    const { store, serial } = this.#web();
    if (store.anySealed(number)) await serial.run(number, () => this.#open(number));
  }

  async #open(number: string): Promise<void> {
    const { store, sandbox } = this.#web();
    for (let page = store.sealed(number, OPEN_AT_ONCE); page.length > 0; page = store.sealed(number, OPEN_AT_ONCE)) {
      for (const sealed of page) await this.#openOne(number, sealed);
      await sandbox.journal.committed();
    }
  }

  async #openOne(number: string, sealed: Sealed): Promise<void> {
    const { store, signal, sandbox, directory } = this.#web();
    const { envelope } = sealed;
    store.unseal(sealed.seq);
    const known = directory.device(envelope.author) !== undefined || envelope.author.number !== number;
    let content: proto.IMessage;
    try {
      const plain = envelope.kind === 'skmsg'
        ? await signal.openGroup(number, envelope.author, { group: envelope.group ?? '', bytes: sealed.sealed })
        : await signal.open(number, envelope.author, { kind: envelope.kind, bytes: sealed.sealed });
      content = proto.Message.decode(unpadRandomMax16(plain));
    } catch {
      if (known) this.#askAgain(number, sealed);
      return;
    }
    const inner = content.deviceSentMessage?.message ?? content;
    const key = inner.senderKeyDistributionMessage;
    if (key != null) await signal.learnSenderKey(number, envelope.author, key);
    const message = sealed.messageSeq === null ? undefined : sandbox.messages.bySeq(sealed.messageSeq);
    // The key for a group comes alone, with the message after it.
    if (message?.type !== UNOPENED || (key != null && Object.keys(inner).length === 1)) return;
    await this.#write(message, inner);
  }

  async #write(message: Message, content: proto.IMessage): Promise<void> {
    const web = this.#web();
    const { sandbox } = web;
    const read = await readMessage(web, content, { phoneNumberId: message.phoneNumberId });
    const opened = sandbox.messages.open(message, { ...read, payload: JSON.stringify(read.payload), extra: { ...message.extra, ...read.extra } });
    const original = read.changes === undefined ? undefined : sandbox.messages.byId(read.changes.id);
    if (original !== undefined && read.changes !== undefined) {
      const { id: _id, ...change } = read.changes;
      sandbox.messages.setExtra(original, { ...original.extra, ...change });
      tellMessage(sandbox, original);
    }
    tellMessage(sandbox, opened);
  }

  /** Like a phone that lost its session: it asks the sender for the message again, with keys to begin anew. */
  #askAgain(number: string, sealed: Sealed): void {
    const { directory, outlet, sandbox } = this.#web();
    const { envelope } = sealed;
    const message = sealed.messageSeq === null ? undefined : sandbox.messages.bySeq(sealed.messageSeq);
    if (message?.type !== UNOPENED) return;
    const retries = Number(message.extra?.['retries'] ?? 0) + 1;
    if (retries > RETRIES) return;
    sandbox.messages.setExtra(message, { ...message.extra, retries });
    const { creds, lid: own } = directory.account(number);
    const be = (value: number, width: number): Buffer => {
      const out = Buffer.alloc(width);
      out.writeUIntBE(value, 0, width);
      return out;
    };
    const bundle = directory.bundle({ number, device: 0 });
    if (bundle?.preKey === undefined) return;
    // Of its own account's device it asks for what that said to somebody else.
    const person = envelope.author.number === number ? { from: pn(number), recipient: pn(message.number) } : { from: pn(number) };
    const from = envelope.group === undefined ? person : { from: envelope.group, participant: lid(own) };
    outlet.push(envelope.author, node('receipt', { ...from, id: envelope.id, type: 'retry', t: String(Math.floor(sandbox.runtime.now() / 1000)) }, [
      node('retry', { count: String(retries), id: envelope.id, t: String(Math.floor(message.createdAt / 1000)), v: '1', error: '0' }),
      node('registration', {}, be(creds.registrationId, 4)),
      node('keys', {}, [
        node('type', {}, Buffer.from([5])), node('identity', {}, Buffer.from(bundle.identity)),
        node('key', {}, [node('id', {}, be(bundle.preKey.id, 3)), node('value', {}, Buffer.from(bundle.preKey.value))]),
        node('skey', {}, [node('id', {}, be(bundle.signedPreKey.id, 3)), node('value', {}, Buffer.from(bundle.signedPreKey.value)), node('signature', {}, Buffer.from(bundle.signedPreKey.signature))]),
      ]),
    ]));
  }
}

function hidden(content: proto.IMessage): Record<string, string> {
  return content.reactionMessage == null ? {} : { 'decrypt-fail': 'hide' };
}

function stanzaType(type: string): string {
  switch (type) {
    case 'image': case 'video': case 'audio': case 'document': case 'sticker': case 'location': case 'contacts': return 'media';
    case 'reaction': return 'reaction';
    default: return 'text';
  }
}

/** 1: an edit; 7: taken back by its sender. */
function edits(type: string): string | undefined {
  return type === 'edit' ? '1' : type === 'revoke' ? '7' : undefined;
}
