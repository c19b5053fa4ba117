import { JPEG, MP4, OGG, PDF, WEBP } from '../cloud-samples.ts';
import { contractSuite } from '../contract.suite.ts';
import { foreignBridge } from './index.ts';
import { startForeignBridge } from './testing/foreign-bridge.ts';

const TO = '56987650001';
const session_name = 'bot_ventas_abc';

contractSuite({
  provider: foreignBridge('venom'), proves: 'caller', correlates: false, codes: { rejected: 400, retry: 503 }, startCarrier: startForeignBridge,
  outbound: {
    text: () => ({ content: { type: 'text', text: 'Hola desde Venom!' }, body: { session_name, to: TO, message: 'Hola desde Venom!' } }),
    image: () => ({ content: { type: 'image', media: {}, caption: 'c' }, body: { session_name, to: TO, type: 'image', media: 'UPLOADED', mimetype: 'image/jpeg', filename: 'a.jpg', caption: 'c' }, file: { data: JPEG, mime_type: 'image/jpeg', filename: 'a.jpg' } }),
    video: () => ({ content: { type: 'video', media: {} }, body: { type: 'video', media: 'UPLOADED' }, file: { data: MP4, mime_type: 'video/mp4', filename: 'a.mp4' } }),
    audio: () => ({ content: { type: 'audio', media: { voice: true } }, body: { type: 'audio', media: 'UPLOADED', ptt: true }, file: { data: OGG, mime_type: 'audio/ogg; codecs=opus', filename: 'a.ogg' } }),
    document: () => ({ content: { type: 'document', media: {}, caption: 'c' }, body: { type: 'document', media: 'UPLOADED', filename: 'a.pdf', caption: 'c' }, file: { data: PDF, mime_type: 'application/pdf', filename: 'a.pdf' } }),
    sticker: () => ({ content: { type: 'sticker', media: {} }, body: { type: 'sticker', media: 'UPLOADED' }, file: { data: WEBP, mime_type: 'image/webp', filename: 'a.webp' } }),
    location: () => ({ content: { type: 'location', latitude: 37.44, longitude: -122.16, name: 'X' }, body: { message: 'X\nhttps://maps.google.com/?q=37.44,-122.16' } }),
    contacts: () => ({ content: { type: 'contacts', contacts: [{ name: 'Ana', phones: [{ phone: '+1555' }], emails: [] }] }, body: { message: 'Ana\n+1555' } }),
    buttons: () => ({ content: { type: 'buttons', body: 'Pick', buttons: [{ id: 'a', title: 'Yes' }, { id: 'b', title: 'No' }] }, body: { message: 'Pick\n\n1. Yes\n2. No' } }),
    list: () => ({ content: { type: 'list', body: 'B', button: 'Open', sections: [{ title: 'S', rows: [{ id: 'r1', title: 'R', description: 'D' }] }] }, body: { message: 'B\n\n*S*\n1. R – D' } }),
    cta_url: () => ({ content: { type: 'cta_url', body: 'B', display_text: 'Go', url: 'https://e.test' }, body: { message: 'B\n\nGo: https://e.test' } }),
  },
  inbound: {
    text: () => ({ wire: { text: 'Quiero comprar' }, content: { type: 'text', text: 'Quiero comprar' } }),
    image: () => ({ wire: { data: JPEG, mimetype: 'image/jpeg', caption: 'c' }, content: { type: 'image', caption: 'c' }, file: JPEG }),
    'voice note': () => ({ wire: { data: OGG, type: 'ptt', mimetype: 'audio/ogg; codecs=opus' }, content: { type: 'audio', media: { voice: true } }, file: OGG }),
    document: () => ({ wire: { data: PDF, type: 'document', mimetype: 'application/pdf', filename: 'a.pdf' }, content: { type: 'document' }, file: PDF }),
    location: () => ({ wire: { type: 'location', latitude: -33.4, longitude: -70.6 }, content: { type: 'location', latitude: -33.4, longitude: -70.6 } }),
    'a file that stayed behind': () => ({ wire: { type: 'video' }, content: { type: 'unsupported', wire_type: 'video' } }),
  },
});
