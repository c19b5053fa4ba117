import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { LookupBody, MediaBody, ReadBody, RichSendBody, SendMediaBody, SendTextBody, TypingBody, type FileAnswer, type LookupAnswer, type OutgoingContent, type SendAnswer } from '@centralita/contracts/bridge';
import { errors, fromEngine } from '../errors.ts';
import { sendMessage } from '../send-message.ts';
import type { WebSession } from '../session.ts';
import { sessionHere, type Api } from './context.ts';
import { asked } from './sessions.ts';

type Named = FastifyRequest<{ Params: { session: string } }>;

/** Sending, and what else concerns messages. */
export function messageRoutes(api: Api): void {
  const { app, host, files } = api;
  const send = async (named: string, body: RichSendBody): Promise<SendAnswer> => sendMessage({ rt: host.rt, files }, await sessionHere(api, named), body);

  const text = (body: unknown): Promise<SendAnswer> => {
    const { session_name: named, to, message, id, quote } = SendTextBody.parse(body);
    return send(named, { to, content: { type: 'text', text: message }, id, quote });
  };
  const media = (body: unknown): Promise<SendAnswer> => {
    const given = SendMediaBody.parse(body);
    return send(given.session_name, { to: given.to, content: mediaContent(given), id: given.id, quote: given.quote });
  };
  app.post('/send', (request) => text(request.body));
  app.post('/send-media', (request) => media(request.body));
  // The second source document's names; the session may stand in the query.
  app.post('/api/messages/send', (request) => text(withSession(request)));
  app.post('/api/messages/send-media', (request) => media(withSession(request)));
  app.post('/api/messages/send-template', () => {
    throw errors.unsupported('WhatsApp Web has no templates: send their text with /api/messages/send.');
  });

  app.post('/sessions/:session/messages', (request: Named) => send(request.params.session, RichSendBody.parse(request.body)));
  app.post('/sessions/:session/read', async (request: Named) => {
    const { ids } = ReadBody.parse(request.body);
    await act(api, request, (session) => session.engine.markRead(ids));
    return { success: true };
  });
  app.post('/sessions/:session/typing', async (request: Named) => {
    const { to, state } = TypingBody.parse(request.body);
    await act(api, request, (session) => session.engine.typing(to, state));
    return { success: true };
  });
  app.post('/sessions/:session/lookup', async (request: Named): Promise<LookupAnswer> => {
    const { phones } = LookupBody.parse(request.body);
    return { results: await act(api, request, (session) => session.engine.lookup(phones.map((p) => p.replace('+', '')))) };
  });

  app.post('/sessions/:session/media', async (request: Named, reply) => {
    const { remote_id } = MediaBody.parse(request.body);
    const file = await act(api, request, (session) => session.engine.download(reference(api, remote_id), host.rt.settings.mediaMaxBytes));
    if (file.size !== undefined) void reply.header('content-length', String(file.size));
    return reply.type(file.mime_type).send(file.stream);
  });

  void app.register((scope, _options, ready) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.post('/sessions/:session/files', { bodyLimit: host.rt.settings.mediaMaxBytes }, async (request: Named): Promise<FileAnswer> => {
      const session = await sessionHere(api, request.params.session);
      return files.keep(session.row.id, request.body as Readable);
    });
    ready();
  });
}

/** Does something on a session that must be connected. */
export async function act<T>(api: Api, request: Named, work: (session: WebSession) => Promise<T>): Promise<T> {
  const session = await sessionHere(api, request.params.session);
  if (session.state !== 'active') throw errors.not_connected(`It is ${session.state}.`);
  try {
    return await work(session);
  } catch (error) {
    throw fromEngine(error);
  }
}

function withSession(request: FastifyRequest): unknown {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return 'session_name' in body ? body : { ...body, session_name: asked(request) };
}

function reference(api: Api, sealed: string): string {
  try {
    return api.host.rt.sealer.open(sealed);
  } catch {
    throw errors.invalid(undefined, { errors: [{ path: 'remote_id', message: 'not a file of an inbound message of this installation' }] });
  }
}

/** What the file is sent as: as asked, else as its type says. */
function mediaContent({ type, media_url, mime_type = '', filename, caption }: SendMediaBody): OutgoingContent {
  const kind = type ?? kindOf(mime_type, media_url);
  const media = { url: media_url, mime_type, ...(filename ? { filename } : {}), ...(kind === 'voice' ? { voice: true } : {}) };
  return { type: kind === 'voice' ? 'audio' : kind, media, ...(caption ? { caption } : {}) };
}

function kindOf(mime: string, url: string): 'image' | 'video' | 'audio' | 'document' | 'sticker' {
  if (mime === 'image/webp' || /\.webp($|\?)/i.test(url)) return 'sticker';
  if (mime.startsWith('image/') || /\.(jpe?g|png)($|\?)/i.test(url)) return 'image';
  if (mime.startsWith('video/') || /\.(mp4|3gp)($|\?)/i.test(url)) return 'video';
  if (mime.startsWith('audio/') || /\.(mp3|ogg|opus|m4a|aac)($|\?)/i.test(url)) return 'audio';
  return 'document';
}
