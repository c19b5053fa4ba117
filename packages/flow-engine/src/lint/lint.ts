import type { FlowProblem, ProblemCode } from './problem.ts';

export type Path = readonly (string | number)[];

/** What a node type's lint can ask for. Paths are relative to the node. */
export interface Lint {
  problem(path: Path, code: ProblemCode, text: string, severity?: FlowProblem['severity']): void;
  /** A Liquid template: syntax, filters, names. `max`: longest result in characters, checked when it is a plain text. */
  template(path: Path, source: string, options?: { readonly max?: number; readonly required?: boolean; readonly secrets?: boolean }): void;
  /** A CEL expression: syntax, types, names. `value`: it may read `value`. */
  expression(path: Path, source: string, options?: { readonly boolean?: boolean; readonly value?: boolean }): void;
  /** A regular expression in RE2 syntax. */
  pattern(path: Path, source: string): void;
}

/** `nodes.welcome.content.buttons[1].title` */
export function pathText(path: Path): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}
