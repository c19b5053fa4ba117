import { crc32, deflateSync } from 'node:zlib';
import { encodeQR } from 'qr';

/** Pixels of one module, and modules of quiet around: what scanners of phones want on a screen. */
const PIXELS = 6;
const QUIET = 4;

/** A QR code as PNG: black on white, one bit for a pixel. */
export function qrPng(text: string): Buffer {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
  const side = modules.length * PIXELS;
  const stride = Math.ceil(side / 8) + 1;
  const lines = modules.map((row) => {
    const line = Buffer.alloc(stride, 255);
    line[0] = 0;
    for (let x = 0; x < side; x++) {
      const at = 1 + (x >> 3);
      if (row[Math.floor(x / PIXELS)] === true) line[at] = line[at]! & ~(0x80 >> (x & 7));
    }
    return line;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const body = deflateSync(Buffer.concat(lines.flatMap((line) => Array.from({ length: PIXELS }, () => line))));
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), part('IHDR', header), part('IDAT', body), part('IEND', Buffer.alloc(0))]);
}

function part(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** To be scanned from a terminal. */
export const qrText = (text: string): string => encodeQR(text, 'ascii', { ecc: 'low', border: 2 });
