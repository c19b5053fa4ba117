import type { Tx } from '@centralita/platform/database';
import { parseFlow, type FlowDefinition } from '@centralita/flow-engine';
import type { Runtime } from '../../runtime.ts';
import { loadRevisions } from './store.ts';

/** A flow ready to run, or why this program cannot read it (it was published by another version). */
export type Revision = { readonly flow: FlowDefinition } | { readonly unreadable: string };

// One object per revision keeps its compiled templates and expressions warm (flow-engine's cache goes by the object).
// A flow of 40 nodes takes some 300 kB compiled, whatever the company: what counts is how many nodes are kept.
const NODES_KEPT = 8000;
interface Kept {
  readonly revisions: Map<string, Revision>;
  nodes: number;
}
const caches = new WeakMap<Runtime['db'], Kept>();
const nodesOf = (revision: Revision): number => ('flow' in revision ? Object.keys(revision.flow.nodes).length : 1);

/** These revisions, read once and kept: they never change. One that is missing in the answer is not in the database. */
export async function revisions(rt: Runtime, tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Revision>> {
  let kept = caches.get(rt.db);
  if (!kept) caches.set(rt.db, kept = { revisions: new Map(), nodes: 0 });
  const cache = kept.revisions;
  const found = new Map<string, Revision>();
  const missing: string[] = [];
  for (const id of new Set(ids)) {
    const hit = cache.get(id);
    if (!hit) missing.push(id);
    else {
      // Most recently used goes last; the first is the one to forget.
      cache.delete(id);
      cache.set(id, hit);
      found.set(id, hit);
    }
  }
  if (missing.length === 0) return found;
  for (const row of await loadRevisions(tx, missing)) {
    const parsed = parseFlow(row.flow);
    const revision: Revision = parsed.ok ? { flow: parsed.flow } : { unreadable: parsed.problems.map((p) => `${p.path}: ${p.text}`).join('; ').slice(0, 1000) };
    found.set(row.id, revision);
    if (!cache.has(row.id)) kept.nodes += nodesOf(revision);
    cache.set(row.id, revision);
  }
  for (const [id, revision] of cache) {
    if (kept.nodes <= NODES_KEPT) break;
    cache.delete(id);
    kept.nodes -= nodesOf(revision);
  }
  return found;
}
