// node scripts/figures.mjs: writes the table of figures in README.md from bench/results.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from './lib/paths.mjs';

const ORDER = ['ingest', 'turns', 'rest'];
const results = readdirSync(`${root}/bench/results`).map((f) => JSON.parse(readFileSync(`${root}/bench/results/${f}`, 'utf8')));
results.sort((a, b) => (ORDER.indexOf(a.name) + 99) % 99 - (ORDER.indexOf(b.name) + 99) % 99);
const rows = results.flatMap((r) => r.figures).map((f) => {
  const share = f.ceiling ? ` (${Math.round((f.value / f.ceiling) * 100)} %)` : '';
  return `| ${f.name} | ${f.value}${f.unit ? ` ${f.unit}` : ''}${share} | ${f.ceiling === undefined ? '' : `${f.ceiling} ${f.unit}`} | ${f.goal ?? ''} |`;
});
const readme = `${root}/README.md`;
const text = readFileSync(readme, 'utf8');
const table = ['<!-- figures -->', '| what | measured | ceiling | goal |', '|---|---|---|---|', ...rows, '<!-- /figures -->'].join('\n');
writeFileSync(readme, text.replace(/<!-- figures -->[\s\S]*<!-- \/figures -->/, table));
