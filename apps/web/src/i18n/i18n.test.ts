import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { chooseLanguage, chooseLocale, LANGUAGE_CODES } from './language.ts';

type Tree = { [key: string]: string | Tree };
const part = (name: string): Tree => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Tree;
/** The pages of the administration have a file of their own, which is added to the first one. */
const read = (language: string): Tree => ({ ...part(`${language}.json`), ...part(`admin.${language}.json`) });
const paths = (tree: Tree, prefix = ''): Map<string, string> =>
  new Map(Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[prefix + key, value] as const] : [...paths(value, `${prefix}${key}.`)])));
const catalogues = new Map(LANGUAGE_CODES.map((language) => [language, paths(read(language))]));
const english = catalogues.get('en')!;

const root = new URL('../', import.meta.url);
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(new URL(name, root), 'utf8') }));

describe('catalogues', () => {
  for (const [language, catalogue] of catalogues) {
    it(`${language} has every key, the same placeholders, and no empty text`, () => {
      assert.deepEqual([...catalogue.keys()].sort(), [...english.keys()].sort());
      for (const [key, text] of catalogue) {
        assert.ok(text.trim(), key);
        const marks = (t: string): string[] => (t.match(/\{\{\w+\}\}|<\/?\w+>/g) ?? []).sort();
        assert.deepEqual(marks(text), marks(english.get(key)!), key);
      }
    });
  }
  it('are used: every t("…") exists, and every key is asked for somewhere', () => {
    const used = new Set<string>();
    const prefixes = new Set<string>();
    for (const { name, text } of sources) {
      for (const [, key] of text.matchAll(/\b(?:t\(|i18nKey=)['"]([\w.]+)['"]/g)) {
        assert.ok(english.has(key!) || english.has(`${key!}_other`), `${name}: t('${key!}') is in no catalogue`);
        used.add(key!);
      }
      // Keys put together from a name (t(`status.${status}`)) are checked by the compiler; here only that their family exists.
      for (const [, prefix] of text.matchAll(/`([a-z_]+\.[a-z_]*)\$\{/g)) prefixes.add(prefix!);
      for (const [, key] of text.matchAll(/['"]([a-z_]+\.[a-z_]+)['"]/g)) used.add(key!);
    }
    const plain = (key: string): string => key.replace(/_(one|other)$/, '');
    const idle = [...english.keys()].filter((key) => !used.has(key) && !used.has(plain(key)) && ![...prefixes].some((p) => key.startsWith(p)));
    assert.deepEqual(idle, [], 'keys that nothing uses');
  });
  it('hold all words: no text is written into a component', () => {
    for (const { name, text } of sources.filter((s) => s.name.endsWith('.tsx'))) {
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      const written = [
        ...code.matchAll(/>\s*([A-Za-zÀ-ÿ][^<>{}=;()|&]*)\s*<\//g),
        ...code.matchAll(/\b(?:aria-label|title|placeholder|label|alt)="([^"]+)"/g),
      ].map((m) => m[1]!.trim()).filter((t) => /\p{L}{2}/u.test(t));
      assert.deepEqual(written, [], name);
    }
  });
});

describe('catalogues of the inbox and of the administration', () => {
  for (const language of LANGUAGE_CODES) it(`${language}: no family is in both`, () => assert.deepEqual(Object.keys(part(`${language}.json`)).filter((key) => key in part(`admin.${language}.json`)), []));
});

describe('language', () => {
  it('is the one kept, else the browser’s, else English', () => {
    assert.equal(chooseLanguage('pt', ['es-PE']), 'pt');
    assert.equal(chooseLanguage(null, ['fr-FR', 'es-419', 'en']), 'es');
    assert.equal(chooseLanguage('xx', ['de']), 'en');
  });
  it('brings the reader’s own way to write dates', () => {
    assert.equal(chooseLocale('es', ['es-PE', 'en']), 'es-PE');
    assert.equal(chooseLocale('pt', ['es-PE']), 'pt');
  });
});
