import type { Input } from './input.ts';
import type { JsonObject } from './json.ts';
import type { SessionStatus } from './session.ts';

/** An input of a case: a text alone is a text message. */
export type CaseInput = string | (Omit<Partial<Input>, 'kind'> & { readonly kind: Input['kind'] } & Readonly<Record<string, unknown>>);

/**
 * A case of a node type, walked by one test. The node stands in a flow as `it`, beside `yes` and `no`, which say their
 * own name and end. Events are compared without `node_entered` and `variable_set` unless the case names them.
 */
export type NodeCase =
  | {
    readonly name: string;
    readonly node: JsonObject;
    readonly variables?: JsonObject;
    readonly contact?: JsonObject;
    /** The first message starts the session; `turns` are separate calls of `advance`. */
    readonly turns: readonly (readonly CaseInput[])[];
    readonly status: SessionStatus;
    /** Every event of all turns, each with the fields that matter. */
    readonly events: readonly JsonObject[];
    /** Variables at the end that matter. */
    readonly ends_with?: JsonObject;
  }
  | {
    readonly name: string;
    readonly node: JsonObject;
    readonly variables?: JsonObject;
    /** `code` or `code at path` of every problem the lint must report. */
    readonly problems: readonly string[];
  };
