import { parseAst } from 'rolldown/parseAst';

/** What the checks need of one file. */
export interface Parsed {
  readonly imports: readonly { readonly from: string; readonly line: number }[];
  /** `export *` and `export * as`. */
  readonly starExports: readonly number[];
  /** Uses of the globals that only platform and kernel may use. */
  readonly globals: readonly { readonly name: string; readonly line: number }[];
  /** Tables named in SQL texts: `{s}.accounts` gives `s.accounts`. */
  readonly tables: readonly { readonly name: string; readonly line: number }[];
  readonly lines: number;
}

type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>;

/** Throws with the parser's message when the file is not TypeScript. */
export function parse(path: string, source: string): Parsed {
  const found = { imports: [] as { from: string; line: number }[], starExports: [] as number[], globals: [] as { name: string; line: number }[], tables: [] as { name: string; line: number }[] };
  const starts = lineStarts(source);
  const lineOf = (node: Node): number => locate(starts, node.start);
  walk(parseAst(source, { lang: path.endsWith('x') ? 'tsx' : /\.m?js$/.test(path) ? 'js' : 'ts' }), (node) => {
    const from = importOf(node);
    if (from !== undefined) found.imports.push({ from, line: lineOf(node) });
    if (node.type === 'ExportAllDeclaration') found.starExports.push(lineOf(node));
    const name = globalOf(node);
    if (name !== undefined) found.globals.push({ name, line: lineOf(node) });
    for (const table of tablesOf(node)) found.tables.push({ name: table, line: lineOf(node) });
  });
  return { ...found, lines: starts.length - (source.endsWith('\n') ? 1 : 0) };
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (typeof value === 'object' && value !== null) {
    if ('type' in value && typeof value.type === 'string') visit(value as Node);
    for (const [key, child] of Object.entries(value)) if (key !== 'parent' && typeof child === 'object') walk(child, visit);
  }
}

/** Static, re-exporting, dynamic and type imports alike. */
function importOf(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return text(node['source']) ?? text(node['argument']);
    default:
      return undefined;
  }
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('literal' in value) return text(value.literal);
  return 'value' in value && typeof value.value === 'string' ? value.value : undefined;
}

function globalOf(node: Node): string | undefined {
  switch (node.type) {
    case 'CallExpression':
      if (named(node['callee'], 'fetch') || member(node['callee'], 'globalThis', 'fetch')) return 'fetch()';
      return named(node['callee'], 'Date') ? 'Date()' : undefined;
    case 'NewExpression':
      return named(node['callee'], 'Date') && (node['arguments'] as unknown[]).length === 0 ? 'new Date()' : undefined;
    case 'MemberExpression':
      for (const [object, property] of [['Date', 'now'], ['Math', 'random'], ['process', 'env']] as const) if (member(node, object, property)) return `${object}.${property}`;
      return undefined;
    case 'VariableDeclarator':
      // const { env } = process
      return named(node['init'], 'process') && JSON.stringify(node['id']).includes('"name":"env"') ? 'process.env' : undefined;
    case 'ImportDeclaration':
      return /^(node:)?process$/.test(text(node['source']) ?? '') && JSON.stringify(node['specifiers']).includes('"name":"env"') ? 'process.env' : undefined;
    default:
      return undefined;
  }
}

function named(node: unknown, name: string): boolean {
  return typeof node === 'object' && node !== null && 'name' in node && 'type' in node && node.type === 'Identifier' && node.name === name;
}

function member(node: unknown, object: string, property: string): boolean {
  if (typeof node !== 'object' || node === null || !('type' in node) || node.type !== 'MemberExpression') return false;
  const { object: left, property: right } = node as unknown as Node;
  return named(left, object) && (named(right, property) || text(right) === property);
}

/** `{s}` and `{c}` stand for the shared schema and the company's. */
function tablesOf(node: Node): string[] {
  if (node.type !== 'Literal' && node.type !== 'TemplateElement') return [];
  const value: unknown = node['value'];
  const sql = typeof value === 'string' ? value : (value as { cooked?: unknown } | null)?.cooked;
  return typeof sql === 'string' ? [...sql.matchAll(/\{([sc])\}\.([a-z_0-9]+)/g)].map(([, schema, name]) => `${schema}.${name}`) : [];
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function locate(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
