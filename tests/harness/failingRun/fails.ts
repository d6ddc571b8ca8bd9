import { expect, it } from 'vitest';

it('fails', () => expect(process.env.SATCHEL_TEST_POSTGRES).toBeUndefined());
