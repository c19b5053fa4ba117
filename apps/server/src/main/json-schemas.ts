import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

const NAMELESS = /^__schema\d+$/;

export type JsonSchema = { [key: string]: unknown };

/**
 * Schemas of a document: those with an id (`.meta({ id })`) become components once, the others stay where they are used. One that is asked
 * differently than it is answered (defaults) gets a component of its own for requests, `…Input`.
 */
export class Schemas {
  readonly #asked = new Map<string, JsonSchema>();
  readonly #answered = new Map<string, JsonSchema>();
  readonly #uses: { readonly schema: JsonSchema; readonly io: 'input' | 'output' }[] = [];

  /** What a caller sends. */
  input(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'input');
  }
  /** What a caller gets. */
  output(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'output');
  }

  #convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $defs = {}, ...root } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
    const components = io === 'input' ? this.#asked : this.#answered;
    for (const [id, def] of Object.entries($defs)) if (!NAMELESS.test(id)) components.set(id, plain(def, io));
    const own = schema.meta()?.id;
    if (own === undefined) return this.#use(plain(root, io), io);
    if (!(own in $defs)) components.set(own, plain(root, io));
    return this.#use({ $ref: `#/components/schemas/${own}` }, io);
  }

  #use(schema: JsonSchema, io: 'input' | 'output'): JsonSchema {
    this.#uses.push({ schema, io });
    return schema;
  }

  /** The components by name. Call it when everything is converted: references to input forms are settled by it. */
  components(): Record<string, JsonSchema> {
    const renamed = new Map<string, string>();
    // What holds a renamed one differs too, and so on.
    for (let before = -1; before !== renamed.size;) {
      before = renamed.size;
      for (const [id, schema] of this.#asked) {
        const other = this.#answered.get(id);
        if (!renamed.has(id) && other && !isDeepStrictEqual(renameRefs(structuredClone(schema), renamed), other)) renamed.set(id, `${id}Input`);
      }
    }
    for (const { schema, io } of this.#uses) if (io === 'input') renameRefs(schema, renamed);
    const all = new Map(this.#answered);
    for (const [id, schema] of this.#asked) if (renamed.has(id) || !all.has(id)) all.set(renamed.get(id) ?? id, renameRefs(schema, renamed));
    return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** OpenAPI's references, and no promise that nothing will ever be added to an answer. */
function plain(schema: JsonSchema, io: 'input' | 'output'): JsonSchema {
  const { $schema: _schema, id: _id, ...rest } = schema;
  return walk(rest, (node) => {
    // What holds itself without a name of its own is any JSON: the generators of clients do not follow it.
    if (typeof node['$ref'] === 'string' && NAMELESS.test(node['$ref'].replace('#/$defs/', ''))) delete node['$ref'];
    if (typeof node['$ref'] === 'string') node['$ref'] = node['$ref'].replace('#/$defs/', '#/components/schemas/');
    if (io === 'output' && node['additionalProperties'] === false) delete node['additionalProperties'];
    if ('id' in node && typeof node['id'] === 'string') delete node['id'];
  });
}

function renameRefs(schema: JsonSchema, renamed: ReadonlyMap<string, string>): JsonSchema {
  return walk(schema, (node) => {
    const name = typeof node['$ref'] === 'string' ? /^#\/components\/schemas\/(.+)$/.exec(node['$ref'])?.[1] : undefined;
    if (name !== undefined && renamed.has(name)) node['$ref'] = `#/components/schemas/${renamed.get(name)}`;
  });
}

function walk<T>(value: T, visit: (node: JsonSchema) => void): T {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  else if (typeof value === 'object' && value !== null) {
    visit(value as JsonSchema);
    for (const one of Object.values(value)) walk(one, visit);
  }
  return value;
}
