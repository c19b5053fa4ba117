import type { TestContext } from 'node:test';

type Cleanup = () => unknown;
/** What a `before` hook or a test gets; both can register cleanups. */
export type Scope = Pick<TestContext, 'after'>;

const stacks = new WeakMap<Scope, Cleanup[]>();

/** Runs `cleanup` when the test ends, the last registered first (`t.after` alone runs the first first); each runs even if another fails. */
export function defer(t: Scope, cleanup: Cleanup): void {
  const stack = stacks.get(t);
  if (stack) {
    stack.push(cleanup);
    return;
  }
  const fresh = [cleanup];
  stacks.set(t, fresh);
  t.after(() => unwind(fresh));
}

async function unwind(stack: Cleanup[]): Promise<void> {
  const errors: unknown[] = [];
  for (let cleanup = stack.pop(); cleanup; cleanup = stack.pop()) {
    try {
      await cleanup();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, 'cleaning up after the test failed');
}
