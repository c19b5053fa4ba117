export {
  Account, AccountList, AccountMetrics, AccountQuery, AccountRoute, ACCOUNT_TYPES, ChangeAccount, ConnectedAccount, CreateAccount, MetricsQuery,
} from './accounts.ts';
export { problemOf } from '../problem.ts';
export {
  Bot, BotAnalytics, BotConfig, BotList, BotSend, BotSent, BusinessHours, ProviderConfig, ProviderRef,
} from './bots.ts';
export { TAGS, type ApiAnswer, type Endpoint, type Tag } from './endpoint.ts';
export {
  BULK_MAX, BulkAnswer, BulkMessages, BulkResult, FedAttachment, FedMessage, MessageSearch, MessageSearchPage, SENDABLE, SendMessage, SentMessage, SentStatus,
} from './messages.ts';
export { endpoints } from './endpoints.ts';
export { Command, CommandResult } from './commands.ts';
export { QueueAsked, QueueClear, QueueCleared, QueueFigures, QueuePaused, QueueStats } from './queue.ts';
export {
  AddedRoute, AddRoute, Carrier, CarrierList, ChangeRoute, CheckCredentials, CredentialsCheck, OrderRoutes, ROUTE_PROBLEMS, RouteCheck, RouteDetails, RouteList, RouteProblem, RouteWebhook, TestMessage,
  TestProgress, TestQuery, TestResult,
} from './routes.ts';
export { SyncTemplates, Template, TemplatePage, TemplateSearch, TemplatesSynced, TemplateStatus } from './templates.ts';
export {
  GroupMessage, GroupSent, LookUpNumbers, MoveSession, NumbersFound, Session, SessionDetails, SessionHost, SessionList, SessionQr, SessionQuery, SessionStatus, StartSession,
} from './web-sessions.ts';
