import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutboundContent } from '../../messaging/index.ts';
import { checkContent } from './limits.ts';
import { uploadProblem } from './media-limits.ts';

const s = (n: number) => 'x'.repeat(n);
const buttons = (...list: [string, string][]): OutboundContent => ({ type: 'buttons', body: 'b', buttons: list.map(([id, title]) => ({ id, title })) });
const rows = (n: number, more: { title?: string; description?: string } = {}) => Array.from({ length: n }, (_, i) => ({ id: `r${i}`, title: 'R', ...more }));
const list = (...sections: { title?: string; rows: { id: string; title: string; description?: string }[] }[]): OutboundContent => ({ type: 'list', body: 'b', button: 'Open', sections });
const raw = (interactive: Record<string, unknown>): OutboundContent => ({ type: 'interactive', body: 'b', interactive });
const flow = (parameters: Record<string, unknown>) => raw({ type: 'flow', body: { text: 'b' }, action: { name: 'flow', parameters: { flow_cta: 'Start', ...parameters } } });
const template = (over: Record<string, unknown>): OutboundContent => ({ type: 'template', name: 'ok', language: 'es', components: [], ...over });

const fine: [string, OutboundContent][] = [
  ['4096 characters', { type: 'text', text: s(4096) }],
  ['caption of 1024', { type: 'image', media: { remote_id: 'm', mime_type: 'image/jpeg', size: 5 * 1024 * 1024 }, caption: s(1024) }],
  ['voice with parameters in its type', { type: 'audio', media: { id: 'med_1', mime_type: 'audio/ogg; codecs=opus', voice: true } }],
  ['any document', { type: 'document', media: { id: 'med_1', mime_type: 'application/zip', size: 100 * 1024 * 1024 } }],
  ['animated sticker of 500 KB', { type: 'sticker', media: { id: 'm', mime_type: 'image/webp', animated: true, size: 500 * 1024 } }],
  ['three buttons', buttons(['a', s(20)], [s(256), 'b'], ['c', 'c'])],
  ['list of ten rows', list({ title: s(24), rows: rows(4, { title: s(24), description: s(72) }) }, { title: 'T', rows: rows(10).slice(4) })],
  ['one section without a title', list({ rows: rows(1) })],
  ['flow', flow({ flow_id: '1', flow_action: 'navigate', mode: 'published', flow_action_payload: { screen: 'S' } })],
  ['thirty products', raw({ type: 'product_list', header: { type: 'text', text: 'H' }, action: { sections: [{ product_items: Array(30).fill({ product_retailer_id: 's' }) }] } })],
  ['a type of tomorrow', raw({ type: 'hologram' })],
  ['template with named parameters', template({ components: [{ type: 'body', parameters: [{ type: 'text', parameter_name: 'a', text: 'x' }] }, { type: 'button', sub_type: 'url', index: '0' }] })],
];
const refused: [string, OutboundContent, RegExp][] = [
  ['empty text', { type: 'text', text: ' \n' }, /text is empty/],
  ['text too long', { type: 'text', text: s(4097) }, /4096.*4097/],
  ['no file', { type: 'image', media: {} }, /names no file/],
  ['link that is none', { type: 'image', media: { link: 'file:///etc/passwd' } }, /https/],
  ['caption too long', { type: 'video', media: { remote_id: 'm' }, caption: s(1025) }, /caption/],
  ['caption of an audio', { type: 'audio', media: { remote_id: 'm' }, caption: 'c' }, /no caption/],
  ['image of a wrong type', { type: 'image', media: { remote_id: 'm', mime_type: 'image/gif' } }, /image\/jpeg, image\/png.*image\/gif/],
  ['image too large', { type: 'image', media: { remote_id: 'm', size: 5 * 1024 * 1024 + 1 } }, /5242880/],
  ['still sticker too large', { type: 'sticker', media: { remote_id: 'm', animated: false, size: 100 * 1024 + 1 } }, /102400/],
  ['voice that is no ogg', { type: 'audio', media: { remote_id: 'm', mime_type: 'audio/mpeg', voice: true } }, /audio\/ogg/],
  ['nowhere on earth', { type: 'location', latitude: 91, longitude: 0 }, /±90/],
  ['no contacts', { type: 'contacts', contacts: [] }, /no contact/],
  ['nameless contact', { type: 'contacts', contacts: [{ name: ' ', phones: [], emails: [] }] }, /name/],
  ['reaction to nothing', { type: 'reaction', remote_id: '', emoji: 'x' }, /reaction/],
  ['four buttons', buttons(['a', 'a'], ['b', 'b'], ['c', 'c'], ['d', 'd']), /1 to 3/],
  ['no button', buttons(), /1 to 3/],
  ['button title too long', buttons(['a', s(21)]), /20/],
  ['button id too long', buttons([s(257), 'a']), /256/],
  ['same button twice', buttons(['a', 'x'], ['a', 'y']), /ids/],
  ['same title twice', buttons(['a', 'x'], ['b', 'x']), /titles/],
  ['header too long', { ...buttons(['a', 'x']), header: s(61) } as OutboundContent, /header/],
  ['footer too long', { ...buttons(['a', 'x']), footer: s(61) } as OutboundContent, /footer/],
  ['header with an unknown file', { ...buttons(['a', 'x']), header: { type: 'image', media: {} } } as OutboundContent, /header/],
  ['body too long', { ...buttons(['a', 'x']), body: s(1025) } as OutboundContent, /body/],
  ['eleven rows in two sections', list({ title: 'A', rows: rows(6) }, { title: 'B', rows: rows(5) }), /10 rows.*11/],
  ['two sections, one nameless', list({ title: 'A', rows: rows(1) }, { rows: [{ id: 'z', title: 'z' }] }), /section/],
  ['row title too long', list({ rows: rows(1, { title: s(25) }) }), /row/],
  ['row description too long', list({ rows: rows(1, { description: s(73) }) }), /description/],
  ['same row twice', list({ rows: [...rows(1), ...rows(1)] }), /rows must differ/],
  ['list body too long', { ...list({ rows: rows(1) }), body: s(4097) } as OutboundContent, /body/],
  ['cta that is no link', { type: 'cta_url', body: 'b', display_text: 'Go', url: 'javascript:1' }, /https/],
  ['cta text too long', { type: 'cta_url', body: 'b', display_text: s(21), url: 'https://e.test' }, /20/],
  ['interactive without a type', raw({ body: { text: 'b' } }), /type/],
  ['flow with id and name', flow({ flow_id: '1', flow_name: 'n' }), /either/],
  ['flow with a payload it cannot have', flow({ flow_id: '1', flow_action: 'data_exchange', flow_action_payload: {} }), /payload/],
  ['products without a header', raw({ type: 'product_list', action: { sections: [{ product_items: [{}] }] } }), /header/],
  ['too many products', raw({ type: 'product_list', header: { type: 'text', text: 'H' }, action: { sections: [{ product_items: Array(31).fill({}) }] } }), /30/],
  ['carousel of one', raw({ type: 'carousel', action: { cards: [{}] } }), /2 to 10/],
  ['template name', template({ name: 'Order OK' }), /a-z/],
  ['template language', template({ language: 'spanish!' }), /language code/],
  ['template parameter with a line break', template({ components: [{ type: 'body', parameters: [{ type: 'text', text: 'a\nb' }] }] }), /line break/],
  ['template parameter with four spaces', template({ components: [{ type: 'body', parameters: [{ type: 'text', text: 'a    b' }] }] }), /four spaces/],
  ['template parameters half named', template({ components: [{ type: 'body', parameters: [{ parameter_name: 'a', text: 'x' }, { text: 'y' }] }] }), /parameter_name/],
];

for (const [name, content] of fine) test(`passes: ${name}`, () => assert.equal(checkContent(content), undefined));
for (const [name, content, detail] of refused) {
  test(`refused: ${name}`, () => {
    const error = checkContent(content);
    assert.deepEqual([error?.class, error?.code], ['permanent', 'content']);
    assert.match(error!.title, detail);
  });
}

test('uploads are judged by their type, documents by size only', () => {
  assert.equal(uploadProblem('image/png', 1), undefined);
  assert.match(uploadProblem('image/png', 6 * 1024 * 1024)!, /image/);
  assert.equal(uploadProblem('application/x-thing', 99 * 1024 * 1024), undefined);
  assert.match(uploadProblem('application/pdf', 0)!, /empty/);
});
