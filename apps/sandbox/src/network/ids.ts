import type { Runtime } from '../runtime.ts';

/** A message id built like WhatsApp's own (`wamid.HBgL…`): base64 of the user's number and 20 hex digits of chance. */
export function newMessageId(runtime: Runtime, number: string): string {
  const length = number.length;
  const bytes = Buffer.allocUnsafe(length + 30);
  bytes[0] = 0x1c;
  bytes[1] = 0x18;
  bytes[2] = length;
  bytes.write(number, 3, 'latin1');
  bytes.write('\x15\x02\x00\x12\x18\x14', length + 3, 'latin1');
  bytes.write(runtime.hex(20).toUpperCase(), length + 9, 'latin1');
  bytes[length + 29] = 0;
  return `wamid.${bytes.toString('base64')}`;
}
