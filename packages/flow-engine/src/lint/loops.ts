import type { FlowDefinition } from '../definition.ts';
import { handlerOf } from '../nodes/index.ts';

/**
 * Loops that no question and no wait interrupts. One without a way out (no branch, no failing call) is certain to fail and
 * an error; one with a way out may be a counted repetition and is a warning.
 */
export function lintLoops(flow: FlowDefinition, report: (node: string, code: 'loop' | 'possible_loop', text: string) => void): void {
  const edges = new Map<string, string[]>();
  for (const [id, node] of Object.entries(flow.nodes)) {
    const handler = handlerOf(node);
    if (!handler.pauses) edges.set(id, [...new Set(handler.references(node).map((ref) => ref.to))].filter((to) => Object.hasOwn(flow.nodes, to)));
  }
  for (const loop of components(edges)) {
    const exits = loop.some((id) => exitsOf(flow, id).some((to) => !loop.includes(to)));
    const names = loop.slice(0, 5).join(' → ');
    if (exits) report(loop[0] ?? '', 'possible_loop', `${names} repeat without asking or waiting; make sure that they come to an end (100 steps are the most)`);
    else report(loop[0] ?? '', 'loop', `${names} repeat for ever without asking or waiting; put an ask or a wait among them`);
  }
}

/** Where a node can go on, the end of the flow included. */
function exitsOf(flow: FlowDefinition, id: string): string[] {
  const node = flow.nodes[id];
  if (!node) return [];
  const targets = handlerOf(node).references(node).filter((ref) => ref.path[0] !== 'on_error' || node.type === 'call_http').map((ref) => ref.to);
  const open = node.type === 'branch' ? node.else === undefined : false;
  return open ? [...targets, ''] : targets;
}

/** Strongly connected components that are loops (Tarjan, without recursion: flows may be long chains). */
function components(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];
  for (const root of edges.keys()) {
    if (index.has(root)) continue;
    const work: { id: string; next: number }[] = [{ id: root, next: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1]!;
      const { id } = frame;
      if (frame.next === 0) {
        index.set(id, index.size);
        low.set(id, index.get(id)!);
        stack.push(id);
        onStack.add(id);
      }
      const to = (edges.get(id) ?? [])[frame.next];
      frame.next += 1;
      if (to !== undefined) {
        if (!edges.has(to)) continue;
        if (!index.has(to)) work.push({ id: to, next: 0 });
        else if (onStack.has(to)) low.set(id, Math.min(low.get(id)!, index.get(to)!));
        continue;
      }
      work.pop();
      const parent = work[work.length - 1];
      if (parent) low.set(parent.id, Math.min(low.get(parent.id)!, low.get(id)!));
      if (low.get(id) !== index.get(id)) continue;
      const members = stack.splice(stack.lastIndexOf(id));
      for (const member of members) onStack.delete(member);
      if (members.length > 1 || edges.get(id)?.includes(id)) found.push(members);
    }
  }
  return found;
}
