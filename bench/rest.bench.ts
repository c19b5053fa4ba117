/** What the server costs when nothing happens: Node alone, over a minute. */
import { setTimeout as sleep } from 'node:timers/promises';
import { report, round, startProduct, usage } from './rig.ts';

const SETTLE_MS = 15_000;
const MINUTE_MS = 60_000;
const MB = 1024 * 1024;

const product = await startProduct();
await sleep(SETTLE_MS);
const before = usage(product.pid);
await sleep(MINUTE_MS);
const after = usage(product.pid);
await product.stop();
const rss = round(after.rss / MB);
const cpu = round(((after.cpuMs - before.cpuMs) / MINUTE_MS) * 100, 2);
report('rest', [
  { name: 'memory of the server process at rest', value: rss, unit: 'MB', goal: '< 150 MB', reached: rss < 150 },
  { name: 'CPU of the server process at rest', value: cpu, unit: '% of one core', goal: '< 2 %', reached: cpu < 2 },
]);
