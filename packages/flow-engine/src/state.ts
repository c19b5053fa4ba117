import { compiledFlow, type CompiledFlow } from './compiled.ts';
import type { EngineContext } from './context.ts';
import type { FlowDefinition } from './definition.ts';
import type { EngineEvent } from './events/index.ts';
import { FlowFailure } from './failure.ts';
import type { MessageInput } from './input.ts';
import { jsonLength, type Json, type JsonObject } from './json.ts';
import { LIMITS } from './limits.ts';
import type { Turn } from './node.ts';
import { renderContent } from './render-content.ts';
import { expressionScope, templateScope } from './scope.ts';
import type { BotSession, SessionStatus, Waiting } from './session.ts';
import { renderedJson, isTemplate, unseal, type TemplateMode } from './template.ts';
import { cut, storable } from './words.ts';

/** The part of a message that a session keeps: cut, storable, without fields nobody asked for. */
function kept(message: MessageInput): MessageInput {
  const { id, type, text, choice_id, media, location, at } = message;
  return {
    kind: 'message', id, type, at, text: storable(cut(text, LIMITS.input_text)),
    ...(choice_id !== undefined && { choice_id }),
    ...(media && { media: { id: media.id, mime_type: media.mime_type, ...(media.filename !== undefined && { filename: storable(media.filename) }) } }),
    ...(location && { location: { latitude: location.latitude, longitude: location.longitude, ...(location.name !== undefined && { name: storable(location.name) }) } }),
  };
}

/** A session while a turn changes it, and the events so far. */
export class State {
  readonly flow: FlowDefinition;
  readonly compiled: CompiledFlow;
  readonly context: EngineContext;
  readonly events: EngineEvent[] = [];
  readonly #seed: string;
  status: SessionStatus;
  node: string | null;
  waiting: Waiting | undefined;
  steps: number;
  unattended: number;
  #variables: JsonObject;
  #input: MessageInput | undefined;
  #templateScope: object | undefined;

  constructor(flow: FlowDefinition, session: BotSession, context: EngineContext) {
    this.flow = flow;
    this.compiled = compiledFlow(flow);
    this.context = context;
    this.status = session.status;
    this.node = session.node;
    this.waiting = session.waiting;
    this.steps = session.steps;
    this.unattended = session.unattended;
    this.#seed = session.seed;
    this.#variables = session.variables;
    this.#input = session.input;
  }

  /** What is stored: only what is there, so that it equals itself after JSON. */
  session(): BotSession {
    return {
      schema: 1, status: this.status, node: this.node, variables: this.#variables,
      ...(this.waiting && { waiting: this.waiting }), ...(this.#input && { input: this.#input }),
      steps: this.steps, unattended: this.unattended, seed: this.#seed,
    };
  }

  take(message: MessageInput): MessageInput {
    this.#input = kept(message);
    this.#templateScope = undefined;
    this.unattended = 0;
    return this.#input;
  }

  /** The last message and the count of steps, to come back to when a message turns out not to be for now. */
  checkpoint(): () => void {
    const input = this.#input;
    const { unattended } = this;
    return () => {
      this.#input = input;
      this.#templateScope = undefined;
      this.unattended = unattended;
    };
  }

  /** What a node may do while the session stands at it. */
  turn(node: string): Turn {
    return {
      node, context: this.context, waiting: this.waiting, call_id: `${this.#seed}.${this.steps}`,
      render: (source) => this.#text(source, 'text'),
      renderUrl: (source) => this.#text(source, 'url'),
      renderValue: (source) => (isTemplate(source) ? renderedJson(this.#render(source, 'value')) : source),
      renderSealed: (source, escape) => unseal(String(this.#render(source, 'sealed') ?? ''), escape),
      evaluate: (source, value) => this.#evaluate(source, value),
      say: (content) => {
        const said = renderContent(content, (source) => this.#text(source, 'text'), (code, detail) => this.events.push({ type: 'warning', node, code, detail }));
        if (said) this.events.push({ type: 'say', node, content: said });
      },
      set: (name, value) => this.#set(node, name, value),
      emit: (event) => { this.events.push(event); },
    };
  }

  #render(source: string, mode: TemplateMode): unknown {
    const template = this.compiled.template(source, mode);
    this.#templateScope ??= templateScope(this.context, this.#variables, this.#input);
    return template.render(this.#templateScope);
  }

  #text(source: string, mode: 'text' | 'url'): string {
    return isTemplate(source) ? storable(String(this.#render(source, mode) ?? '')) : source;
  }

  #evaluate(source: string, value: Json | undefined): Json {
    const scope = expressionScope(this.context, { variables: this.#variables, input: this.#input, names: this.compiled.names });
    if (value !== undefined) scope['value'] = value;
    return this.compiled.expression(source).evaluate(scope);
  }

  #set(node: string, name: string, value: Json): void {
    const variables = { ...this.#variables, [name]: value };
    const length = jsonLength(variables);
    if (length > LIMITS.variables) throw new FlowFailure('variables_too_large', `with "${name}" the variables take ${length} characters of JSON; ${LIMITS.variables} is the most`);
    this.#variables = variables;
    this.#templateScope = undefined;
    this.events.push({ type: 'variable_set', node, name, value });
  }
}
