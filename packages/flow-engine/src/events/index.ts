import type { z } from 'zod';
import { call_requested } from './call_requested.ts';
import type { EventSpec } from './define.ts';
import { event_published } from './event_published.ts';
import { handed_over } from './handed_over.ts';
import { input_ignored } from './input_ignored.ts';
import { input_rejected } from './input_rejected.ts';
import { interrupted } from './interrupted.ts';
import { node_entered } from './node_entered.ts';
import { say } from './say.ts';
import { session_completed } from './session_completed.ts';
import { session_failed } from './session_failed.ts';
import { variable_set } from './variable_set.ts';
import { waiting } from './waiting.ts';
import { warning } from './warning.ts';

export const EVENT_TYPES = [
  'node_entered', 'say', 'waiting', 'variable_set', 'input_rejected', 'input_ignored', 'interrupted', 'call_requested',
  'event_published', 'handed_over', 'session_completed', 'session_failed', 'warning',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Every event of the engine with its schema and an example. */
export const eventTypes = {
  node_entered, say, waiting, variable_set, input_rejected, input_ignored, interrupted, call_requested,
  event_published, handed_over, session_completed, session_failed, warning,
} as const satisfies Record<EventType, EventSpec<z.ZodType<{ type: string }>>>;

/** What a turn brought about, in order. The caller turns each into its effect. */
export type EngineEvent = { [T in EventType]: z.infer<(typeof eventTypes)[T]['schema']> }[EventType];
