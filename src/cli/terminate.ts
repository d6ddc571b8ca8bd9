/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
export function terminationRequested(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));
        resolve(signal);
      });
    }
  });
}
