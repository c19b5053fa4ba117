import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  AddressBody, ChangeContact, ContactFilter, ContactList, CreateContact, EraseContact, MergeContacts, type Contact, type ContactAddress, type ContactPage, type ErasedContact, type ImportedContacts,
} from '@centralita/contracts';
import { decodeId, encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Permission } from '@centralita/contracts';
import type { Runtime } from '../../runtime.ts';
import { accountsWithin, type Reach } from '../accounts/index.ts';
import { audit, callerOf, type Caller } from '../companies/index.ts';
import {
  addAddress, changeContact, contactErrors, createContact, joinContacts, labelContact, livingContacts, parseAddress, removeAddress, viewContacts,
} from '../contacts/index.ts';
import { contactReach, knownContact, requireAllOf } from './contact-reach.ts';
import { exportCsv, importCsv } from './contacts-csv.ts';
import { erasePerson } from './erase-person.ts';
import { exportPerson } from './export-contact.ts';
import { decodePlace, encodePlace, listContacts } from './list-contacts.ts';

type ById = FastifyRequest<{ Params: { id: string; kind: string; value: string; label: string } }>;
/** 5,000 lines of 1 kB. */
const IMPORT_LIMIT = 5 * 1024 * 1024;

interface Asking {
  readonly caller: Caller;
  readonly reach: Reach;
}

export function contactRoutes(app: FastifyInstance, rt: Runtime): void {
  const asking = async (request: FastifyRequest, permission: Permission): Promise<Asking> => {
    const caller = await callerOf(rt, request, permission);
    return { caller, reach: await contactReach(rt, caller) };
  };
  /** Does something with the contact of the address and answers what it is then. */
  const change = async (request: ById, permission: Permission, act: (tx: Tx, one: Asking & { readonly id: string }) => Promise<void>): Promise<Contact> => {
    const { caller, reach } = await asking(request, permission);
    return rt.db.withCompany(caller.company, async (tx) => {
      const id = await knownContact(tx, reach, request.params.id);
      await act(tx, { caller, reach, id });
      return shown(tx, id);
    });
  };

  app.get('/api/contacts', async (request): Promise<ContactPage> => {
    const { caller, reach } = await asking(request, 'whatsapp:read');
    const { cursor, ...query } = ContactList.parse(request.query);
    const after = cursor === undefined ? undefined : decodePlace(cursor);
    const near = await numbersOf(rt, caller);
    const page = await rt.db.withCompany(caller.company, (tx) => listContacts(tx, reach, { ...query, after, near }));
    return { contacts: page.contacts, next_cursor: page.next ? encodePlace(page.next) : null };
  });

  app.post('/api/contacts', async (request, reply): Promise<Contact> => {
    const { caller } = await asking(request, 'whatsapp:manage_contacts');
    const { phone_number, addresses = [], ...about } = CreateContact.parse(request.body);
    const wanted = [...(phone_number === undefined ? [] : [{ kind: 'phone' as const, value: phone_number }]), ...addresses].map(parseAddress);
    const contact = await rt.db.withCompany(caller.company, async (tx) => {
      const id = await createContact(rt, tx, { ...about, addresses: wanted });
      await note(tx, caller, 'contact.created', id);
      return shown(tx, id);
    });
    void reply.code(201).header('location', `/api/contacts/${contact.id}`);
    return contact;
  });

  app.get('/api/contacts/export', async (request, reply) => {
    const { caller, reach } = await asking(request, 'whatsapp:manage_contacts');
    const asked = { ...ContactFilter.parse(request.query), near: await numbersOf(rt, caller) };
    // A label that is not there is told before the file begins.
    await rt.db.withCompany(caller.company, async (tx) => {
      await listContacts(tx, reach, { ...asked, limit: 1 });
      await audit(tx, caller, { action: 'contacts.exported', target: { kind: 'contacts' } });
    });
    return download(reply, { name: 'contacts.csv', type: 'text/csv; charset=utf-8' }, exportCsv(rt, caller.company, { asked, reach }));
  });

  void app.register((scope, _options, ready) => {
    // The body is read after the caller is known to be allowed; as text, whatever it is called.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: IMPORT_LIMIT }, (_request, body, done) => done(null, body));
    scope.post('/api/contacts/import', { bodyLimit: IMPORT_LIMIT }, async (request): Promise<ImportedContacts> => {
      const { caller, reach } = await asking(request, 'whatsapp:manage_contacts');
      if (!Buffer.isBuffer(request.body)) throw contactErrors.bad_file('It is empty.');
      const done = await importCsv(rt, caller.company, { file: request.body, reach });
      await rt.db.withCompany(caller.company, (tx) => audit(tx, caller, { action: 'contacts.imported', target: { kind: 'contacts' }, after: { created: done.created, changed: done.changed, errors: done.errors.length } }));
      return done;
    });
    ready();
  });

  app.get('/api/contacts/:id', (request: ById) => change(request, 'whatsapp:read', () => Promise.resolve()));

  app.patch('/api/contacts/:id', (request: ById) => change(request, 'whatsapp:manage_contacts', async (tx, { caller, id }) => {
    const body = ChangeContact.parse(request.body);
    await changeContact(rt, tx, { id, change: body });
    await note(tx, caller, 'contact.changed', id, { changed: [...Object.keys(body).filter((k) => k !== 'fields'), ...Object.keys(body.fields ?? {}).map((k) => `field:${k}`)] });
  }));

  app.get('/api/contacts/:id/addresses', async (request: ById): Promise<{ addresses: ContactAddress[] }> =>
    ({ addresses: (await change(request, 'whatsapp:read', () => Promise.resolve())).addresses }));

  app.post('/api/contacts/:id/addresses', (request: ById) => change(request, 'whatsapp:manage_contacts', async (tx, { caller, id }) => {
    const address = parseAddress(AddressBody.parse(request.body));
    await addAddress(rt, tx, { id, address });
    await note(tx, caller, 'contact.address_added', id, { kind: address.kind });
  }));

  app.delete('/api/contacts/:id/addresses/:kind/:value', async (request: ById, reply) => {
    await change(request, 'whatsapp:manage_contacts', async (tx, { caller, id }) => {
      const kind = AddressBody.shape.kind.unwrap().safeParse(request.params.kind);
      if (!kind.success) throw contactErrors.address_not_found();
      await removeAddress(rt, tx, { id, address: parseAddress({ kind: kind.data, value: request.params.value }) });
      await note(tx, caller, 'contact.address_removed', id, { kind: kind.data });
    });
    return reply.code(204).send();
  });

  app.post('/api/contacts/:id/merge', (request: ById) => change(request, 'whatsapp:manage_contacts', async (tx, { caller, reach, id }) => {
    const from = await knownContact(tx, reach, MergeContacts.parse(request.body).contact_id);
    await requireAllOf(tx, reach, [from, id]);
    await joinContacts(rt, tx, { from, into: id });
    await note(tx, caller, 'contact.merged', id, { contact_id: encodeId('ct', from) });
  }));

  app.get('/api/contacts/:id/export', async (request: ById, reply) => {
    const { caller, reach } = await asking(request, 'whatsapp:manage_contacts');
    const id = await rt.db.withCompany(caller.company, async (tx) => {
      const known = await knownContact(tx, reach, request.params.id);
      await requireAllOf(tx, reach, [known]);
      await note(tx, caller, 'contact.exported', known);
      return known;
    });
    return download(reply, { name: `${encodeId('ct', id)}.json`, type: 'application/json; charset=utf-8' }, exportPerson(rt, caller, id));
  });

  app.post('/api/contacts/:id/erase', async (request: ById): Promise<ErasedContact> => {
    const { caller, reach } = await asking(request, 'whatsapp:erase_contacts');
    return rt.db.withCompany(caller.company, async (tx) => {
      const id = await knownContact(tx, reach, request.params.id);
      const confirmed = decodeId('ct', EraseContact.parse(request.body).confirm);
      if (confirmed === undefined || (await livingContacts(tx, [confirmed])).get(confirmed) !== id) throw contactErrors.not_confirmed();
      await requireAllOf(tx, reach, [id]);
      return erasePerson(rt, tx, { caller, id });
    });
  });

  for (const [method, on] of [['put', true], ['delete', false]] as const) {
    app[method]('/api/contacts/:id/labels/:label', (request: ById) =>
      change(request, 'whatsapp:handle_conversations', (tx, { id }) => labelContact(rt, tx, { id, label: request.params.label, on })));
  }
}

async function shown(tx: Tx, id: string): Promise<Contact> {
  const [contact] = await viewContacts(tx, [id]);
  if (!contact) throw contactErrors.not_found();
  return contact;
}

/** What was changed, never to what: the audit log outlives people's wish to be forgotten. */
const note = (tx: Tx, caller: Caller, action: string, ...[id, after]: [id: string, after?: object]): Promise<void> =>
  audit(tx, caller, { action, target: { kind: 'contact', id: encodeId('ct', id) }, ...(after && { after }) });

const numbersOf = async (rt: Runtime, caller: Caller): Promise<string[]> => (await accountsWithin(rt, caller)).flatMap((a) => a.phone ?? []);

function download(reply: FastifyReply, file: { readonly name: string; readonly type: string }, parts: AsyncIterable<string>): FastifyReply {
  return reply.header('content-type', file.type).header('content-disposition', `attachment; filename="${file.name}"`).header('cache-control', 'no-store').send(Readable.from(parts, { objectMode: false }));
}
