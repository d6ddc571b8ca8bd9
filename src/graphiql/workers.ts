/** Monaco works in the background through these; they come from this server, each a file of its own. */
const FILES: Readonly<Record<string, string>> = { json: 'json.worker.js', graphql: 'graphql.worker.js' };

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_id: string, label: string) =>
      new Worker(`/graphiql/${FILES[label] ?? 'editor.worker.js'}`, { type: 'module' }),
  },
});
