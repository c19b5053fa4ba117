import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FedAttachment, FedMessage } from '@centralita/contracts/api';
import { decodeId, newUuid } from '@centralita/kernel';
import { HttpError } from '@centralita/platform/http';
import type { Content, InboundMessage } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { accountsWithin } from '../accounts/index.ts';
import { botsOfAccounts, wakeBots } from '../bots/index.ts';
import type { Caller } from '../companies/index.ts';
import { findPhones } from '../contacts/index.ts';
import { receiveMessages } from '../conversations/index.ts';
import { mediaFiles, receiveUpload, type Uploaded } from '../media/index.ts';
import { errors } from './errors.ts';
import { lineOf, lineOfAccount, type Line } from './lines.ts';
import { phoneOf } from './send-messages.ts';

const MB = 1024 * 1024;
/** One attachment, whatever way it comes. In base64 it is a third longer, and there may be text around it. */
const MAX_FILE = 25 * MB;
export const FEED_LIMIT = 36 * MB;
/** For fetching an attachment from its address. */
const FETCH_MS = 20_000;

type Attachment = (typeof FedAttachment)['_zod']['output'];

/**
 * A message of a user that another system has (A6): into the conversation, and to the bot that answers on the account. The first
 * attachment carries the text as its caption. With a key it is taken once, however often it is handed in.
 */
export async function feedMessage(rt: Runtime, caller: Caller, { body, key }: { body: FedMessage; key: string | undefined }): Promise<void> {
  const phone = phoneOf(body.number);
  const text = body.message?.trim() ?? '';
  const attachments = body.attachments ?? [];
  if (text === '' && attachments.length === 0) throw errors.nothing_said();
  const line = await lineFor(rt, caller, body.account_id);
  const files: Content[] = [];
  for (const [n, attachment] of attachments.entries()) files.push(await documentOf(rt, caller, { attachment, caption: n === 0 ? text : '' }));
  const contents: Content[] = files.length > 0 ? files : [{ type: 'text', text }];
  const id = key === undefined ? newUuid() : createHash('sha256').update(key).digest('hex').slice(0, 32);
  await rt.db.withCompany(caller.company, async (tx) => {
    const match = (await findPhones(tx, [phone])).get(phone);
    const events = contents.map((content, n): InboundMessage => ({
      kind: 'message', key: `handed:${id}:${n}`, remote_id: `handed.${id}.${n}`, line: { kind: 'number', id: line.route.sender_id }, at: new Date(rt.clock.now()).toISOString(),
      direction: 'in', peer: { addresses: [{ kind: 'phone', value: match?.phone ?? phone }], ...(body.name !== undefined && { name: body.name }) }, content,
    }));
    await wakeBots(rt, tx, await receiveMessages(rt, tx, events.map((event) => ({ route: line.route, event, handedIn: true }))));
  });
}

/** Of several lines the one that a bot answers on, when it is the only such. */
async function lineFor(rt: Runtime, caller: Caller, given: string | undefined): Promise<Line> {
  if (given === undefined) {
    const accounts = (await accountsWithin(rt, caller)).filter((a) => a.status === 'active');
    const bots = await rt.db.withCompany(caller.company, (tx) => botsOfAccounts(tx, accounts.map((a) => a.id)));
    const [only, ...others] = bots.keys();
    if (only !== undefined && others.length === 0) return lineOfAccount(rt, only);
  }
  return lineOf(rt, caller, given);
}

async function documentOf(rt: Runtime, caller: Caller, { attachment, caption }: { attachment: Attachment; caption: string }): Promise<Content> {
  const file = await fileOf(rt, caller, attachment);
  return { type: 'document', media: { id: file.id, mime_type: file.mime_type, size: file.size, ...(file.filename !== null && { filename: file.filename }) }, ...(caption !== '' && { caption }) };
}

async function fileOf(rt: Runtime, caller: Caller, attachment: Attachment): Promise<Uploaded> {
  const given = typeof attachment === 'string' ? (attachment.startsWith('med_') ? { id: attachment } : { url: attachment }) : attachment;
  if (given.id !== undefined) return knownFile(rt, caller, given.id);
  const name = 'filename' in given ? given.filename : undefined;
  const type = 'mime_type' in given ? given.mime_type : undefined;
  if ('data' in given && given.data !== undefined) return keep(rt, caller, { bytes: base64(given.data), filename: name, declared: type });
  if (given.url === undefined) throw errors.attachment('Give its url, its id or its data.');
  const inline = /^data:([^;,]*)(?:;[^;,]*)*;base64,(.*)$/s.exec(given.url);
  if (inline) return keep(rt, caller, { bytes: base64(inline[2]!), filename: name, declared: type ?? inline[1] });
  return fetched(rt, caller, { url: given.url, filename: name, declared: type });
}

async function knownFile(rt: Runtime, caller: Caller, given: string): Promise<Uploaded> {
  const id = decodeId('med', given);
  const [file] = id === undefined ? [] : await rt.db.withCompany(caller.company, (tx) => mediaFiles(tx, [id]));
  if (!file) throw errors.file_not_found(given);
  if (file.state !== 'ready') throw errors.file_not_ready(file.reason ?? 'It is still being fetched.');
  return { id: given, mime_type: file.mime_type ?? 'application/octet-stream', size: file.size ?? 0, filename: file.filename };
}

function base64(text: string): Buffer {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text.replace(/\s+/g, ''))) throw errors.attachment('Its data is not base64.');
  return Buffer.from(text, 'base64');
}

/** A customer's address: never one inside our own network (the guard of `http.customer`). */
async function fetched(rt: Runtime, caller: Caller, { url, filename, declared }: { url: string; filename: string | undefined; declared: string | undefined }): Promise<Uploaded> {
  if (!/^https?:\/\//i.test(url)) throw errors.attachment('Its url begins with https://.');
  const answer = await rt.http.customer.request({ method: 'GET', url, timeoutMs: FETCH_MS, maxBytes: MAX_FILE }).catch((error: unknown) => {
    if (error instanceof HttpError) throw errors.attachment(`It could not be fetched: ${error.kind}.`);
    throw error;
  });
  if (answer.status !== 200) throw errors.attachment(`Its address answered ${answer.status}.`);
  return keep(rt, caller, { bytes: answer.body, filename: filename ?? nameIn(url), declared: declared ?? answer.headers['content-type'] });
}

const nameIn = (url: string): string | undefined => {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  return last === '' ? undefined : last.replace(/%[\da-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
};

async function keep(rt: Runtime, caller: Caller, { bytes, filename, declared }: { bytes: Buffer; filename: string | undefined; declared: string | undefined }): Promise<Uploaded> {
  if (bytes.length > MAX_FILE) throw errors.attachment(`It is larger than ${MAX_FILE / MB} MB. Upload it first (POST /api/media) and give its id.`);
  return receiveUpload(rt, caller.company, { body: Readable.from([bytes]), filename, declared, user_id: caller.user?.id });
}
