import { BACKOFF, FEW, MINUTES, ONCE, PAIR, QUOTA, RATE, type ErrorRule } from '../outcomes.ts';

type Row = readonly [codes: readonly (number | string)[], rule: ErrorRule];

/**
 * Error codes of the Graph API for WhatsApp (providers.md §1.11, from Meta's error reference of 2026), synchronous and in
 * statuses alike. `100/33` is code/subcode. Texts say what to do next.
 */
const ROWS: readonly Row[] = [
  // The route: token, permissions, account.
  [[0, 190], { class: 'credentials', say: 'The access token is not valid or has expired: make a new one for a system user and store it in the route.' }],
  [[3, 10, 131005], { class: 'credentials', say: 'The access token lacks a permission: give it whatsapp_business_messaging and whatsapp_business_management for this account.' }],
  [[33, '100/33'], { class: 'config', say: 'There is nothing under this id, or the token may not see it: compare phone_number_id and waba_id with WhatsApp Manager, and assign the account to the system user.' }],
  [[368], { class: 'config', say: 'The account is blocked for a while for breaking a policy: see WhatsApp Manager.' }],
  [[131031], { class: 'config', say: 'The account is locked: see WhatsApp Manager.' }],
  [[130497], { class: 'fall_back', say: 'This account may not write to people in that country.' }],
  [[131030], { class: 'config', say: 'The recipient is not on the list of a test number: add the number there, or use a real sender.' }],
  [[131037], { class: 'config', say: 'The display name of the number is not approved yet.' }],
  [[131045, 133010], { class: 'config', say: 'The number is not registered: register it again.' }],
  [[131042, 131044], { class: 'config', say: 'There is a problem with the payment settings of the account: see WhatsApp Manager.' }],
  [[131055, 134100, 134101, 134102], { class: 'config', say: 'The marketing interface is not open to this account.' }],
  [[131063, 131064], { class: 'config', say: 'Marketing messages are switched off or limited for this account: see WhatsApp Manager.' }],
  [[133005, 133006, 133008, 133009, 133016], { class: 'config', say: 'The number must be verified or its PIN corrected in WhatsApp Manager.' }],
  [[134011], { class: 'config', say: 'The terms for payments are not accepted yet.' }],
  [[2200], { class: 'config', say: 'Meta could not verify the webhook address: it must be reachable from the internet over https and answer the handshake.' }],
  // Pace and passing trouble.
  [[1], { class: 'retry', retry: ONCE, say: 'Meta reports an unknown error.' }],
  [[2, 131016], { class: 'retry', retry: BACKOFF, say: 'The service of Meta is not available for the moment.' }],
  [[131000], { class: 'retry', retry: FEW, say: 'Meta could not send the message, without saying why.' }],
  [[4, 80007], { class: 'slow_down', retry: QUOTA, say: 'The quota of calls of this app and account is used up for now.' }],
  [[130429], { class: 'slow_down', retry: RATE, say: 'The number sends faster than Meta lets it.' }],
  [[131048], { class: 'fall_back', say: 'Meta limits this number because too many messages were reported or blocked: let it rest.' }],
  [[131056], { class: 'pair_limit', retry: PAIR, say: 'Too many messages to this person in a short time.' }],
  [[131057, 133000, 133004, 133015], { class: 'retry', retry: MINUTES, say: 'The number is in maintenance at Meta.' }],
  [[132069], { class: 'retry', retry: MINUTES, say: 'The flow is throttled.' }],
  [[2593107, 2593108, 2494100], { class: 'retry', retry: MINUTES, say: 'The account is being synchronised or in maintenance at Meta.' }],
  // The person.
  [[131047], { class: 'needs_template', say: 'More than 24 hours have passed since the person last wrote: send a template.' }],
  [[131026], { class: 'permanent', say: 'The message cannot be delivered: no WhatsApp under this number, an old version, or terms not accepted.' }],
  [[130472], { class: 'policy', say: 'Meta holds marketing messages back from this person (experiment).' }],
  [[131049], { class: 'policy', say: 'This person got enough marketing messages for now: not before 24 hours, and not from another own number.' }],
  [[131050], { class: 'policy', say: 'The person stopped marketing messages of this company.' }],
  [[137000], { class: 'policy', say: 'The identity of the person changed: check it before writing again.' }],
  [[131021], { class: 'permanent', say: 'Sender and recipient are the same number.' }],
  [[131062], { class: 'permanent', say: 'This message needs the phone number of the person; a user id is not enough.' }],
  // The message.
  [[100, 131008, 131009], { class: 'permanent', say: 'Meta refuses a value of the message.' }],
  [[131051], { class: 'permanent', say: 'Meta does not take messages of this type.' }],
  [[131052], { class: 'permanent', say: 'The file of the person could not be fetched: ask for it again.' }],
  [[131053], { class: 'permanent', say: 'Meta could not take the file: check its type and size.' }],
  [[131020, 131041], { class: 'permanent', say: 'Meta refuses this for the group.' }],
  [[131059], { class: 'permanent', say: 'The place in the list is no longer valid: begin again.' }],
  [[132000, 132012, 132018], { class: 'permanent', say: 'Number or format of the parameters does not match the template.' }],
  [[132001], { class: 'permanent', say: 'There is no such template in this language: synchronise the templates.' }],
  [[132005, 132007, 132008], { class: 'permanent', say: 'The text of the template breaks a rule: too long, against policy, or a bad parameter.' }],
  [[132015, 132016], { class: 'permanent', say: 'The template is paused or disabled: use another.' }],
  [[132068], { class: 'permanent', say: 'The flow is blocked.' }],
  [[135000], { class: 'permanent', retry: ONCE, say: 'Meta refuses the message, without saying why.' }],
  [[2388019, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299], { class: 'permanent', say: 'Meta refuses the template.' }],
];

const RULES = new Map<string, ErrorRule>(ROWS.flatMap(([codes, rule]) => codes.map((code) => [String(code), rule] as const)));

/** Families of codes. */
const RANGES: readonly (readonly [from: number, to: number, rule: ErrorRule])[] = [
  [200, 299, RULES.get('10')!],
  [131201, 131215, RULES.get('131020')!],
  [138000, 139999, { class: 'permanent', say: 'Meta refuses this for calls or flows.' }],
];

/** The rule for a code (with its subcode first, where one was given); undefined for codes that we do not know. */
export function ruleFor(code: string, subcode?: string): ErrorRule | undefined {
  const exact = (subcode === undefined ? undefined : RULES.get(`${code}/${subcode}`)) ?? RULES.get(code);
  if (exact) return exact;
  const n = Number(code);
  return RANGES.find(([from, to]) => n >= from && n <= to)?.[2];
}

/** Every code of the table, for tests and documentation. */
export const KNOWN_CODES: readonly string[] = [...RULES.keys()];
