/**
 * What hosts of web sessions (apps/bridge) and the server say to each other: the bodies of a host's HTTP API, the events that a host
 * appends as receipts and the server's providers/bridge reads, and the words both use for a session's state.
 */
export { BRIDGE_CHANNELS, BRIDGE_PORTS, ENGINES, EngineName, ENDINGS, EndingKind, SESSION_STATES, SessionState, type SessionNotice } from './bridge/session.ts';
export { BridgeContent, BridgeMedia, type BridgeContentType } from './bridge/content.ts';
export {
  BridgeEvent, BridgePerson, BridgeReceipt, type BridgeCall, type BridgeContacts, type BridgeGroupChange, type BridgeIdentity, type BridgeMessage, type BridgeState, type BridgeStatus,
} from './bridge/events.ts';
export {
  FileAnswer, LookupAnswer, LookupBody, MediaBody, OutgoingContent, OutgoingMedia, PairingCodeAnswer, PairingCodeBody, QrAnswer, ReadBody, ReleaseBody, RichSendBody, SendAnswer, SendMediaBody, SendTextBody,
  TypingBody,
} from './bridge/requests.ts';
export { Group, GroupAnswer, GroupChangeBody, GroupCreateBody, GroupList, GroupMember, MemberAction, MembersAnswer, MembersBody } from './bridge/groups.ts';
export { BridgeHealth, BridgeSession, BridgeSessionList } from './bridge/views.ts';
export { problemOf } from './problem.ts';
