import { base64, JPEG, MP4, OGG, PDF, WEBP } from '../cloud-samples.ts';
import { contractSuite, type ContractCase } from '../contract.suite.ts';
import { startSandbox } from '../sandbox-carrier.ts';
import { evolution } from './index.ts';

const TO = '56987650001';
const SECRET = 'shown-with-every-webhook';

const base: Omit<ContractCase, 'inbound' | 'startCarrier'> = {
  provider: evolution, proves: 'caller', correlates: false, codes: { rejected: 400, retry: 428 },
  outbound: {
    text: () => ({ content: { type: 'text', text: 'hi ñ', preview_url: true }, body: { number: TO, text: 'hi ñ', linkPreview: true } }),
    image: () => ({ content: { type: 'image', media: {}, caption: 'c' }, body: { number: TO, mediatype: 'image', media: 'UPLOADED', mimetype: 'image/jpeg', caption: 'c', fileName: 'a.jpg' }, file: { data: JPEG, mime_type: 'image/jpeg', filename: 'a.jpg' } }),
    video: () => ({ content: { type: 'video', media: {} }, body: { mediatype: 'video', media: 'UPLOADED' }, file: { data: MP4, mime_type: 'video/mp4', filename: 'a.mp4' } }),
    audio: () => ({ content: { type: 'audio', media: { voice: true } }, body: { number: TO, audio: 'UPLOADED', encoding: false }, file: { data: OGG, mime_type: 'audio/ogg; codecs=opus', filename: 'a.ogg' } }),
    document: () => ({ content: { type: 'document', media: {}, caption: 'c' }, body: { mediatype: 'document', media: 'UPLOADED', fileName: 'a.pdf', caption: 'c' }, file: { data: PDF, mime_type: 'application/pdf', filename: 'a.pdf' } }),
    sticker: () => ({ content: { type: 'sticker', media: {} }, body: { number: TO, sticker: 'UPLOADED' }, file: { data: WEBP, mime_type: 'image/webp', filename: 'a.webp' } }),
    location: () => ({ content: { type: 'location', latitude: 37.44, longitude: -122.16, name: 'X' }, body: { latitude: 37.44, longitude: -122.16, name: 'X', address: 'X' } }),
    contacts: () => ({ content: { type: 'contacts', contacts: [{ name: 'Ana', phones: [{ phone: '+1555', wa_id: '1555' }], emails: [{ email: 'a@b.c' }] }] }, body: { contact: [{ fullName: 'Ana', phoneNumber: '+1555', wuid: '1555', email: 'a@b.c' }] } }),
    reaction: ({ received }) => ({ content: { type: 'reaction', remote_id: received, emoji: '😀' }, body: { key: { remoteJid: `${TO}@s.whatsapp.net`, fromMe: false, id: received }, reaction: '😀' } }),
    buttons: () => ({ content: { type: 'buttons', body: 'Pick', buttons: [{ id: 'a', title: 'Yes' }, { id: 'b', title: 'No' }] }, body: { text: 'Pick\n\n1. Yes\n2. No' } }),
    list: () => ({ content: { type: 'list', body: 'B', button: 'Open', sections: [{ title: 'S', rows: [{ id: 'r1', title: 'R', description: 'D' }] }] }, body: { text: 'B\n\n*S*\n1. R – D' } }),
    cta_url: () => ({ content: { type: 'cta_url', body: 'B', display_text: 'Go', url: 'https://e.test' }, body: { text: 'B\n\nGo: https://e.test' } }),
  },
};
const everything: ContractCase['inbound'] = {
  text: () => ({ wire: { type: 'text', text: 'hola 😀' }, content: { type: 'text', text: 'hola 😀' } }),
  image: () => ({ wire: { type: 'image', image: { data: base64(JPEG), caption: 'c' } }, content: { type: 'image', caption: 'c' }, file: JPEG }),
  video: () => ({ wire: { type: 'video', video: { data: base64(MP4), mime_type: 'video/mp4' } }, content: { type: 'video' }, file: MP4 }),
  'voice note': () => ({ wire: { type: 'audio', audio: { data: base64(OGG), mime_type: 'audio/ogg; codecs=opus', voice: true } }, content: { type: 'audio' }, file: OGG }),
  document: () => ({ wire: { type: 'document', document: { data: base64(PDF), filename: 'a.pdf', mime_type: 'application/pdf' } }, content: { type: 'document' }, file: PDF }),
  'document with a caption': () => ({ wire: { type: 'document', document: { data: base64(PDF), filename: 'a.pdf', mime_type: 'application/pdf', caption: 'c' } }, content: { type: 'document', caption: 'c' }, file: PDF }),
  sticker: () => ({ wire: { type: 'sticker', sticker: { data: base64(WEBP) } }, content: { type: 'sticker' }, file: WEBP }),
  location: () => ({ wire: { type: 'location', location: { latitude: -33.4, longitude: -70.6, name: 'Plaza' } }, content: { type: 'location', latitude: -33.4, longitude: -70.6, name: 'Plaza' } }),
  contacts: () => ({ wire: { type: 'contacts', contacts: [{ vcard: 'BEGIN:VCARD\nFN:Luis\nTEL:+569\nEND:VCARD' }, { name: { formatted_name: 'Eva' }, phones: [{ phone: '+568' }] }] }, content: { type: 'contacts' } }),
  reaction: ({ sent }) => ({ wire: { type: 'reaction', reaction: { message_id: sent, emoji: '👍' } }, content: { type: 'reaction', remote_id: sent, emoji: '👍' } }),
  'tap on a button': () => ({ wire: { type: 'button_reply', button_reply: { id: 'a', title: 'Yes' } }, content: { type: 'button_reply', id: 'a', title: 'Yes' } }),
  'choice from a list': () => ({ wire: { type: 'list_reply', list_reply: { id: 'r1', title: 'R', description: 'D' } }, content: { type: 'list_reply', id: 'r1', title: 'R', description: 'D' } }),
  'flow reply': () => ({ wire: { type: 'nfm_reply', nfm_reply: { response_json: { a: 1 } } }, content: { type: 'flow_reply', response: { a: 1 } } }),
  'a poll': () => ({ wire: { type: 'unsupported' }, content: { type: 'unsupported', wire_type: 'pollCreationMessageV3' } }),
  'a type of tomorrow': () => ({ wire: { type: 'raw', message: { type: 'hologram', hologram: { a: 1 } } }, content: { type: 'unknown', wire_type: 'hologramMessage' } }),
};
contractSuite({
  ...base, inbound: everything,
  startCarrier: () => startSandbox({
    number: { carrier: 'evolution', instance: 'linea-1' }, http: { 400: 400, 428: 500 },
    use: ({ api_url = '', api_key = '', instance = '' }) => ({
      credentials: { server_url: api_url, api_key, instance, webhook_secret: SECRET }, secrets: { appSecret: SECRET, verifyToken: '', more: { allowed_ips: '10.0.0.1, 127.0.0.0/8' } },
    }),
  }),
});
