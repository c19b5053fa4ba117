/** What can be made to go wrong between this WhatsApp and its clients, over the sandbox's faults. */
import type { BinaryNode } from 'baileys';
import type { Fault, WebEnding } from '../faults.ts';
import type { Connection } from './connection.ts';
import type { Web } from './context.ts';
import { IqError } from './iq/asked.ts';
import { children } from './node.ts';
import type { Device } from './store.ts';

/** Faults are kept to a number by its phone_number_id, which is its JID. */
const at = (device: Pick<Device, 'number'>): { phoneNumberId: string } => ({ phoneNumberId: `${device.number}@s.whatsapp.net` });

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** The reason a login is refused with, or undefined. */
export function strikeLogin(web: Web, device: Device): number | undefined {
  return web.sandbox.faults.take('web_login', at(device))?.code ?? undefined;
}

/** Ends or freezes what is connected when such a fault is there. */
export function strikeConnected(web: Web, connection: Connection): void {
  const { device } = connection;
  if (device === undefined) return;
  const { faults } = web.sandbox;
  const end = faults.take('web_end', at(device));
  if (end !== undefined) {
    if (end.how === 'device_removed') web.phoneSide.unlink(device, { told: false });
    else connection.end(isEnding(end.how) ? end.how : 'stream_end');
    return;
  }
  if (faults.find('web_freeze', at(device)) === undefined) connection.thaw();
  else connection.freeze();
}

function isEnding(how: Fault['how']): how is WebEnding {
  return how === 'restart' || how === 'replaced' || how === 'device_removed' || how === 'unavailable' || how === 'stream_end' || how === 'reset';
}

/** Runs when the faults change: those that strike without anybody doing anything. */
export function strikeAll(web: Web): void {
  for (const connection of [...web.outlet.connections]) strikeConnected(web, connection);
}

/** What happens to a question of a client. */
export async function strikeIq(web: Web, device: Device, iq: BinaryNode): Promise<'drop' | 'duplicate' | IqError | undefined> {
  const { faults } = web.sandbox;
  if (!faults.any) return undefined;
  const name = `${iq.attrs['xmlns'] ?? ''}:${children(iq)[0]?.tag ?? ''}`;
  const fault = faults.take('web_iq', { ...at(device), fits: (one) => one.iq === null || name.startsWith(one.iq) });
  switch (fault?.how) {
    case 'drop': return 'drop';
    case 'duplicate': return 'duplicate';
    case 'delay': await wait(fault.ms); return undefined;
    case 'error': return new IqError(fault.code ?? 500, 'internal-server-error');
    default: return undefined;
  }
}

/** What happens to a message: of a client on its way in, or to a device on its way out. */
export function strikeMessage(web: Web, of: { device: Pick<Device, 'number'>; direction: 'in' | 'out' }): Fault | undefined {
  const { faults } = web.sandbox;
  return faults.any ? faults.take('web_message', { ...at(of.device), fits: (one) => one.direction === of.direction }) : undefined;
}

/** The HTTP status the media host answers with instead. */
export function strikeMedia(web: Web, direction: 'upload' | 'download'): number | undefined {
  const { faults } = web.sandbox;
  return faults.any ? faults.take('web_media', { phoneNumberId: null, fits: (one) => one.direction === null || one.direction === direction })?.http ?? undefined : undefined;
}
