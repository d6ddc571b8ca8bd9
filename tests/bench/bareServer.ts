import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

/**
 * Fastify by itself: takes the same requests and sends the same bytes, asking nothing. It is given a file of them, and
 * whether it keeps them ready (`bytes`) or writes them from an object for each answer (`json`), as any API does.
 */
const [, , file, kept] = process.argv as unknown as [string, string, string, 'bytes' | 'json'];
const bytes = readFileSync(file);
const value = JSON.parse(bytes.toString());
const answer = kept === 'bytes' ? () => bytes : () => `${JSON.stringify(value)}\n`;
const app = Fastify();
app.get('/readyz', async () => 'ready');
app.post('/graphql', (_request, reply) => reply.type('application/json; charset=utf-8').send(answer()));
await app.listen({ host: '127.0.0.1', port: Number(process.env.SATCHEL_PORT) });
