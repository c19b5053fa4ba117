import type { ConversationFilter, DeadLetter, DeadLetterPage as DeadLetters, FailedWebhook, FailedWebhookPage as FailedWebhooks, Message, ReplayAnswer, SendBody, StatusEntry, UnroutedEvent, UnroutedPage as Unrouted } from '@centralita/contracts';

/** Types read off the contract; only types are imported, so that no schema code reaches the browser. */
export type { AccountSummary, CompanyEvent, Conversation, ConversationPage, DeadLetter, FailedWebhook, Me, Message, MessagePage, Problem, SendBody, ServerToClient, UnroutedEvent } from '@centralita/contracts';
export type Filter = (typeof ConversationFilter)['_zod']['output'];
export type Status = Message['status'];
export type StatusStep = (typeof StatusEntry)['_zod']['output'];
export type FailedWebhookPage = (typeof FailedWebhooks)['_zod']['output'];
export type UnroutedPage = (typeof Unrouted)['_zod']['output'];
export type DeadLetterPage = (typeof DeadLetters)['_zod']['output'];
export type Replay = (typeof ReplayAnswer)['_zod']['output'];
export type OutgoingContent = SendBody['content'];
export type OperationRow = FailedWebhook | UnroutedEvent | DeadLetter;

export const FILTERS = ['all', 'unread', 'mine', 'unassigned', 'bot', 'troubled'] as const satisfies readonly Filter[];

/** What `POST /api/media` answers. */
export interface UploadedMedia {
  id: string;
  mime_type: string;
  size: number;
  filename: string | null;
}
