import { BACKOFF, MINUTES, ONCE, RATE, type ErrorRule } from '../outcomes.ts';

type Row = readonly [codes: readonly number[], rule: ErrorRule];

/**
 * Twilio's error codes for WhatsApp (providers.md §3.5), of answers and of status callbacks alike. Most come in callbacks: Twilio
 * takes a message first and fails it later.
 */
const ROWS: readonly Row[] = [
  // The route: token, sender, account.
  [[20003], { class: 'credentials', say: 'Twilio does not accept the Account SID with this token or key: copy both from the Console and store them in the route.' }],
  [[20404], { class: 'config', say: 'Twilio knows nothing under this address: compare the Account SID with the Console.' }],
  [[21408, 21606, 21612, 21660, 63007], { class: 'config', say: 'This sender is not one of the account for WhatsApp: compare it with the Console (Messaging, Senders).' }],
  [[63001, 63020, 63022], { class: 'config', say: 'The WhatsApp sender is not set up completely: see it in the Console (Messaging, Senders).' }],
  [[21609], { class: 'config', say: 'Twilio cannot report to our webhook: PUBLIC_URL must be an https address on the internet.' }],
  [[63015], { class: 'config', say: 'The person has not joined the Twilio sandbox: they must send its “join” words first.' }],
  // Pace and passing trouble.
  [[20429], { class: 'slow_down', retry: RATE, say: 'Too many calls at once for this Twilio account.' }],
  [[63017, 63018], { class: 'slow_down', retry: RATE, say: 'The sender sends faster than WhatsApp lets it.' }],
  [[63038], { class: 'slow_down', retry: MINUTES, say: 'The daily limit of the Twilio account is reached.' }],
  [[21611, 30001], { class: 'retry', retry: MINUTES, say: 'The queue of this sender at Twilio is full.' }],
  [[63010, 63012], { class: 'retry', retry: BACKOFF, say: 'WhatsApp is not available to Twilio for the moment.' }],
  [[30003, 30005, 30008], { class: 'permanent', retry: ONCE, say: 'Twilio could not deliver the message, without saying why.' }],
  // The person.
  [[21211, 21614, 63003, 63024], { class: 'permanent', say: 'The recipient is not valid, or has no WhatsApp.' }],
  [[63016], { class: 'needs_template', say: 'More than 24 hours have passed since the person last wrote: send a template.' }],
  [[21610], { class: 'policy', say: 'The person opted out (STOP): Twilio sends them nothing until they write START.' }],
  [[63032], { class: 'policy', say: 'WhatsApp holds messages back from this person (experiment).' }],
  [[63049], { class: 'policy', say: 'This person got enough marketing messages for now: not before 24 hours, and not from another own number.' }],
  [[63013, 63014, 63026, 63033], { class: 'policy', say: 'WhatsApp refuses the message: policy, a block by the person, or spam.' }],
  [[63005], { class: 'permanent', say: 'WhatsApp did not accept the content of the message.' }],
  [[63031], { class: 'permanent', say: 'Sender and recipient are the same number.' }],
  // The message.
  [[21617], { class: 'permanent', say: 'The text is longer than the 1600 characters that Twilio takes.' }],
  [[21620, 21623], { class: 'permanent', say: 'Twilio refuses the address of the file.' }],
  [[63019], { class: 'permanent', say: 'Twilio could not fetch the file: PUBLIC_URL must lead here from the internet.' }],
  [[63034], { class: 'permanent', say: 'The file is too large.' }],
  [[21654, 21655, 63027], { class: 'permanent', say: 'There is no such template, or it is not approved: compare its ContentSid with the Content Template Builder.' }],
  [[21656, 63028], { class: 'permanent', say: 'Number or format of the parameters does not match the template.' }],
  [[63021], { class: 'permanent', say: 'The content of the message is not valid.' }],
  [[63040, 63041, 63042], { class: 'permanent', say: 'WhatsApp rejected, paused or disabled the template: use another.' }],
];

const RULES = new Map<string, ErrorRule>(ROWS.flatMap(([codes, rule]) => codes.map((code) => [String(code), rule] as const)));

export const ruleFor = (code: string): ErrorRule | undefined => RULES.get(code);

/** Every code of the table, for tests and documentation. */
export const KNOWN_CODES: readonly string[] = [...RULES.keys()];
