import type { Runtime } from '../runtime.ts';
import type { Carrier } from '../store/identities.ts';

/** A message id built like WhatsApp's own (`wamid.HBgL…`): base64 of the user's number and 20 hex digits of chance. */
function newWamid(runtime: Runtime, number: string): string {
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

/** A message's id as its carrier writes it. Twilio's begins with SM, with MM when the message holds a file. */
export function newMessageId(runtime: Runtime, at: { number: string; carrier: Carrier; media?: boolean }): string {
  switch (at.carrier) {
    case 'meta': case '360dialog': return newWamid(runtime, at.number);
    case 'twilio': return `${at.media === true ? 'MM' : 'SM'}${runtime.hex(32)}`;
    case 'evolution': return `3EB0${runtime.hex(18).toUpperCase()}`;
    // As phones make them; 3EB0 is for companions.
    case 'whatsapp-web': return `3A${runtime.hex(18).toUpperCase()}`;
  }
}
