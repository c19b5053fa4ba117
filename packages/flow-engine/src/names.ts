import { z } from 'zod';

/** Names that templates and expressions already use: no variable may be called so. */
export const CONTEXT_NAMES = ['contact', 'vars', 'input', 'company', 'account', 'conversation', 'now', 'local', 'secrets', 'value'] as const;

/** Words of CEL and Liquid that cannot name a variable: an expression would read them as something else. */
const WORDS = [
  'true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop',
  'package', 'namespace', 'return', 'var', 'void', 'while', 'bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map',
  'type', 'null_type', 'dyn', 'google', 'cel', 'optional', 'nil', 'empty', 'blank', 'and', 'or', 'not', 'contains', 'forloop',
] as const;

const RESERVED = new Set<string>([...CONTEXT_NAMES, ...WORDS]);

/** Name of a flow variable: a letter, then letters, digits and `_`; at most 64 characters. */
export const VariableName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'a variable name is a letter followed by letters, digits or _, at most 64 characters')
  .refine((name) => !RESERVED.has(name), { error: 'this name is reserved; choose another variable name' });

/** Id of a node within its flow. `end` is the word for the end of the flow, so no node is called that. */
export const NodeId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'a node id is made of letters, digits, _ and -, at most 64 characters')
  .refine((id) => id !== END, { error: '"end" means the end of the flow; choose another node id' });
export type NodeId = z.infer<typeof NodeId>;

export const END = 'end';

/** Where to go: the id of a node of the same flow, or `end`. */
export const Target = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'a target is the id of a node, or "end"');
export type Target = z.infer<typeof Target>;
