import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { Problem, say } from './paths.mjs';

/** What the tests need of Debian; test/harness/tools.ts finds them for the tests. */
const tools = [
  { what: 'a browser', package: 'chromium', there: () => existsSync('/usr/bin/chromium') },
  { what: 'RabbitMQ', package: 'rabbitmq-server', there: () => existsSync('/usr/lib/rabbitmq/bin/rabbitmq-server') },
  { what: 'an external PostgreSQL', package: 'postgresql', there: hasPostgres },
];

function hasPostgres() {
  const base = '/usr/lib/postgresql';
  return existsSync(base) && readdirSync(base).some((version) => Number(version) >= 15 && existsSync(`${base}/${version}/bin/postgres`));
}

/** Installs the missing ones when we are root on Debian; otherwise names the command. With CI=true they must be there. */
export function ensureTools() {
  const missing = tools.filter((tool) => !tool.there());
  if (missing.length === 0) return;
  const packages = missing.map((tool) => tool.package);
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say(`installing ${packages.join(' and ')} for the tests`);
    if (packages.includes('postgresql')) keepFromStarting();
    apt(['update']);
    apt(['install', '-y', '--no-install-recommends', ...packages]);
  }
  const still = tools.filter((tool) => !tool.there());
  if (still.length === 0) return;
  const needs = `the tests need ${still.map((tool) => `${tool.what} (${tool.package})`).join(' and ')}; as root: ${command}`;
  if (process.env.CI === 'true') throw new Problem(needs);
  say(`${needs}\nwithout CI=true the tests that need them are skipped`);
}

/** Debian would make a server of its own and start it at once; the tests start theirs. */
function keepFromStarting() {
  const file = '/etc/postgresql-common/createcluster.conf';
  if (existsSync(file)) return;
  mkdirSync('/etc/postgresql-common', { recursive: true });
  writeFileSync(file, 'create_main_cluster = false\n');
}

function apt(args) {
  const options = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Options::=--force-confold', '-q'];
  const result = spawnSync('apt-get', [...options, ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  if (result.status !== 0) say(`apt-get ${args[0]} ended with ${result.status}: ${(result.stderr || result.stdout).trim().split('\n').slice(-5).join('\n')}`);
}
