/** The phones: what one can do with a phone in the hand, by HTTP. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Sandbox } from '../context.ts';
import { parse } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import { contactJson, receiveFromPhone, sendOverWeb, tick } from '../network/inbound.ts';
import { plainDigits, waId } from '../network/numbers.ts';
import { chatsOf, viewFor } from '../network/viewers.ts';
import { phoneView, windowEnd } from '../network/view.ts';
import type { BusinessNumber } from '../store/identities.ts';
import type { Message } from '../store/messages.ts';
import type { Phone } from '../store/phones.ts';
import { InboundBody } from './inbound-body.ts';
import { inboundContent } from './inbound-content.ts';
import { afterCommit } from './routes-reply.ts';

interface OfPhone {
  Params: { number: string };
}

const Paging = z.object({
  after: z.coerce.number().int().min(0).optional(), before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200), with: z.string().optional(),
});

const ListQuery = z.object({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(500).default(50), search: z.string().max(50).optional() });

const NewPhone = z.strictObject({ number: z.string(), name: z.string().trim().max(100).optional() });

const PhonePatch = z.strictObject({
  name: z.string().trim().max(100).optional(),
  username: z.string().regex(/^[a-z0-9._]{3,35}$/, '3 to 35 lower-case letters, digits, dots and underscores').nullable().optional(),
  bsuid: z.string().regex(/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/, 'like CL.13491208655302741918').optional(),
  auto_read: z.boolean().optional(), online: z.boolean().optional(), on_whatsapp: z.boolean().optional(),
  share_number: z.boolean().optional(), marketing: z.boolean().optional(),
});

const ReadBody = z.strictObject({ with: z.string().optional(), up_to: z.string().optional() });

const WindowBody = z.strictObject({ open: z.boolean(), with: z.string().optional() });

function canonical(given: string): string {
  const digits = plainDigits(given);
  if (digits === undefined) {
    throw new Problem(400, `"${given.slice(0, 40)}" is not a phone number.`, { where: 'path', toDo: 'Give its digits with country code, like 56912345678.' });
  }
  return waId(digits);
}

export function phoneRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  const { phones, messages, journal, identities, live } = sandbox;

  /** The phone with that number; any number is one. */
  const take = (given: string): Phone => {
    const number = canonical(given);
    const owner = identities.byBusinessNumber(number);
    // A phone that was linked over WhatsApp Web is both.
    if (owner !== undefined && owner.carrier !== 'whatsapp-web') {
      throw new Problem(409, `${number} is a number of the business.`, { where: 'path', toDo: 'Hold a phone with another number.' });
    }
    return phones.ensure(number);
  };

  const company = (given: string | undefined): BusinessNumber => {
    if (given === undefined) return identities.demo;
    const business = identities.numbers.get(given) ?? identities.byBusinessNumber(plainDigits(given) ?? '');
    if (business === undefined) {
      throw new Problem(404, `There is no business number ${given.slice(0, 40)}.`, { where: 'to', toDo: 'GET /sandbox/numbers lists them.' });
    }
    return business;
  };

  const detail = (phone: Phone): Record<string, unknown> => {
    const now = sandbox.runtime.now();
    return {
      ...phoneView(phone), typing: sandbox.typing.to(phone.number), groups: sandbox.web.groupsOf(phone.number),
      chats: phones.chatsOf(phone.number).map((chat) => {
        const end = windowEnd(chat, now);
        return { phone_number_id: chat.phoneNumberId, window_closes_at: end === null ? null : new Date(end).toISOString(), last_cursor: chat.lastSeq };
      }),
    };
  };

  app.get('/phones', (request) => {
    const query = parse(ListQuery, request.query, 'query');
    return { total: phones.count(), phones: phones.list(query).map(detail) };
  });

  app.post('/phones', async (request, reply) => {
    const body = parse(NewPhone, request.body, 'body');
    const phone = take(body.number);
    if (body.name !== undefined) phone.name = body.name;
    phone.suggested = true;
    phones.save(phone);
    await journal.committed();
    live.tell({ kind: 'phone', number: phone.number, phone: phoneView(phone) });
    return reply.code(201).send(detail(phone));
  });

  app.get<OfPhone>('/phones/:number', (request) => detail(take(request.params.number)));

  app.patch<OfPhone>('/phones/:number', async (request) => {
    const phone = take(request.params.number);
    const body = parse(PhonePatch, request.body, 'body');
    const other = body.bsuid === undefined ? undefined : phones.findByBsuid(body.bsuid);
    if (other !== undefined && other.number !== phone.number) {
      throw new Problem(409, 'Another phone has this business-scoped user id.', { where: 'body.bsuid', toDo: 'Choose another.' });
    }
    const was = { online: phone.online, autoRead: phone.autoRead, marketing: phone.marketing };
    phone.name = body.name ?? phone.name;
    if (body.username !== undefined) phone.username = body.username;
    phone.bsuid = body.bsuid ?? phone.bsuid;
    phone.autoRead = body.auto_read ?? phone.autoRead;
    phone.online = body.online ?? phone.online;
    phone.onWhatsapp = body.on_whatsapp ?? phone.onWhatsapp;
    phone.shareNumber = body.share_number ?? phone.shareNumber;
    phone.marketing = body.marketing ?? phone.marketing;
    phones.save(phone);
    if (phone.online !== was.online) sandbox.web.online(phone.number, phone.online);
    if (phone.online && !was.online) sandbox.ladder.wentOnline(phone);
    if (phone.autoRead && !was.autoRead && phone.online) sandbox.ladder.read(phone, {});
    if (phone.marketing !== was.marketing) tellPreference(sandbox, phone);
    await journal.committed();
    live.tell({ kind: 'phone', number: phone.number, phone: phoneView(phone) });
    return detail(phone);
  });

  app.post<OfPhone>('/phones/:number/messages', (request, reply) => {
    const phone = take(request.params.number);
    const body = parse(InboundBody, request.body, 'body');
    if (!phone.onWhatsapp) throw new Problem(409, 'This phone is not on WhatsApp.', { where: 'path', toDo: 'PATCH it with {"on_whatsapp": true}.' });
    const peer = overWeb(sandbox, phone, body.to);
    const line = { phone, business: peer === undefined ? company(body.to) : identities.numbers.get(`${phone.number}@s.whatsapp.net`) ?? identities.demo };
    void reply.code(201);
    const accept = (content: Awaited<ReturnType<typeof inboundContent>>): void => {
      const message = peer === undefined ? receiveFromPhone(sandbox, line, content) : sendOverWeb(sandbox, { phone, to: peer }, content);
      afterCommit(sandbox, reply, { id: message.id, cursor: message.seq });
    };
    inboundContent(sandbox, line, body).then(accept).catch((error: unknown) => reply.send(error));
  });

  app.get<OfPhone>('/phones/:number/messages', async (request) => {
    const phone = take(request.params.number);
    const query = parse(Paging, request.query, 'query');
    await sandbox.web.look(phone.number);
    const page = pageOf(sandbox, phone.number, query);
    const wanted = query.with === undefined ? undefined : query.with.includes('@') ? query.with : company(query.with).phoneNumberId;
    return {
      messages: page.map((message) => viewFor(sandbox, message, phone.number)).filter((shown) => wanted === undefined || shown['phone_number_id'] === wanted),
      next: page.length === query.limit ? (page.at(-1)?.seq ?? null) : null,
      previous: query.before !== undefined && page.length === query.limit ? (page[0]?.seq ?? null) : null,
    };
  });

  app.post<OfPhone>('/phones/:number/read', async (request) => {
    const phone = take(request.params.number);
    const body = parse(ReadBody, request.body ?? {}, 'body');
    const upTo = body.up_to === undefined ? undefined : messages.byId(body.up_to)?.seq;
    if (body.up_to !== undefined && upTo === undefined) throw new Problem(404, 'There is no such message.', { where: 'body.up_to', toDo: 'Take the id of a message of this phone.' });
    const chat = body.with === undefined || body.with.includes('@') ? body.with : company(body.with).phoneNumberId;
    const read = sandbox.ladder.read(phone, { upTo, phoneNumberId: chat }) + readOnLinkedPhone(sandbox, { number: phone.number, chat, upTo });
    await journal.committed();
    return { read };
  });

  app.post<{ Params: { number: string; id: string } }>('/phones/:number/messages/:id/played', async (request) => {
    const phone = take(request.params.number);
    const message = messages.byId(request.params.id);
    if (message === undefined || message.number !== phone.number || message.direction !== 'in' || message.type !== 'audio') {
      throw new Problem(404, 'This phone received no such audio.', { where: 'path', toDo: 'Take the id of an audio message of direction "in".' });
    }
    const played = sandbox.ladder.played(message);
    await journal.committed();
    return { played };
  });

  /** Opens or closes the 24-hour window at once, instead of waiting for it. */
  app.post<OfPhone>('/phones/:number/window', async (request) => {
    const phone = take(request.params.number);
    const body = parse(WindowBody, request.body, 'body');
    const chat = phones.chat(company(body.with).phoneNumberId, phone.number);
    chat.lastInboundAt = body.open ? sandbox.runtime.now() : null;
    phones.touch(chat);
    await journal.committed();
    return detail(phone);
  });
}

/** Whom a phone means that writes over WhatsApp Web: one of its groups, or, when it is linked itself, any phone. */
function overWeb(sandbox: Sandbox, phone: Phone, to: string | undefined): { group: string } | { number: string } | undefined {
  if (to?.endsWith('@g.us') === true) {
    if (sandbox.web.members(to).includes(phone.number)) return { group: to };
    throw new Problem(404, 'This phone is in no such group.', { where: 'body.to', toDo: 'GET /sandbox/groups?of= lists its groups.' });
  }
  const digits = plainDigits((to ?? '').replace(/@s\.whatsapp\.net$/, ''));
  const isLine = sandbox.identities.numbers.has(`${phone.number}@s.whatsapp.net`);
  if (digits === undefined || !isLine || sandbox.identities.byBusinessNumber(digits) !== undefined) return undefined;
  const number = waId(digits);
  if (sandbox.phones.find(number)?.onWhatsapp === false) throw new Problem(409, `${number} is not on WhatsApp.`, { where: 'body.to', toDo: 'Write to another number, or PATCH its phone with {"on_whatsapp": true}.' });
  return { number };
}

/** On a phone that is linked itself: what others wrote to it over WhatsApp Web. */
function readOnLinkedPhone(sandbox: Sandbox, which: { number: string; chat: string | undefined; upTo: number | undefined }): number {
  const partner = /^(\d+)@s\.whatsapp\.net$/.exec(which.chat ?? '')?.[1];
  if (partner === undefined) return 0;
  const unread = sandbox.messages.unread({ number: partner, phoneNumberId: `${which.number}@s.whatsapp.net`, direction: 'out', upTo: which.upTo ?? Number.MAX_SAFE_INTEGER });
  for (const message of unread) tick(sandbox, message, 'read');
  return unread.length;
}

function pageOf(sandbox: Sandbox, number: string, query: { after?: number; before?: number; limit: number }): Message[] {
  const { messages } = sandbox;
  const chats = chatsOf(sandbox, number);
  if (query.before === undefined) {
    const page = { after: query.after ?? 0, limit: query.limit };
    return chats.length === 0 ? messages.ofPhone(number, page) : messages.ofChats(number, chats, page);
  }
  const page = { before: query.before, limit: query.limit };
  return chats.length === 0 ? messages.lastOfPhone(number, page) : messages.lastOfChats(number, chats, page);
}

/** Marketing stopped or resumed: every number it talks with hears of it. */
function tellPreference(sandbox: Sandbox, phone: Phone): void {
  const at = Math.floor(sandbox.runtime.now() / 1000);
  const preference = JSON.stringify([{
    wa_id: phone.number, detail: `User requested to ${phone.marketing ? 'resume' : 'stop'} marketing messages`,
    category: 'marketing_messages', value: phone.marketing ? 'resume' : 'stop', timestamp: at,
  }]);
  for (const chat of sandbox.phones.chatsOf(phone.number)) {
    const business = sandbox.identities.numbers.get(chat.phoneNumberId);
    if (business === undefined) continue;
    sandbox.publisher.publish(business, {
      label: 'user_preferences', field: 'user_preferences', number: phone.number, messageId: null,
      value: `"contacts":[${contactJson(phone)}],"user_preferences":${preference}`,
    });
  }
}
