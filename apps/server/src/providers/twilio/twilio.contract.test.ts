import { base64, JPEG, MP4, OGG, PDF, WEBP } from '../cloud-samples.ts';
import { contractSuite } from '../contract.suite.ts';
import { startSandbox } from '../sandbox-carrier.ts';
import { twilio } from './index.ts';

const TO = 'whatsapp:+56987650001';
let template = '';

contractSuite({
  provider: twilio, proves: 'bytes', correlates: true, codes: { rejected: 21211, retry: 20429 },
  startCarrier: () => startSandbox({
    number: { carrier: 'twilio' }, http: { 21211: 400, 20429: 429 },
    use: ({ account_sid = '', auth_token = '', from = '', api_url = '' }) => ({ credentials: { account_sid, auth_token, from, api_url }, secrets: { appSecret: auth_token, verifyToken: '' } }),
    async prepare(_call, { account_sid, auth_token, api_url }) {
      const answer = await fetch(`${api_url}/v1/Content`, { headers: { authorization: `Basic ${Buffer.from(`${account_sid}:${auth_token}`).toString('base64')}` } });
      const { contents } = await answer.json() as { contents: { sid: string; friendly_name: string }[] };
      template = contents.find((c) => c.friendly_name === 'aviso_de_hora')!.sid;
    },
  }),
  outbound: {
    text: () => ({ content: { type: 'text', text: 'hi ñ & co' }, body: { To: TO, Body: 'hi ñ & co' } }),
    image: () => ({ content: { type: 'image', media: {}, caption: 'c' }, body: { To: TO, MediaUrl: 'UPLOADED', Body: 'c' }, file: { data: JPEG, mime_type: 'image/jpeg', filename: 'a.jpg' } }),
    video: () => ({ content: { type: 'video', media: {} }, body: { MediaUrl: 'UPLOADED' }, file: { data: MP4, mime_type: 'video/mp4', filename: 'a.mp4' } }),
    audio: () => ({ content: { type: 'audio', media: { voice: true } }, body: { MediaUrl: 'UPLOADED' }, file: { data: OGG, mime_type: 'audio/ogg; codecs=opus', filename: 'a.ogg' } }),
    document: () => ({ content: { type: 'document', media: { filename: 'a.pdf' }, caption: 'c' }, body: { MediaUrl: 'UPLOADED', Body: 'c' }, file: { data: PDF, mime_type: 'application/pdf', filename: 'a.pdf' } }),
    sticker: () => ({ content: { type: 'sticker', media: {} }, body: { MediaUrl: 'UPLOADED' }, file: { data: WEBP, mime_type: 'image/webp', filename: 'a.webp' } }),
    location: () => ({ content: { type: 'location', latitude: 37.44, longitude: -122.16, name: 'X', address: 'Y' }, body: { PersistentAction: 'geo:37.44,-122.16|X, Y', Body: 'X' } }),
    contacts: () => ({ content: { type: 'contacts', contacts: [{ name: 'Ana', phones: [{ phone: '+1555', type: 'CELL' }], emails: [] }] }, body: { Body: 'Ana\n+1555' } }),
    buttons: () => ({ content: { type: 'buttons', body: 'Pick', header: 'H', footer: 'F', buttons: [{ id: 'a', title: 'Yes' }, { id: 'b', title: 'No' }] }, body: { Body: '*H*\n\nPick\n\n1. Yes\n2. No\n\n_F_' } }),
    list: () => ({ content: { type: 'list', body: 'B', button: 'Open', sections: [{ title: 'S', rows: [{ id: 'r1', title: 'R', description: 'D' }] }, { title: 'T', rows: [{ id: 'r2', title: 'Q' }] }] }, body: { Body: 'B\n\n*S*\n1. R – D\n*T*\n2. Q' } }),
    cta_url: () => ({ content: { type: 'cta_url', body: 'B', display_text: 'Go', url: 'https://e.test' }, body: { Body: 'B\n\nGo: https://e.test' } }),
    template: () => ({
      content: { type: 'template', name: template, language: 'es', components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }, { type: 'text', text: 'lunes' }] }] },
      body: { ContentSid: template, ContentVariables: '{"1":"Ana","2":"lunes"}' },
    }),
  },
  inbound: {
    text: () => ({ wire: { type: 'text', text: 'hola 😀 & =' }, content: { type: 'text', text: 'hola 😀 & =' } }),
    image: () => ({ wire: { type: 'image', image: { data: base64(JPEG), caption: 'c' } }, content: { type: 'image', caption: 'c' }, file: JPEG }),
    video: () => ({ wire: { type: 'video', video: { data: base64(MP4), mime_type: 'video/mp4' } }, content: { type: 'video' }, file: MP4 }),
    'voice note': () => ({ wire: { type: 'audio', audio: { data: base64(OGG), mime_type: 'audio/ogg; codecs=opus', voice: true } }, content: { type: 'audio' }, file: OGG }),
    document: () => ({ wire: { type: 'document', document: { data: base64(PDF), filename: 'a.pdf', mime_type: 'application/pdf' } }, content: { type: 'document' }, file: PDF }),
    sticker: () => ({ wire: { type: 'sticker', sticker: { data: base64(WEBP) } }, content: { type: 'sticker' }, file: WEBP }),
    location: () => ({ wire: { type: 'location', location: { latitude: -33.4, longitude: -70.6, name: 'Plaza' } }, content: { type: 'location', latitude: -33.4, longitude: -70.6, name: 'Plaza' } }),
    'contacts, as a vCard': () => {
      const vcard = 'BEGIN:VCARD\nFN:Luis\nTEL:+569\nEND:VCARD';
      return { wire: { type: 'contacts', contacts: [{ vcard }] }, content: { type: 'document' }, file: Buffer.from(vcard) };
    },
    'tap on a button': () => ({ wire: { type: 'button_reply', button_reply: { id: 'a', title: 'Yes' } }, content: { type: 'button_reply', id: 'a', title: 'Yes' } }),
    'choice from a list': () => ({ wire: { type: 'list_reply', list_reply: { id: 'r1', title: 'R', description: 'D' } }, content: { type: 'list_reply', id: 'r1', title: 'R', description: 'D' } }),
    'template button': () => ({ wire: { type: 'button', button: { payload: 'P', text: 'Confirmo' } }, content: { type: 'template_button', payload: 'P', text: 'Confirmo' } }),
    'flow reply': () => ({ wire: { type: 'nfm_reply', nfm_reply: { response_json: { a: 1 } } }, content: { type: 'flow_reply', response: { a: 1 } } }),
  },
});
