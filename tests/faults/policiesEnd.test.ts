import { describe, expect, it } from 'vitest';
import { TestSatchel } from '../harness/testSatchel.js';

describe('policies that wait for an event store that hangs', () => {
  it('hold up neither the end of the server nor that another process takes over', { timeout: 30_000 }, async () => {
    const satchel = await TestSatchel.start(undefined, {}, { policiesRun: true });
    await expect.poll(() => satchel.policies.status().running, { timeout: 10_000 }).toBe(true);
    const { store } = satchel.services.commands as { store: { head: () => Promise<unknown> } };
    let asked = 0;
    store.head = () => {
      asked++;
      return new Promise(() => {});
    };
    await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(0);

    const { leadership } = satchel.stores;
    const resign = leadership.resign.bind(leadership);
    const stillRunning: boolean[] = [];
    leadership.resign = () => {
      stillRunning.push(satchel.policies.status().running);
      return resign();
    };
    await satchel.close();
    expect(stillRunning[0]).toBe(true);
    expect(satchel.policies.status().running).toBe(false);
    expect(satchel.told).toEqual([]);
  });
});
