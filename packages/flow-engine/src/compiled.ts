import type { FlowDefinition } from './definition.ts';
import { compileExpression, type CompiledExpression } from './expression.ts';
import { handlerOf } from './nodes/index.ts';
import { compileTemplate, type CompiledTemplate, type TemplateMode } from './template.ts';
import { plain } from './words.ts';

/** What is worth computing once per flow revision. */
export interface CompiledFlow {
  /** Every variable the flow knows of. */
  readonly names: readonly string[];
  readonly triggers: ReadonlyMap<string, string>;
  readonly interrupts: ReadonlyMap<string, string>;
  template(source: string, mode: TemplateMode): CompiledTemplate;
  expression(source: string): CompiledExpression;
}

const cache = new WeakMap<FlowDefinition, CompiledFlow>();

/** Names of the variables that the flow declares or sets. */
export function variableNames(flow: FlowDefinition): string[] {
  const names = new Set(Object.keys(flow.variables ?? {}));
  for (const node of Object.values(flow.nodes)) for (const name of handlerOf(node).defines(node)) names.add(name);
  return [...names];
}

function shortcuts(list: FlowDefinition['interrupts']): Map<string, string> {
  const map = new Map<string, string>();
  for (const { match, next } of list ?? []) {
    for (const word of match) if (plain(word) !== '' && !map.has(plain(word))) map.set(plain(word), next);
  }
  return map;
}

function compile(flow: FlowDefinition): CompiledFlow {
  const templates = new Map<string, CompiledTemplate>();
  const expressions = new Map<string, CompiledExpression>();
  return {
    names: variableNames(flow),
    triggers: shortcuts(flow.triggers),
    interrupts: shortcuts(flow.interrupts),
    template(source, mode) {
      const key = `${mode}:${source}`;
      let template = templates.get(key);
      if (!template) templates.set(key, template = compileTemplate(source, mode));
      return template;
    },
    expression(source) {
      let expression = expressions.get(source);
      if (!expression) expressions.set(source, expression = compileExpression(source));
      return expression;
    },
  };
}

/** Cached by the flow object itself: keep one object per revision and every turn but the first is warm. */
export function compiledFlow(flow: FlowDefinition): CompiledFlow {
  let compiled = cache.get(flow);
  if (!compiled) cache.set(flow, compiled = compile(flow));
  return compiled;
}
