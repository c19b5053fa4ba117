import type { Browser } from 'playwright-core';
import { answer, type Centralita, type Schema } from '@centralita/sdk';
import { call, type TestServer } from '../../apps/server/src/main/testing/server.ts';
import { signedIn } from '../harness/signed-in.ts';
import { waitFor } from '../harness/wait.ts';
import { PEOPLE, PHOTO, type Person, type Step } from './people.ts';

export interface Cast {
  readonly server: TestServer;
  readonly browser: Browser;
  readonly logins: Readonly<Record<'carolina' | 'maria', { readonly email: string; readonly password: string }>>;
}
interface OnPhone { readonly id: string; readonly direction: 'in' | 'out'; readonly text: string; readonly type: string }

/** Plays every story through the phones and the API, one step after the other. Answers the conversations' ids by name. */
export async function tell(cast: Cast): Promise<Map<string, string>> {
  const { server } = cast;
  const logins = { carolina: await signedIn(server.url, cast.logins.carolina), maria: await signedIn(server.url, cast.logins.maria) };
  const photo = await draw(cast.browser);
  const ids = new Map<string, string>();
  for (const person of PEOPLE) {
    await sandbox(server, `/sandbox/phones/${person.phone}`, { name: person.name });
    for (const step of person.story) {
      await play({ server, logins, person, photo, conversation: () => ids.get(person.name) ?? '' }, step);
      if (!ids.has(person.name)) ids.set(person.name, await conversationOf(logins.carolina, person.name));
    }
    await quiet(logins.carolina, ids.get(person.name) ?? '');
  }
  return ids;
}

interface Scene {
  readonly server: TestServer;
  readonly logins: Readonly<Record<'carolina' | 'maria', Centralita>>;
  readonly person: Person;
  readonly photo: string;
  conversation(): string;
}

async function play(scene: Scene, step: Step): Promise<void> {
  const { server, person } = scene;
  const send = (body: unknown): Promise<unknown> => sandbox(server, `/sandbox/phones/${person.phone}/messages`, body);
  if ('by' in step) return act(scene, step);
  const before = (await onPhone(server, person.phone)).length;
  if ('say' in step) await send({ type: 'text', text: step.say });
  if ('photo' in step) await send({ type: 'image', image: { data: scene.photo, mime_type: 'image/png', caption: step.photo } });
  if ('file' in step) await send({ type: 'document', document: { data: Buffer.from('%PDF-1.4\n%%EOF\n'.repeat(9000)).toString('base64'), mime_type: 'application/pdf', filename: step.file } });
  if ('place' in step) await send({ type: 'location', location: step.place });
  if ('react' in step) await send({ type: 'reaction', reaction: { message_id: await idOnPhone(server, person.phone, step.to), emoji: step.react } });
  if ('tap' in step) await send({ type: 'button_reply', button_reply: await offered(server, person.phone, step.tap) });
  // Where the bot has the turn, it answers before the next step.
  const conversation = scene.conversation();
  const holder = conversation === '' ? 'bot' : (await answer(scene.logins.carolina.GET('/api/conversations/{id}', of(conversation)))).holder.kind;
  if (holder === 'bot') await waitFor(async () => (await onPhone(server, person.phone)).length >= before + 2, { what: `the bot to answer ${person.name}` });
  else await quiet(scene.logins.carolina, conversation);
}

async function act(scene: Scene, step: Extract<Step, { by: string }>): Promise<void> {
  const { server, logins, person } = scene;
  const login = logins[step.by];
  const here = of(scene.conversation());
  if ('does' in step) {
    await answer(login.POST(`/api/conversations/{id}/${step.does}`, here));
    return;
  }
  if (step.refused !== undefined) await sandbox(server, '/sandbox/faults', { kind: 'error', code: step.refused });
  const quoted = step.quoting === undefined ? undefined : (await thread(login, scene.conversation())).find((m) => m.text.includes(step.quoting ?? ''))?.id;
  const { id } = await answer(login.POST('/api/conversations/{id}/messages', {
    ...here, body: { content: { type: 'text', text: step.write }, client_id: crypto.randomUUID(), ...(quoted && { quote_message_id: quoted }) },
  }));
  const wanted = step.refused === undefined ? 'read' : 'failed';
  await answer(login.POST('/api/conversations/{id}/read', here));
  await waitFor(async () => (await thread(login, scene.conversation())).find((m) => m.id === id)?.status === wanted, { what: `${person.name}'s phone to have read the answer` });
}

/** Every message of ours was read or failed, and no file is on its way. */
async function quiet(login: Centralita, conversation: string): Promise<void> {
  await waitFor(async () => (await thread(login, conversation)).every((m) => m.direction === 'in' || m.status === 'read' || m.status === 'failed'), { what: 'everything to be read' });
}

const of = (id: string): { params: { path: { id: string } } } => ({ params: { path: { id } } });
const thread = async (login: Centralita, conversation: string): Promise<Schema<'Message'>[]> => (await answer(login.GET('/api/conversations/{id}/messages', of(conversation)))).messages;

async function conversationOf(login: Centralita, name: string): Promise<string> {
  return waitFor(async () => (await answer(login.GET('/api/conversations'))).conversations.find((c) => c.contact.name === name)?.id, { what: `the conversation of ${name}` });
}

async function onPhone(server: TestServer, phone: string): Promise<OnPhone[]> {
  return (await call('GET', `${server.sandbox}/sandbox/phones/${phone}/messages`)).json['messages'] as OnPhone[];
}

async function idOnPhone(server: TestServer, phone: string, text: string): Promise<string> {
  return (await onPhone(server, phone)).find((m) => m.text.includes(text))?.id ?? '';
}

async function offered(server: TestServer, phone: string, title: string): Promise<{ id: string; title: string }> {
  const messages = (await onPhone(server, phone)) as (OnPhone & { payload: { interactive?: { action?: { buttons?: { reply: { id: string; title: string } }[] } } } })[];
  const found = messages.flatMap((m) => m.payload.interactive?.action?.buttons ?? []).find((b) => b.reply.title === title);
  if (!found) throw new Error(`nobody offered ${phone} the button ${title}`);
  return found.reply;
}

async function sandbox(server: TestServer, path: string, body: unknown): Promise<void> {
  const answer = await call(path.endsWith('/messages') || path.endsWith('/faults') ? 'POST' : 'PATCH', server.sandbox + path, { body });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
}

async function draw(browser: Browser): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 640, height: 440 } });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${PHOTO}`);
  const png = await page.screenshot();
  await page.close();
  return png.toString('base64');
}
