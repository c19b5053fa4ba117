import { variableNames } from '../compiled.ts';
import type { FlowDefinition } from '../definition.ts';
import { inspectExpression } from '../expression.ts';
import { LIMITS } from '../limits.ts';
import { CONTEXT_NAMES, END } from '../names.ts';
import type { Reference } from '../node.ts';
import { handlerOf } from '../nodes/index.ts';
import { patternProblem } from '../pattern.ts';
import { hasSecret, inspectTemplate, isTemplate, withoutSecrets } from '../template.ts';
import { plain } from '../words.ts';
import { lintLoops } from './loops.ts';
import { pathText, type Lint, type Path } from './lint.ts';
import type { FlowProblem } from './problem.ts';

/** `secrets` has no value in a template and `value` only within a validation. */
const TEMPLATE_NAMES = CONTEXT_NAMES.filter((name) => name !== 'value' && name !== 'secrets');

class FlowLint {
  readonly problems: FlowProblem[] = [];
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  add(path: Path, problem: Omit<FlowProblem, 'path' | 'severity'> & { readonly severity?: FlowProblem['severity'] }): void {
    const { severity = 'error', ...rest } = problem;
    this.problems.push({ severity, path: pathText(path), ...rest });
  }

  /** The lint as a node sees it. */
  of(node: string): Lint {
    const full = (path: Path): Path => ['nodes', node, ...path];
    return {
      problem: (path, code, text, severity) => this.add(full(path), { node, code, text, ...(severity && { severity }) }),
      pattern: (path, source) => {
        const problem = patternProblem(source);
        if (problem !== undefined) this.add(full(path), { node, code: 'regex', text: `not a regular expression (RE2): ${problem}` });
      },
      template: (path, source, options) => this.#template({ node, path: full(path), source, options: options ?? {} }),
      expression: (path, source, options) => {
        const names = [...TEMPLATE_NAMES, ...this.#names, ...(options?.value ? ['value'] : [])];
        const problem = source.length > LIMITS.source
          ? { text: `longer than ${LIMITS.source} characters`, line: 1, column: 1, unknown_name: false }
          : inspectExpression(source, names, options?.boolean ?? false);
        if (!problem) return;
        const { text, line, column, unknown_name } = problem;
        const hint = unknown_name ? '; declare it in "variables" or set it in some node' : '';
        this.add(full(path), { node, code: unknown_name ? 'unknown_name' : 'cel', text: text + hint, position: { line, column } });
      },
    };
  }

  #template({ node, path, source, options }: { node: string; path: Path; source: string; options: NonNullable<Parameters<Lint['template']>[2]> }): void {
    if (source.length > LIMITS.source) return this.add(path, { node, code: 'too_long', text: `longer than ${LIMITS.source} characters` });
    if (!isTemplate(source)) {
      const length = source.trim().length;
      if (options.required && length === 0) this.add(path, { node, code: 'empty', text: 'must not be empty' });
      if (options.max !== undefined && length > options.max) this.add(path, { node, code: 'too_long', text: `${length} characters; WhatsApp takes ${options.max}` });
      return;
    }
    if (hasSecret(source) && !options.secrets) {
      return this.add(path, { node, code: 'secret', text: 'secrets may stand only in headers and body of call_http: they must not reach a message, a url or a variable' });
    }
    const found = inspectTemplate(withoutSecrets(source));
    if ('problem' in found) {
      const { text, line, column } = found.problem;
      return this.add(path, { node, code: 'liquid', text, position: { line, column } });
    }
    for (const { name, line, column } of found.names) {
      const position = { line, column };
      if (name === 'secrets') this.add(path, { node, code: 'secret', text: 'write a secret as {{ secrets.NAME }}, alone and without filters', position });
      else if (!this.#names.includes(name) && !(TEMPLATE_NAMES as readonly string[]).includes(name)) {
        this.add(path, { node, code: 'unknown_name', severity: 'warning', text: `nothing is called "${name}": it will always be empty; declare it in "variables" or set it in some node`, position });
      }
    }
  }
}

interface FlowReference extends Reference { readonly node?: string; readonly full: Path }

function referencesOf(flow: FlowDefinition): FlowReference[] {
  const shortcuts = (['triggers', 'interrupts'] as const).flatMap((field) =>
    (flow[field] ?? []).map((s, i): FlowReference => ({ to: s.next, path: [], full: [field, i, 'next'] })));
  return [
    { to: flow.start, path: [], full: ['start'] },
    ...shortcuts,
    ...Object.entries(flow.nodes).flatMap(([id, node]) =>
      handlerOf(node).references(node).map((ref): FlowReference => ({ ...ref, node: id, full: ['nodes', id, ...ref.path] }))),
  ];
}

/** Nodes that can be reached from the start, a trigger or an interrupt. */
function reachable(references: readonly FlowReference[]): Set<string> {
  const seen = new Set<string>();
  const queue = references.filter((ref) => ref.node === undefined).map((ref) => ref.to);
  const next = Map.groupBy(references, (ref) => ref.node);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const ref of next.get(id) ?? []) queue.push(ref.to);
  }
  return seen;
}

function lintShortcuts(flow: FlowDefinition, lint: FlowLint): void {
  for (const field of ['triggers', 'interrupts'] as const) {
    const seen = new Set<string>();
    (flow[field] ?? []).forEach((shortcut, i) => shortcut.match.forEach((word, j) => {
      const path = [field, i, 'match', j];
      if (plain(word) === '') lint.add(path, { code: 'empty', text: `"${word}" has neither letters nor digits, so nothing can match it` });
      else if (seen.has(plain(word))) lint.add(path, { code: 'duplicate', severity: 'warning', text: `"${word}" stands here twice; the first one counts` });
      seen.add(plain(word));
    }));
  }
}

/** Everything the schema cannot see. */
export function lintFlow(flow: FlowDefinition): FlowProblem[] {
  const lint = new FlowLint(variableNames(flow));
  const ids = Object.keys(flow.nodes);
  if (ids.length > LIMITS.nodes) lint.add(['nodes'], { code: 'too_many', text: `${ids.length} nodes; ${LIMITS.nodes} is the most` });
  if (JSON.stringify(flow.variables ?? {}).length > LIMITS.variables / 2) lint.add(['variables'], { code: 'too_long', text: `the first values take more than half of the ${LIMITS.variables} characters a session may keep` });

  const references = referencesOf(flow);
  for (const { to, full, node } of references) {
    if (to === END ? full[0] === 'start' : !Object.hasOwn(flow.nodes, to)) {
      lint.add(full, { code: 'unknown_target', text: `there is no node "${to}"`, ...(node !== undefined && { node }) });
    }
  }
  const seen = reachable(references);
  for (const id of ids) {
    if (!seen.has(id)) lint.add(['nodes', id], { node: id, code: 'unreachable', severity: 'warning', text: 'no other node leads here' });
  }
  lintShortcuts(flow, lint);
  lintLoops(flow, (node, code, text) => lint.add(['nodes', node], { node, code, text, severity: code === 'loop' ? 'error' : 'warning' }));
  for (const [id, node] of Object.entries(flow.nodes)) handlerOf(node).lint(node, lint.of(id));
  return lint.problems;
}
