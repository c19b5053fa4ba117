export { Problem } from './problem.ts';
export {
  AccountSummary, Conversation, ConversationFilter, ConversationList, ConversationPage, Holder, Message, MessagePage, MessageStatusName, SendBody, StatusEntry, WindowState,
} from './inbox.ts';
export { Permission, Role, ROLE_PERMISSIONS } from './permissions.ts';
export { LoginBody, Me } from './session.ts';
export { DeadLetter, DeadLetterPage, FailedWebhook, FailedWebhookPage, ReplayAnswer, UnroutedEvent, UnroutedPage } from './operations.ts';
export { COMPANY_EVENT, type CompanyEvent, type ServerToClient } from './events.ts';
