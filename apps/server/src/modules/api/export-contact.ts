import { encodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { standingsOf } from '../bots/index.ts';
import type { Caller } from '../companies/index.ts';
import { readPerson, viewContacts } from '../contacts/index.ts';
import { conversationsOf, listNotes, viewConversations, viewerFor, viewOnwards } from '../conversations/index.ts';
import { personCopies } from '../intake/index.ts';

/** Messages or notes in one read. */
const AT_ONCE = 500;
const FORMAT = { format: 'centralita.person', version: 1 } as const;

/**
 * Everything held about a person as one JSON document, part by part. What is said while it is made may be in it. Files are named, with
 * the address each is fetched at; copies in what carriers sent are counted, since their bodies hold other people's messages too.
 */
export async function* exportPerson(rt: Runtime, caller: Caller, contact: string): AsyncGenerator<string> {
  const viewer = await viewerFor(rt, caller);
  const inside = rt.db.withCompany.bind(rt.db, caller.company) as <T>(fn: Parameters<typeof rt.db.withCompany<T>>[1]) => Promise<T>;
  const start = await inside(async (tx) => {
    const person = await readPerson(tx, contact);
    const conversations = (await conversationsOf(tx, person.ids)).map((c) => c.id);
    return {
      conversations, contact: (await viewContacts(tx, [contact]))[0], earlier_contacts: person.ids.slice(1).map((id) => encodeId('ct', id)),
      copies: Object.fromEntries((await personCopies(tx, person.addresses)).map((c) => [c.kind, c.copies])),
      bots: (await standingsOf(tx, conversations)).map((s) => ({ conversation_id: encodeId('conv', s.conversation_id), bot_id: encodeId('bot', s.bot_id), session: s.session })),
    };
  });
  const { conversations, ...head } = start;
  yield `${JSON.stringify({ ...FORMAT, exported_at: new Date(rt.clock.now()).toISOString(), ...head }).slice(0, -1)},"conversations":[`;
  const files = new Map<string, unknown>();
  for (const [n, id] of conversations.entries()) {
    const [conversation] = await inside((tx) => viewConversations(viewer, tx, [id]));
    yield `${n === 0 ? '' : ','}${JSON.stringify({ ...conversation, id: encodeId('conv', id) }).slice(0, -1)},"notes":[`;
    yield* joined(pages((before: string | null) => inside((tx) => listNotes(tx, id, { before, limit: AT_ONCE })).then((notes) => ({ items: notes, next: notes.length === AT_ONCE ? notes.at(-1)!.id : null }))));
    yield '],"messages":[';
    const messages = pages(async (after: string | null) => {
      const page = await inside((tx) => viewOnwards(viewer, tx, { conversation_id: id, after, limit: AT_ONCE }));
      for (const m of page.messages) if (m.media_url !== null) files.set(m.media_url, { url: m.media_url, message_id: m.id, ...(typeof m.content['media'] === 'object' && m.content['media']) });
      return { items: page.messages, next: page.next };
    });
    yield* joined(messages);
    yield ']}';
  }
  yield `],"files":${JSON.stringify([...files.values()])}}`;
}

async function* pages<T>(read: (from: string | null) => Promise<{ items: readonly T[]; next: string | null }>): AsyncGenerator<T> {
  let from: string | null = null;
  do {
    const page: { items: readonly T[]; next: string | null } = await read(from);
    yield* page.items;
    from = page.next;
  } while (from !== null);
}
async function* joined(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  let first = true;
  for await (const item of items) {
    yield `${first ? '' : ','}${JSON.stringify(item)}`;
    first = false;
  }
}
