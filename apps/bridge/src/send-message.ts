import type { OutgoingContent, RichSendBody, SendAnswer } from '@centralita/contracts/bridge';
import { isAppError, randomBytesHex } from '@centralita/kernel';
import type { EngineContent, EngineSent } from './engine.ts';
import { errors, fromEngine } from './errors.ts';
import type { Files } from './files.ts';
import type { HostRuntime } from './runtime.ts';
import type { WebSession } from './session.ts';

export interface SendContext {
  readonly rt: HostRuntime;
  readonly files: Files;
}

/** As WhatsApp Web makes them: a fixed beginning and nine random bytes. */
export const newMessageId = (): string => `3EB0${randomBytesHex(9).toUpperCase()}`;

/**
 * Sends one message, once: an id that was sent before is answered and not sent again. Throws errors of the catalogue: `refused` when
 * WhatsApp said no, `unconfirmed` when it may have left.
 */
export async function sendMessage({ rt, files }: SendContext, session: WebSession, body: RichSendBody): Promise<SendAnswer> {
  const id = body.id ?? newMessageId();
  const from = performance.now();
  try {
    const sent = await session.once(id, async (): Promise<EngineSent> => {
      if (session.state !== 'active') throw errors.not_connected(`It is ${session.state}.`);
      const { content, drop } = await withFile(files, session.row.id, body.content);
      try {
        return await session.engine.send({ id, to: body.to, content, quote: body.quote });
      } finally {
        await drop();
      }
    });
    rt.figures.sends.inc({ outcome: sent === 'before' ? 'repeated' : sent.status });
    rt.figures.sendSeconds.observe((performance.now() - from) / 1000);
    if (sent === 'before') return { success: true, id, message_id: id, status: 'written', repeated: true };
    return { success: true, id, message_id: id, status: sent.status, repeated: false, ...(sent.peer ? { peer: { ...sent.peer } } : {}) };
  } catch (error) {
    const told = fromEngine(error);
    rt.figures.sends.inc({ outcome: isAppError(told) ? told.code : 'failed' });
    throw told;
  }
}

async function withFile(files: Files, session: string, content: OutgoingContent): Promise<{ content: EngineContent; drop: () => Promise<void> }> {
  if (!('media' in content)) return { content, drop: async () => undefined };
  const { file, drop } = await files.take(session, content.media);
  return { content: { ...content, media: file }, drop };
}
