import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OutboundContent, type Peer } from '../../messaging/index.ts';
import { encodeMarkRead, encodeMessage } from './encode-message.ts';
import { checkContent } from './limits.ts';

const ANA: Peer = { addresses: [{ kind: 'bsuid', value: 'US.1349' }, { kind: 'phone', value: '15550001111' }] };
type Json = Record<string, unknown>;

/** Expected bodies: providers.md §1.3, as printed there. */
const bodies: [name: string, content: OutboundContent, expected: Json][] = [
  ['text', { type: 'text', text: 'hi https://e.test', preview_url: true }, { type: 'text', text: { body: 'hi https://e.test', preview_url: true } }],
  ['image by id', { type: 'image', media: { remote_id: 'M1', link: 'https://x.test' }, caption: 'c' }, { type: 'image', image: { id: 'M1', caption: 'c' } }],
  ['video by link', { type: 'video', media: { link: 'https://x.test/v.mp4' } }, { type: 'video', video: { link: 'https://x.test/v.mp4' } }],
  ['voice note', { type: 'audio', media: { remote_id: 'M1', voice: true } }, { type: 'audio', audio: { id: 'M1', voice: true } }],
  ['document', { type: 'document', media: { remote_id: 'M1', filename: 'a.pdf' }, caption: 'c' }, { type: 'document', document: { id: 'M1', filename: 'a.pdf', caption: 'c' } }],
  ['sticker', { type: 'sticker', media: { remote_id: 'M1' } }, { type: 'sticker', sticker: { id: 'M1' } }],
  ['location', { type: 'location', latitude: 37.44, longitude: -122.16, name: 'X', address: 'Y' }, { type: 'location', location: { latitude: 37.44, longitude: -122.16, name: 'X', address: 'Y' } }],
  ['contacts', { type: 'contacts', contacts: [{ name: 'A B', phones: [{ phone: '+1555', type: 'CELL', wa_id: '1555' }], emails: [{ email: 'a@b.c', type: 'WORK' }], wire: { name: { formatted_name: 'A B', first_name: 'A', last_name: 'B' }, org: { company: 'C' } } }] },
    { type: 'contacts', contacts: [{ name: { formatted_name: 'A B', first_name: 'A', last_name: 'B' }, phones: [{ phone: '+1555', type: 'CELL', wa_id: '1555' }], emails: [{ email: 'a@b.c', type: 'WORK' }], org: { company: 'C' } }] }],
  ['contact of one name', { type: 'contacts', contacts: [{ name: 'Ana', phones: [], emails: [] }] }, { type: 'contacts', contacts: [{ name: { formatted_name: 'Ana', first_name: 'Ana' } }] }],
  ['reaction', { type: 'reaction', remote_id: 'wamid.X', emoji: '😀' }, { type: 'reaction', reaction: { message_id: 'wamid.X', emoji: '😀' } }],
  ['reaction taken back', { type: 'reaction', remote_id: 'wamid.X', emoji: '' }, { type: 'reaction', reaction: { message_id: 'wamid.X', emoji: '' } }],
  ['buttons', { type: 'buttons', body: 'Pick', buttons: [{ id: 'a', title: 'Yes' }] },
    { type: 'interactive', interactive: { type: 'button', body: { text: 'Pick' }, action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'Yes' } }] } } }],
  ['buttons under an image', { type: 'buttons', body: 'Pick', header: { type: 'image', media: { remote_id: 'M1' } }, footer: 'F', buttons: [{ id: 'a', title: 'Yes' }] },
    { type: 'interactive', interactive: { type: 'button', header: { type: 'image', image: { id: 'M1' } }, body: { text: 'Pick' }, footer: { text: 'F' }, action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'Yes' } }] } } }],
  ['list', { type: 'list', body: 'B', header: 'H', button: 'Open', sections: [{ title: 'S', rows: [{ id: 'r1', title: 'R', description: 'D' }] }] },
    { type: 'interactive', interactive: { type: 'list', header: { type: 'text', text: 'H' }, body: { text: 'B' }, action: { button: 'Open', sections: [{ title: 'S', rows: [{ id: 'r1', title: 'R', description: 'D' }] }] } } }],
  ['link button', { type: 'cta_url', body: 'B', display_text: 'Go', url: 'https://e.test' },
    { type: 'interactive', interactive: { type: 'cta_url', body: { text: 'B' }, action: { name: 'cta_url', parameters: { display_text: 'Go', url: 'https://e.test' } } } }],
  ['any other interactive', { type: 'interactive', body: 'Where?', interactive: { type: 'location_request_message', body: { text: 'Where?' }, action: { name: 'send_location' } } },
    { type: 'interactive', interactive: { type: 'location_request_message', body: { text: 'Where?' }, action: { name: 'send_location' } } }],
  ['template', { type: 'template', name: 'order_ok', language: 'en_US', components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ann' }] }], preview: 'Hi Ann' },
    { type: 'template', template: { name: 'order_ok', language: { code: 'en_US' }, components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ann' }] }] } }],
];
for (const [name, content, expected] of bodies) {
  test(`${name} is sent as Meta documents it`, () => {
    assert.equal(checkContent(OutboundContent.parse(content)), undefined);
    assert.deepEqual(encodeMessage({ to: ANA, content, correlation: 'msg_1' }),
      { body: { messaging_product: 'whatsapp', recipient_type: 'individual', to: '+15550001111', ...expected, biz_opaque_callback_data: 'msg_1' } });
  });
}

test('a quote goes with anything but a reaction', () => {
  const quoted = encodeMessage({ to: ANA, content: { type: 'text', text: 'x' }, correlation: 'm', quote: 'wamid.AAA' });
  assert.deepEqual('body' in quoted && quoted.body['context'], { message_id: 'wamid.AAA' });
  const reaction = encodeMessage({ to: ANA, content: { type: 'reaction', remote_id: 'w', emoji: 'x' }, correlation: 'm', quote: 'wamid.AAA' });
  assert.equal('body' in reaction && reaction.body['context'], undefined);
});

test('who has no phone number is reached by user id; who has neither, by nothing', () => {
  const byId = encodeMessage({ to: { addresses: [{ kind: 'bsuid', value: 'US.1' }] }, content: { type: 'text', text: 'x' }, correlation: 'm' });
  assert.deepEqual('body' in byId && [byId.body['recipient'], byId.body['to']], ['US.1', undefined]);
  const nobody = encodeMessage({ to: { addresses: [{ kind: 'username', value: 'ann' }] }, content: { type: 'text', text: 'x' }, correlation: 'm' });
  assert.equal('error' in nobody && nobody.error.code, 'recipient');
});

test('a file of ours that was not uploaded is refused, not sent as a link to somewhere', () => {
  const result = encodeMessage({ to: ANA, content: { type: 'image', media: { id: 'med_1', link: 'https://lookaside.test/inbound' } }, correlation: 'm' });
  assert.equal('error' in result && result.error.class, 'permanent');
});

test('read, and typing on top', () => {
  assert.deepEqual(encodeMarkRead('wamid.IN', true), { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.IN', typing_indicator: { type: 'text' } });
  assert.deepEqual(encodeMarkRead('wamid.IN', false), { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.IN' });
});
