import type { Sandbox } from '../context.ts';
import type { BusinessNumber, NewNumber } from '../store/identities.ts';

/** A further number, with the templates every WABA starts with when it comes with a WABA of its own. */
export function addNumber(sandbox: Sandbox, wish: NewNumber): BusinessNumber {
  const created = sandbox.identities.create(wish);
  if (sandbox.templates.list(created.wabaId).length === 0) sandbox.templates.seed(created.wabaId);
  sandbox.live.tell({ kind: 'numbers' });
  return created;
}
