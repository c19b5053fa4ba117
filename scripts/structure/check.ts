import { dirname, join, normalize } from 'node:path/posix';
import { parse, type Parsed } from './parse.ts';
import { areaOf, betweenPrograms, faces, floorOf, freeOfGlobals, isTest, kindOf, madeByPrograms, maximumLines, ordinaryRoom, permissions } from './rules.ts';

/** `path:line: what is wrong`. */
export type Problem = string;

export interface Tree {
  /** Sources by their path from the repository's root. */
  readonly files: ReadonlyMap<string, string>;
  /** Names of tables as in SQL texts, `s.accounts`: those that migrations create. */
  readonly tables: ReadonlySet<string>;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

/** Every breach of the house's rules, in the order of the files. */
export function checkStructure({ files, tables }: Tree): Problem[] {
  const problems: Problem[] = [];
  const edges: Edge[] = [];
  const named = new Map<string, Map<string, string>>();
  for (const [path, source] of files) {
    const parsed = parseOr(path, source, problems);
    if (!parsed) continue;
    problems.push(...ownProblems(path, parsed));
    for (const { from, line } of parsed.imports) {
      const to = resolveImport(path, from, files);
      if (to.problem) problems.push(`${path}:${line}: ${to.problem}`);
      if (!to.path) continue;
      edges.push({ from: path, to: to.path, line });
      const problem = isTest(path) ? undefined : floorProblem(path, to.path);
      if (problem) problems.push(`${path}:${line}: ${problem}`);
    }
    for (const { name, line } of parsed.tables) if (tables.has(name) && !isTest(path)) note(named, name, { path, line });
  }
  return [...problems, ...tableProblems(named), ...cycles(edges)];
}

function parseOr(path: string, source: string, problems: Problem[]): Parsed | undefined {
  try {
    return parse(path, source);
  } catch (error) {
    problems.push(`${path}: cannot be parsed: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
}

function ownProblems(path: string, parsed: Parsed): Problem[] {
  const problems = parsed.starExports.map((line) => `${path}:${line}: export * hides what a face offers; name the exports`);
  if (parsed.lines > maximumLines && !madeByPrograms.includes(path)) problems.push(`${path}: ${parsed.lines} lines; a file has at most ${maximumLines}`);
  if (isTest(path) || freeOfGlobals.some((prefix) => path.startsWith(prefix))) return problems;
  return [...problems, ...parsed.globals.map(({ name, line }) => `${path}:${line}: ${name} is for packages/platform and packages/kernel only; take it from the Runtime`)];
}

/** The file an import means, when it is one of ours. */
function resolveImport(path: string, from: string, files: ReadonlyMap<string, string>): { readonly path?: string; readonly problem?: string } {
  if (from.startsWith('.')) {
    const target = normalize(join(dirname(path), from));
    const found = [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`, `${target}/index.tsx`].find((candidate) => files.has(candidate));
    if (!found) return {};
    if (!isTest(path) && workspaceOf(path) !== workspaceOf(found) && workspaceOf(found) !== undefined) {
      return { path: found, problem: `${from} leaves ${workspaceOf(path) ?? 'its folder'}; import the package by its name` };
    }
    return { path: found };
  }
  const [, name, rest] = /^@centralita\/([^/]+)(?:\/(.*))?$/.exec(from) ?? [];
  if (!name) return {};
  const found = rest === undefined ? `packages/${name}/src/index.ts` : `packages/${name}/src/${rest}.ts`;
  return files.has(found) ? { path: found } : {};
}

/** Scripts and benches stand outside the workspaces and start what they need. */
function workspaceOf(path: string): string | undefined {
  return /^(?:apps|packages)\/[^/]+/.exec(path)?.[0];
}

function floorProblem(from: string, to: string): string | undefined {
  const [own, other] = [areaOf(from), areaOf(to)];
  if (own === undefined || other === undefined || own === other) return undefined;
  const allowed = permissions[kindOf(own)] ?? ordinaryRoom;
  if (other.startsWith('packages/')) {
    const name = other.slice('packages/'.length);
    const face = allowed.packages.find((entry) => entry.startsWith(`${name}/`));
    if (allowed.packages.includes(name)) return undefined;
    if (face) return to === `packages/${name}/src/${face.slice(name.length + 1)}.ts` ? undefined : `${own} may import only @centralita/${face} of ${other}`;
    return `${own} may not import ${other}`;
  }
  if (kindOf(other) === 'provider' ? allowed.areas?.includes('providers') : allowed.areas?.includes(other)) return undefined;
  const [floor, below] = [floorOf(own), floorOf(other)];
  if (floor === undefined || below === undefined) return `${own} may not import ${other}`;
  if (floor === below) return `${own} and ${other} are on the same floor; emit an event or go through a lower room`;
  if (floor > below) return `${own} is below ${other}; emit an event that ${other} subscribes to`;
  return faceProblem(own, to);
}

function faceProblem(own: string, to: string): string | undefined {
  const file = /^apps\/server\/src\/modules\/[^/]+\/(.*)$/.exec(to)?.[1];
  const allowed: readonly string[] = own === 'main' ? faces.main : faces.others;
  return file === undefined || allowed.includes(file) ? undefined : `${to} is that room's own; import its ${allowed.join(' or ')}`;
}

function note(named: Map<string, Map<string, string>>, table: string, { path, line }: { path: string; line: number }): void {
  const places = named.get(table) ?? new Map<string, string>();
  if (!places.has(path)) places.set(path, `${path}:${line}`);
  named.set(table, places);
}

/** A table is named by one room, there in its store. Platform's own tables (leases, migrations) are platform's. */
function tableProblems(named: ReadonlyMap<string, ReadonlyMap<string, string>>): Problem[] {
  const problems: Problem[] = [];
  for (const [table, places] of named) {
    const shown = table.slice(2);
    for (const [path, at] of places) {
      if (path.startsWith('apps/server/src/') && !/(^|\/)store(-[a-z-]+)?\.ts$|\/store\/[^/]+\.ts$/.test(path)) problems.push(`${at}: the table ${shown} is named outside a store.ts`);
    }
    // Platform runs migrations over everybody's tables.
    const rooms = [...new Set([...places.keys()].map(areaOf))].filter((area) => area !== 'packages/platform');
    const both = betweenPrograms[table] ?? [];
    if (rooms.length > 1 && !rooms.every((room) => room !== undefined && both.includes(room))) problems.push(`${[...places.values()].join(', ')}: the table ${shown} is named in several rooms (${rooms.join(', ')}); one owns it, the others ask through its index.ts`);
  }
  return problems;
}

/** Tarjan's strongly connected components; each of more than one file is a cycle. */
function cycles(edges: readonly Edge[]): Problem[] {
  const next = Map.groupBy(edges, (edge) => edge.from);
  const state = new Map<string, { index: number; low: number; open: boolean }>();
  const stack: string[] = [];
  const problems: Problem[] = [];
  const visit = (file: string): void => {
    const own = { index: state.size, low: state.size, open: true };
    state.set(file, own);
    stack.push(file);
    for (const { to } of next.get(file) ?? []) {
      const known = state.get(to);
      if (!known) {
        visit(to);
        own.low = Math.min(own.low, state.get(to)?.low ?? own.low);
      } else if (known.open) own.low = Math.min(own.low, known.index);
    }
    if (own.low !== own.index) return;
    const group = stack.splice(stack.indexOf(file));
    for (const member of group) {
      const entry = state.get(member);
      if (entry) entry.open = false;
    }
    const selfImport = (next.get(file) ?? []).some(({ to }) => to === file);
    if (group.length > 1 || selfImport) problems.push(`${group.sort().join(' ↔ ')}: these files import each other in a circle`);
  };
  for (const file of next.keys()) if (!state.has(file)) visit(file);
  return problems;
}
