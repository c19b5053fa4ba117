export {
  Content, OutboundContent, contentText,
  type ContactCard, type MediaContent, type TemplateContent,
} from './content.ts';
export {
  NO_TIME, type AccountEvent, type Address, type AddressKind, type IdentityChange, type InboundEvent, type InboundMessage,
  type Line, type Peer, type PeopleTold, type PreferenceChange, type StatusUpdate,
} from './inbound.ts';
export { climbs, isFinal, LADDER, type MessageStatus, type RemoteStatus } from './ladder.ts';
export { type CarrierError, type CarrierUsage, type ErrorClass, type SendOutcome } from './outcome.ts';
export { type MessageClass, MESSAGE_CLASSES, PROVIDER_TYPES, type ProviderType } from './names.ts';
export { createEvents, type AccountTold, type AddedMessage, type ContactErased, type DeliveryChange, type EventMap, type Events, type RouteChanged } from './events.ts';
