// node scripts/figures.mjs: writes the figures that have a goal into README.md, from bench/results.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from './lib/paths.mjs';

const ORDER = ['ingest', 'turns', 'failover', 'rest', 'events', 'web-sessions', 'web-sessions-memory', 'browser-sessions', 'api', 'companies'];
const rank = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
const results = readdirSync(`${root}/bench/results`).map((f) => JSON.parse(readFileSync(`${root}/bench/results/${f}`, 'utf8')));
results.sort((a, b) => rank(a.name) - rank(b.name));
const rows = results.filter((r) => ORDER.includes(r.name)).flatMap((r) => r.figures).filter((f) => f.goal !== undefined).map((f) => {
  const share = f.ceiling ? ` (${Math.round((f.value / f.ceiling) * 100)} %)` : '';
  return `| ${f.name} | ${f.value}${f.unit ? ` ${f.unit}` : ''}${share} | ${f.ceiling === undefined ? '' : `${f.ceiling} ${f.unit}`} | ${f.goal ?? ''}${f.reached === false ? ' — **missed**' : ''} |`;
});
const readme = `${root}/README.md`;
const text = readFileSync(readme, 'utf8');
const table = ['<!-- figures -->', '| what | measured | ceiling | goal |', '|---|---|---|---|', ...rows, '<!-- /figures -->'].join('\n');
writeFileSync(readme, text.replace(/<!-- figures -->[\s\S]*<!-- \/figures -->/, table));
