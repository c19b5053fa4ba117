/** Provider names as configured (`type` in a route); design §1 maps them to folders. */
export const PROVIDER_TYPES = ['meta', 'official', 'twilio', 'evolution', 'baileys', 'wwebjs', 'venom'] as const;
export type ProviderType = (typeof PROVIDER_TYPES)[number];

/** Classes of the outbox, in the order they are drained. */
export const MESSAGE_CLASSES = ['otp', 'reply', 'bulk'] as const;
export type MessageClass = (typeof MESSAGE_CLASSES)[number];
