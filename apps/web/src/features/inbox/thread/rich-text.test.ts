import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Block, type Inline, isBigEmoji, parseInline, parseRichText, plainText } from './rich-text.ts';

const show = (parts: Inline[]): string =>
  parts.map((p) => (p.kind === 'text' ? p.text : p.kind === 'code' ? `[code ${p.text}]` : p.kind === 'link' ? `[link ${p.href}]` : `[${p.kind} ${show(p.children)}]`)).join('');
const inline = (text: string): string => show(parseInline(text));

describe('WhatsApp formatting', () => {
  it('reads marks that hug their words', () => {
    assert.equal(inline('*bold* and _italic_, ~gone~ `x`'), '[bold bold] and [italic italic], [strike gone] [code x]');
    assert.equal(inline('*_both_*'), '[bold [italic both]]');
    assert.equal(inline('¡*Hola!*'), '¡[bold Hola!]');
  });
  it('leaves arithmetic, snake_case and lone marks alone', () => {
    for (const text of ['2 * 3 * 4', 'a snake_case_name', '*not closed', '* spaced *', '**', '~', 'x*y*z']) assert.equal(inline(text), text);
  });
  it('links addresses without the punctuation around them', () => {
    assert.equal(inline('see https://example.org/a_b(c).'), 'see [link https://example.org/a_b(c)].');
    assert.equal(inline('(www.example.org)'), '([link https://www.example.org])');
    assert.equal(inline('write to ana@example.org, please'), 'write to [link mailto:ana@example.org], please');
    assert.equal(inline('javascript:alert(1)'), 'javascript:alert(1)');
  });
  it('reads quotes, lists and fixed text as blocks', () => {
    const kinds = (text: string): string[] => parseRichText(text).map((b: Block) => b.kind);
    assert.deepEqual(kinds('hello\n> quoted\n- one\n- two\n1. first\nend'), ['lines', 'quote', 'list', 'list', 'lines']);
    assert.deepEqual(parseRichText('```a *b*\nc```'), [{ kind: 'pre', text: 'a *b*\nc' }]);
    assert.deepEqual(kinds('open ``` fence'), ['lines', 'lines']);
  });
  it('loses no letter of any text', () => {
    const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
    const text = (blocks: Block[]): string => blocks.map((b) => (b.kind === 'pre' ? b.text : (b.kind === 'list' ? b.items : b.lines).map(leaf).join(' '))).join(' ');
    const leaf = (parts: Inline[]): string => parts.map((p) => (p.kind === 'text' || p.kind === 'code' || p.kind === 'link' ? p.text : leaf(p.children))).join('');
    const chars = fc.array(fc.constantFrom('a', 'b', 'ñ', ' ', '*', '_', '~', '`', '\n', '>', '-', 'www.x.org', '.', '```')).map((c) => c.join(''));
    fc.assert(fc.property(chars, (source) => {
      assert.equal(letters(text(parseRichText(source))), letters(source));
    }));
  });
  it('strips marks for one line of preview', () => {
    assert.equal(plainText('*Hola*\n\n_qué_ tal snake_case'), 'Hola qué tal snake_case');
  });
  it('enlarges a few emoji alone', () => {
    assert.ok(isBigEmoji('👍🏽'));
    assert.ok(isBigEmoji(' 🇵🇪 ❤️ '));
    assert.ok(!isBigEmoji('12'));
    assert.ok(!isBigEmoji('👍 ok'));
    assert.ok(!isBigEmoji('🎉🎉🎉🎉'));
  });
});
