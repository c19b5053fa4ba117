/** The ceiling of the API: a bare Fastify with a pool of pg that asks for the same page, or stores the message in one committed row; nobody is asked who they are, nothing is sent. */
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import pg from 'pg';

const [database = '', schema = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: database, max: 10 });
await pool.query('create table if not exists public.bench_bare_api (id bigint generated always as identity primary key, body jsonb not null)');

const app = fastify({ logger: false });
app.get('/api/conversations', async () => {
  const { rows } = await pool.query({
    name: 'page', text: `select c.*, m.text, m.direction, m.author from ${schema}.conversations c left join ${schema}.messages m on m.id = c.last_message_id order by c.last_message_at desc, c.id desc limit 50`,
  });
  return { conversations: rows };
});
app.post('/api/messages', async (request, reply) => {
  const { rows } = await pool.query<{ id: string }>({ name: 'insert', text: 'insert into public.bench_bare_api (body) values ($1) returning id', values: [request.body] });
  return reply.code(202).send({ id: rows[0]!.id, status: 'queued' });
});
await app.listen({ host: '127.0.0.1', port: 0 });
process.send?.((app.server.address() as AddressInfo).port);
process.on('disconnect', () => process.exit());
