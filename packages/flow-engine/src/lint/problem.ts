export const PROBLEM_CODES = [
  'schema', 'unknown_target', 'unreachable', 'cel', 'liquid', 'unknown_name', 'regex', 'secret', 'too_long', 'too_many',
  'empty', 'duplicate', 'missing', 'useless', 'loop', 'possible_loop',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** Something wrong in a flow. Errors keep it from being published; warnings do not. */
export interface FlowProblem {
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  /** Where in the definition, e.g. `nodes.welcome.content.text`. */
  readonly path: string;
  /** The node it is in. */
  readonly node?: string;
  /** What is wrong and what to do. */
  readonly text: string;
  /** Where in the text at `path` (templates, expressions): line and column from 1. */
  readonly position?: { readonly line: number; readonly column: number };
}
