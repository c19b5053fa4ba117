export { Problem } from './problem.ts';
export {
  AccountSummary, Conversation, ConversationFilter, ConversationList, ConversationPage, SearchMatch, Holder, Message, MessagePage, MessageStatusName, SendBody, ThreadQuery, StatusEntry, WindowState,
} from './inbox.ts';
export {
  AddressBody, ChangeContact, Contact, ContactAddress, ContactAddressPage, ContactFilter, ContactList, ContactPage, CreateContact, EraseContact, ErasedContact, FieldValue, ImportedContacts, Label,
  LabelBody, LabelColour, LabelPage, LabelPatch, MergeContacts, Note, NoteBody, NotePage, ReadBody, TypingShown,
} from './contacts.ts';
export { Permission, Role, ROLE_PERMISSIONS, WHOLE_COMPANY } from './permissions.ts';
export { LoginBody, Me } from './session.ts';
export { DeadLetter, DeadLetterPage, FailedWebhook, FailedWebhookPage, ReplayAnswer, UnroutedEvent, UnroutedPage } from './operations.ts';
export { COMPANY_EVENT, type CompanyEvent, type ServerToClient } from './events.ts';
export { AnyEventType, CustomEventType, PublishedEvent, PublishEvent } from './custom-events.ts';
export { Event, EventType, eventTypes, type EventData } from './event-types.ts';
export {
  AcknowledgeAnswer, AcknowledgeBody, EraseEventsQuery, ErasedEvents, EraseLogQuery, ErasedLog, ReplayBody, Subscription, SubscriptionBody, SubscriptionList, SubscriptionLogEntry, SubscriptionLogPage, SubscriptionPatch,
  SubscriptionReplayAnswer, SubscriptionSettings, SubscriptionTestAnswer, SubscriptionWithSecret,
} from './subscriptions.ts';
export {
  UserStatus, User, UserPage, InviteUserBody, UserLink, InvitedUser, ChangeUserBody, LookAtLinkBody, LinkView, UseLinkBody, ChangePasswordBody, ApiKey, ApiKeyPage, CreateApiKeyBody, MadeApiKey, ChangeApiKeyBody, Limits, CompanyUsage, CompanyView, KNOWN_SETTINGS, ChangeCompanyBody, Business, BusinessPage, CreateBusinessBody, ChangeBusinessBody, AuditEntry, AuditQuery, AuditPage, IamQuestion, IamAnswer, IamServiceBody, IamService, IamTest, IamTestBody, TokenAlgorithm, TokenIssuerBody, TokenIssuer, TokenIssuerPage, PlatformCompany, PlatformCompanyPage, CreateCompanyBody, CreatedCompany, ChangePlatformCompanyBody,
} from './companies.ts';
