import type { z } from 'zod';

/** An event of the engine: its schema and an example that satisfies it. */
export interface EventSpec<S extends z.ZodType> {
  readonly schema: S;
  readonly example: z.infer<S>;
}

export function defineEvent<S extends z.ZodType>(schema: S, example: z.infer<S>): EventSpec<S> {
  return { schema, example };
}
