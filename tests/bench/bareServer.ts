import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

/** Fastify by itself: takes the same requests and sends the bytes of the file that it is given, parsing and asking nothing. */
const body = readFileSync(process.argv[2] as string);
const app = Fastify();
app.get('/readyz', async () => 'ready');
app.post('/graphql', (_request, reply) => reply.type('application/json; charset=utf-8').send(body));
await app.listen({ host: '127.0.0.1', port: Number(process.env.SATCHEL_PORT) });
