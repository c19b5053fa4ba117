import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Content, contentText, OutboundContent } from './index.ts';

const texts: [content: Content, text: string][] = [
  [{ type: 'text', text: 'hola' }, 'hola'],
  [{ type: 'image', media: { filename: 'a.jpg' } }, 'a.jpg'],
  [{ type: 'video', media: { filename: 'a.mp4' }, caption: 'mira' }, 'mira'],
  [{ type: 'audio', media: {} }, ''],
  [{ type: 'document', media: { filename: 'cv.pdf' } }, 'cv.pdf'],
  [{ type: 'sticker', media: {} }, ''],
  [{ type: 'location', latitude: -33.4, longitude: -70.6, name: 'Plaza', address: 'Centro' }, 'Plaza · Centro · -33.4, -70.6'],
  [{ type: 'contacts', contacts: [{ name: 'Ana', phones: [{ phone: '+569' }, { wa_id: '56' }], emails: [] }, { name: 'Luis', phones: [], emails: [] }] }, 'Ana +569 56\nLuis'],
  [{ type: 'reaction', remote_id: 'w', emoji: '👍' }, '👍'],
  [{ type: 'buttons', body: 'b', buttons: [{ id: 'a', title: 'A' }] }, 'b'],
  [{ type: 'list', body: 'b', button: 'o', sections: [{ rows: [{ id: 'r', title: 'R' }] }] }, 'b'],
  [{ type: 'cta_url', body: 'b', display_text: 'Go', url: 'https://e.test' }, 'b'],
  [{ type: 'template', name: 'ok', language: 'es', components: [] }, 'ok'],
  [{ type: 'template', name: 'ok', language: 'es', components: [], preview: 'Hola Ana' }, 'Hola Ana'],
  [{ type: 'interactive', body: 'b', interactive: {} }, 'b'],
  [{ type: 'button_reply', id: 'a', title: 'Sí' }, 'Sí'],
  [{ type: 'list_reply', id: 'r', title: 'R' }, 'R'],
  [{ type: 'template_button', payload: 'p', text: 'Stop' }, 'Stop'],
  [{ type: 'flow_reply', response: { a: 1 }, body: 'Sent' }, 'Sent'],
  [{ type: 'order', text: 'gracias', items: [{ product: 'sku', quantity: 2 }] }, 'gracias\n2 × sku'],
  [{ type: 'system', event: 'user_changed_number', text: 'Ana changed' }, 'Ana changed'],
  [{ type: 'edit', remote_id: 'w', text: 'nuevo' }, 'nuevo'],
  [{ type: 'revoke', remote_id: 'w' }, ''],
  [{ type: 'welcome_request' }, ''],
  [{ type: 'unsupported', wire_type: 'poll', errors: [] }, 'poll'],
  [{ type: 'unknown', wire_type: 'hologram', payload: { a: 1 } }, 'hologram'],
];

test('every type of content survives storage and has a readable text', () => {
  for (const [content, text] of texts) {
    assert.deepEqual(Content.parse(JSON.parse(JSON.stringify(content))), content);
    assert.equal(contentText(content), text, content.type);
  }
  const seen = new Set(texts.map(([c]) => c.type));
  for (const option of Content.options) assert.ok(seen.has(option.shape.type.value), `no case for ${option.shape.type.value}`);
});

test('what only a person can send is not for sending', () => {
  const outbound = new Set<string>(OutboundContent.options.map((o) => o.shape.type.value));
  for (const [content] of texts) assert.equal(OutboundContent.safeParse(content).success, outbound.has(content.type), content.type);
});
