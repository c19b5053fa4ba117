import type { ContractCase, InboundSample } from './contract.suite.ts';

/** The smallest files of their kinds: 1 × 1 pixels, a silent page of Ogg, an empty MP4. */
export const JPEG = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=', 'base64');
export const WEBP = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');
export const MP4 = Buffer.concat([Buffer.from([0, 0, 0, 20]), Buffer.from('ftypisom\0\0\0\0isom'), Buffer.from([0, 0, 0, 8]), Buffer.from('mdat')]);
export const OGG = Buffer.concat([Buffer.from('OggS\0\x02'), Buffer.alloc(20), Buffer.from([1, 19]), Buffer.from('OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0', 'latin1')]);
export const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');

export const base64 = (data: Buffer) => data.toString('base64');
const raw = (message: Record<string, unknown>, content: InboundSample['content']) => (): InboundSample => ({ wire: { type: 'raw', message }, content });

/** For tests: everything that goes over the Cloud API, as Meta documents it, and everything a phone of the sandbox sends. */
export const CLOUD_SAMPLES: Pick<ContractCase, 'outbound' | 'inbound' | 'codes'> = {
  codes: { rejected: 131026, retry: 130429 },
  outbound: {
    text: () => ({ content: { type: 'text', text: 'hi https://e.test', preview_url: true }, body: { messaging_product: 'whatsapp', recipient_type: 'individual', to: '+56987650001', type: 'text', text: { body: 'hi https://e.test', preview_url: true }, biz_opaque_callback_data: 'msg_contract' } }),
    image: () => ({ content: { type: 'image', media: {}, caption: 'c' }, body: { type: 'image', image: { id: 'UPLOADED', caption: 'c' } }, file: { data: JPEG, mime_type: 'image/jpeg', filename: 'a "quoted" ñ.jpg' } }),
    video: () => ({ content: { type: 'video', media: {} }, body: { type: 'video', video: { id: 'UPLOADED' } }, file: { data: MP4, mime_type: 'video/mp4', filename: 'a.mp4' } }),
    audio: () => ({ content: { type: 'audio', media: { voice: true } }, body: { type: 'audio', audio: { id: 'UPLOADED', voice: true } }, file: { data: OGG, mime_type: 'audio/ogg; codecs=opus', filename: 'a.ogg' } }),
    document: () => ({ content: { type: 'document', media: { filename: 'a.pdf' }, caption: 'c' }, body: { type: 'document', document: { id: 'UPLOADED', filename: 'a.pdf', caption: 'c' } }, file: { data: PDF, mime_type: 'application/pdf', filename: 'a.pdf' } }),
    sticker: () => ({ content: { type: 'sticker', media: {} }, body: { type: 'sticker', sticker: { id: 'UPLOADED' } }, file: { data: WEBP, mime_type: 'image/webp', filename: 'a.webp' } }),
    location: () => ({ content: { type: 'location', latitude: 37.44, longitude: -122.16, name: 'X', address: 'Y' }, body: { type: 'location', location: { latitude: 37.44, longitude: -122.16, name: 'X', address: 'Y' } } }),
    contacts: () => ({ content: { type: 'contacts', contacts: [{ name: 'Ana', phones: [{ phone: '+1555', type: 'CELL' }], emails: [] }] }, body: { type: 'contacts', contacts: [{ name: { formatted_name: 'Ana', first_name: 'Ana' }, phones: [{ phone: '+1555', type: 'CELL' }] }] } }),
    reaction: ({ received }) => ({ content: { type: 'reaction', remote_id: received, emoji: '😀' }, body: { type: 'reaction', reaction: { message_id: received, emoji: '😀' } } }),
    buttons: () => ({ content: { type: 'buttons', body: 'Pick', header: 'H', footer: 'F', buttons: [{ id: 'a', title: 'Yes' }, { id: 'b', title: 'No' }] }, body: { type: 'interactive', interactive: { type: 'button', header: { type: 'text', text: 'H' }, body: { text: 'Pick' }, footer: { text: 'F' }, action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'Yes' } }, { type: 'reply', reply: { id: 'b', title: 'No' } }] } } } }),
    list: () => ({ content: { type: 'list', body: 'B', button: 'Open', sections: [{ title: 'S', rows: [{ id: 'r1', title: 'R', description: 'D' }] }] }, body: { type: 'interactive', interactive: { type: 'list', body: { text: 'B' }, action: { button: 'Open', sections: [{ title: 'S', rows: [{ id: 'r1', title: 'R', description: 'D' }] }] } } } }),
    cta_url: () => ({ content: { type: 'cta_url', body: 'B', display_text: 'Go', url: 'https://e.test' }, body: { type: 'interactive', interactive: { type: 'cta_url', body: { text: 'B' }, action: { name: 'cta_url', parameters: { display_text: 'Go', url: 'https://e.test' } } } } }),
    interactive: () => {
      const interactive = { type: 'location_request_message', body: { text: 'Where?' }, action: { name: 'send_location' } };
      return { content: { type: 'interactive', body: 'Where?', interactive }, body: { type: 'interactive', interactive } };
    },
    template: () => {
      const components = [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }, { type: 'text', text: 'lunes' }] }];
      return { content: { type: 'template', name: 'aviso_de_hora', language: 'es', components }, body: { type: 'template', template: { name: 'aviso_de_hora', language: { code: 'es' }, components } } };
    },
  },
  inbound: {
    text: () => ({ wire: { type: 'text', text: 'hola 😀' }, content: { type: 'text', text: 'hola 😀' } }),
    image: () => ({ wire: { type: 'image', image: { data: base64(JPEG), caption: 'c' } }, content: { type: 'image', caption: 'c' }, file: JPEG }),
    video: () => ({ wire: { type: 'video', video: { data: base64(MP4), mime_type: 'video/mp4' } }, content: { type: 'video' }, file: MP4 }),
    'voice note': () => ({ wire: { type: 'audio', audio: { data: base64(OGG), mime_type: 'audio/ogg; codecs=opus', voice: true } }, content: { type: 'audio' }, file: OGG }),
    document: () => ({ wire: { type: 'document', document: { data: base64(PDF), filename: 'a.pdf', mime_type: 'application/pdf' } }, content: { type: 'document' }, file: PDF }),
    sticker: () => ({ wire: { type: 'sticker', sticker: { data: base64(WEBP) } }, content: { type: 'sticker' }, file: WEBP }),
    location: () => ({ wire: { type: 'location', location: { latitude: -33.4, longitude: -70.6, name: 'Plaza' } }, content: { type: 'location', latitude: -33.4, longitude: -70.6, name: 'Plaza' } }),
    contacts: () => ({ wire: { type: 'contacts', contacts: [{ vcard: 'BEGIN:VCARD\nFN:Luis\nTEL:+569\nEND:VCARD' }] }, content: { type: 'contacts' } }),
    reaction: ({ sent }) => ({ wire: { type: 'reaction', reaction: { message_id: sent, emoji: '👍' } }, content: { type: 'reaction', remote_id: sent, emoji: '👍' } }),
    'tap on a button': () => ({ wire: { type: 'button_reply', button_reply: { id: 'a', title: 'Yes' } }, content: { type: 'button_reply', id: 'a', title: 'Yes' } }),
    'choice from a list': () => ({ wire: { type: 'list_reply', list_reply: { id: 'r1', title: 'R', description: 'D' } }, content: { type: 'list_reply', id: 'r1', title: 'R', description: 'D' } }),
    'template button': () => ({ wire: { type: 'button', button: { payload: 'P', text: 'Confirmo' } }, content: { type: 'template_button', payload: 'P', text: 'Confirmo' } }),
    'flow reply': () => ({ wire: { type: 'nfm_reply', nfm_reply: { response_json: { a: 1 } } }, content: { type: 'flow_reply', response: { a: 1 } } }),
    'call permission': () => ({ wire: { type: 'call_permission_reply', call_permission_reply: { response: 'accept' } }, content: { type: 'interactive', body: 'accept' } }),
    order: () => ({ wire: { type: 'order', order: { catalog_id: '1', product_items: [{ product_retailer_id: 'sku', quantity: '2', item_price: 10, currency: 'CLP' }] } }, content: { type: 'order' } }),
    system: () => ({ wire: { type: 'system', system: { type: 'user_changed_number', body: 'changed', wa_id: '56987650002' } }, content: { type: 'system', event: 'user_changed_number' } }),
    unsupported: () => ({ wire: { type: 'unsupported', unsupported: { type: 'poll' } }, content: { type: 'unsupported', wire_type: 'poll' } }),
    edit: ({ received }) => ({ wire: { type: 'edit', edit: { original_message_id: received, text: 'nuevo' } }, content: { type: 'edit', remote_id: received, text: 'nuevo' } }),
    revoke: ({ received }) => ({ wire: { type: 'revoke', revoke: { original_message_id: received } }, content: { type: 'revoke', remote_id: received } }),
    'first opening of the chat': () => ({ wire: { type: 'request_welcome' }, content: { type: 'welcome_request' } }),
    'a type of tomorrow': raw({ type: 'hologram', hologram: { a: 1 } }, { type: 'unknown', wire_type: 'hologram' }),
  },
};
