export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export const collectBatches = async <Item>(batches: AsyncIterable<readonly Item[]>): Promise<Item[]> =>
  (await collect(batches)).flat();

/** As many items as asked for, then the reading ends. */
export async function take<Item>(count: number, batches: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const taken: Item[] = [];
  for await (const batch of batches) {
    taken.push(...batch);
    if (taken.length >= count) break;
  }
  return taken;
}
