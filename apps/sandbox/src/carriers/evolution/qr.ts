/** The picture that a phone scans: a QR code as PNG. */
import { crc32, deflateSync } from 'node:zlib';
import { encodeQR } from 'qr';

const PIXELS = 6;
const QUIET = 4;

/** As a data URL, black on white with the quiet border that scanners want. */
export function qrPicture(text: string): string {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
  const side = modules.length * PIXELS;
  const rows = Buffer.alloc(side * (side + 1), 255);
  for (let y = 0; y < side; y += 1) {
    const row = modules[Math.floor(y / PIXELS)] ?? [];
    rows[y * (side + 1)] = 0;
    for (let x = 0; x < side; x += 1) if (row[Math.floor(x / PIXELS)] === true) rows[y * (side + 1) + 1 + x] = 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // 8 bits of grey.
  header.set([8, 0, 0, 0, 0], 8);
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
  return `data:image/png;base64,${png.toString('base64')}`;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
