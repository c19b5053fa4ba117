export { errors as conversationErrors } from './errors.ts';
export { markRead, setHolder, setStatus } from './hold.ts';
export { receiveMessages, type Incoming, type Received } from './receive-messages.ts';
export { say, type Said, type Saying } from './say.ts';
export { lockConversations, type ConversationRow, type HolderKind } from './store.ts';
