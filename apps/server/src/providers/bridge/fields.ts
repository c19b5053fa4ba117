import type { CredentialField } from '../contract.ts';

/** Of all three types. Without `bridge_url` the server runs the session itself. */
export const FIELDS: readonly CredentialField[] = [
  { name: 'session_name', secret: false, required: false, help: 'Name of the session: letters, digits, _, - and dots. Left empty, one is made up.' },
  { name: 'session_id', secret: false, required: false, help: 'The same as session_name, as some bridges call it.' },
  { name: 'bridge_url', secret: false, required: false, help: 'Address of a bridge of your own, such as http://localhost:3013. Left empty, this server runs the session.' },
  { name: 'secret', secret: true, required: false, help: 'What your bridge and we show each other (Authorization: Bearer …). Needed to receive from a bridge of your own.' },
  { name: 'phone_number', secret: false, required: false, help: 'The number of the phone, with its country code. Left empty, it is learnt when the phone is linked.' },
  { name: 'sandbox', secret: false, required: false, help: '“true”: the phone is one of the sandbox’s. A session talks to the sandbox or to WhatsApp, never to both.' },
  { name: 'engine', secret: false, required: false, help: 'Of type venom: “wppconnect” (default, its maintained relative) or “venom”.' },
  { name: 'auto_reconnect', secret: false, required: false, help: '“false”: a session that lost its connection stays closed until it is started by hand.' },
];

/** The name of a route's session; empty where it has none. */
export const sessionOf = ({ session_name, session_id }: Readonly<Record<string, string>>): string => session_name || session_id || '';
