import { expect, it } from 'vitest';

it('fails when it is told to', () => expect(process.env.FAILS).toBe('no'));
