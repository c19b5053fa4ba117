import type { Me } from '@centralita/contracts';
import type { operations, Schema } from '@centralita/sdk';

/** Of the live connection, and what the SDK has no name for. Only types are imported, so that no schema code reaches the browser. */
export type { AccountSummary, CompanyEvent, DeadLetter, EventType, FailedWebhook, Me, ServerToClient, Subscription, SubscriptionLogEntry, UnroutedEvent } from '@centralita/contracts';
export type ApiKey = Schema<'ApiKey'>;
export type AuditEntry = Schema<'AuditEntry'>;
export type Business = Schema<'Business'>;
export type Carrier = Schema<'Carrier'>;
export type CompanyView = Schema<'CompanyView'>;
export type Contact = Schema<'Contact'>;
export type Conversation = Schema<'Conversation'>;
export type ConversationPage = Schema<'ConversationPage'>;
export type Label = Schema<'Label'>;
export type Limits = Schema<'Limits'>;
export type LinkView = Schema<'LinkView'>;
export type Message = Schema<'Message'>;
export type MessagePage = Schema<'MessagePage'>;
export type Note = Schema<'Note'>;
export type PlatformCompany = Schema<'PlatformCompany'>;
export type RouteDetails = Schema<'RouteDetails'>;
export type RouteList = Schema<'RouteList'>;
export type RouteWebhook = Schema<'RouteWebhook'>;
export type SearchMatch = Schema<'SearchMatch'>;
export type SendBody = Schema<'SendBody'>;
export type SessionHost = Schema<'SessionHost'>;
export type StatusStep = Schema<'StatusEntry'>;
export type Template = Schema<'Template'>;
export type TemplatePage = Schema<'TemplatePage'>;
export type TestResult = Schema<'TestResult'>;
export type TokenIssuer = Schema<'TokenIssuer'>;
export type User = Schema<'User'>;
export type UserLink = Schema<'UserLink'>;
export type WebSession = Schema<'SessionDetails'>;

export type OutgoingContent = SendBody['content'];
export type Permission = Me['permissions'][number];
export type Role = User['role'];
export type RouteState = RouteDetails['state'];
export type Status = Message['status'];
type Asked = NonNullable<operations['listConversations']['parameters']['query']>;
export type Filter = NonNullable<Asked['filter']>;
/** What a list of conversations was asked for. */
export type ListQuery = Pick<Asked, 'account_id' | 'label_id' | 'q'> & { filter: Filter };

export const FILTERS = ['all', 'unread', 'mine', 'unassigned', 'bot', 'troubled'] as const satisfies readonly Filter[];
