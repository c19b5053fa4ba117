/** The house as data: design §2. Paths are from the repository's root. */

/** Rooms of apps/server/src by floor, the highest first. A room calls any lower floor, never its own or a higher one. */
export const floors: readonly (readonly string[])[] = [
  ['main'],
  // Commands that come in by a queue are those of the API.
  ['subscriptions'],
  ['analytics', 'operations', 'inbox', 'campaigns', 'api'],
  ['intake'],
  ['bots'],
  ['appointments', 'complaints', 'recruitment', 'otp', 'knowledge', 'nlu', 'llm'],
  ['conversations'],
  ['delivery'],
  ['templates', 'contacts', 'media', 'web-sessions'],
  ['accounts'],
  ['companies'],
  ['runtime'],
  ['messaging'],
];

/** What else an area may import: areas by name, `packages/<name>`, or a file. Its own files it always may. */
export interface Permissions {
  readonly packages: readonly string[];
  /** Areas outside the floors. */
  readonly areas?: readonly string[];
}

const everyPackage = ['kernel', 'platform', 'flow-engine', 'nlu-engine', 'contracts', 'sdk'];

/** Areas that differ from the ordinary room. */
export const permissions: Readonly<Record<string, Permissions>> = {
  main: { packages: everyPackage, areas: ['contract', 'providers'] },
  runtime: { packages: ['kernel', 'platform'], areas: ['contract'] },
  messaging: { packages: ['kernel', 'platform'] },
  bots: { packages: ['kernel', 'platform', 'contracts', 'flow-engine'], areas: ['contract'] },
  nlu: { packages: ['kernel', 'platform', 'contracts', 'nlu-engine'], areas: ['contract'] },
  // The provider contract, and what providers share beside it.
  contract: { packages: ['kernel', 'platform/http'], areas: ['messaging'] },
  dialect: { packages: ['kernel', 'platform/http'], areas: ['messaging', 'contract'] },
  // Hosts of web sessions are ours: what they say stands in a contract.
  provider: { packages: ['kernel', 'platform/http', 'contracts/bridge'], areas: ['messaging', 'contract', 'dialect'] },
  bridge: { packages: ['kernel', 'platform', 'contracts'] },
  sandbox: { packages: [] },
  web: { packages: ['contracts', 'sdk', 'flow-engine'] },
  'packages/kernel': { packages: [] },
  'packages/platform': { packages: ['kernel'] },
  'packages/flow-engine': { packages: ['kernel'] },
  'packages/nlu-engine': { packages: ['kernel'] },
  'packages/contracts': { packages: ['kernel'] },
  'packages/sdk': { packages: ['contracts'] },
};

/** A room of apps/server/src/modules that is not named above. */
export const ordinaryRoom: Permissions = { packages: ['kernel', 'platform', 'contracts'], areas: ['contract'] };

/** The names of a room's files that others may import; `main` composes, so it sees a room's module too. */
export const faces = { others: ['index.ts'], main: ['index.ts', 'module.ts'] } as const;

export const maximumLines = 400;

/** Made by programs, of any length. */
export const madeByPrograms: readonly string[] = ['packages/sdk/src/schema.ts'];

/** Where the time, chance, network and environment may be asked for: everybody else gets them through these. */
export const freeOfGlobals: readonly string[] = [
  'packages/platform/', 'packages/kernel/', 'scripts/', 'bench/', 'test/', 'apps/web/', 'apps/sandbox/src/runtime.ts', 'apps/sandbox/page/', 'apps/sandbox/src/page/',
];

/** Tests, benches and what only they use follow the rules for cycles and length, not those for floors and globals. */
export function isTest(path: string): boolean {
  return /\.(test|suite)\.tsx?$/.test(path) || path.startsWith('test/') || path.startsWith('bench/') || path.includes('/testing/');
}

/** Which area a file is in; undefined for files that no floor concerns (scripts, bench, tests). */
export function areaOf(path: string): string | undefined {
  const server = /^apps\/server\/src\/(.*)$/.exec(path)?.[1];
  if (server !== undefined) return serverArea(server);
  const app = /^apps\/([^/]+)\//.exec(path)?.[1];
  if (app) return app;
  const name = /^packages\/([^/]+)\//.exec(path)?.[1];
  return name ? `packages/${name}` : undefined;
}

function serverArea(path: string): string | undefined {
  const [first = '', second = '', third] = path.split('/');
  if (first === 'modules') return second;
  if (first !== 'providers') return first === 'runtime.ts' ? 'runtime' : first;
  // Files beside the contract are part of it: shared by every provider.
  if (third === undefined) return 'contract';
  return second === 'whatsapp' ? 'dialect' : `provider:${second}`;
}

/** `provider:meta` is governed like every provider. */
export function kindOf(area: string): string {
  return area.startsWith('provider:') ? 'provider' : area;
}

export function floorOf(area: string): number | undefined {
  const floor = floors.findIndex((rooms) => rooms.includes(area));
  return floor < 0 ? undefined : floor;
}

/** A program of its own that cannot ask a room for its tables: what lies between the two is named by both. */
export const betweenPrograms: Readonly<Record<string, readonly string[]>> = {
  's.web_sessions': ['bridge', 'web-sessions'], 's.bridge_hosts': ['bridge', 'web-sessions'], 's.web_session_log': ['bridge', 'web-sessions'], 's.web_session_keys': ['bridge', 'web-sessions'],
};
