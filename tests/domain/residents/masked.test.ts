import { describe, expect, it } from 'vitest';
import { maskData } from '../../../src/graphql/maskData.js';
import type { FoldLens, Lens } from '../../../src/projections/view.js';
import { residentEvents } from '../../../src/residents/events.js';
import { ageBandOf, isMinorOn, maskedOf } from '../../../src/residents/masked.js';
import { residentNumberView } from '../../../src/residents/views.js';

const sealed = (ciphertext: string) => ({ keyId: 'key', at: 'event/field', nonce: '', ciphertext, commitment: '' });

/** Stands in for a vault: opens by a table. */
const standInFoldLens = (plain: Readonly<Record<string, string>>): FoldLens => ({
  open: ({ ciphertext }) => plain[ciphertext] ?? '[已删除]',
  blindIndex: number => `blind(${number})`,
});
const standInLens = (plain: Readonly<Record<string, string>>): Lens => {
  const lens = standInFoldLens(plain);
  return { ...lens, open: async sealed => lens.open(sealed) };
};
const lens = standInLens({ name: '欧阳样本', born: '2004-10-18', number: '621299194803050018' });
const today = '2022-10-17';

describe('what is shown of a resident', () => {
  const state = { guardianIds: [], name: sealed('name'), birthDate: sealed('born') };

  it('is nothing of a minor, to the day', async () => {
    expect(await isMinorOn(state, lens, today)).toBe(true);
    expect(await maskedOf(state, state.name, 'NAME', lens, today)).toBe('***');
    expect(await isMinorOn(state, lens, '2022-10-18')).toBe(false);
    expect(await maskedOf(state, state.name, 'NAME', lens, '2022-10-18')).toBe('欧阳某');
  });

  it('is that it was erased, once the key is destroyed', async () => {
    const erased = standInLens({});
    expect(await maskedOf(state, state.name, 'NAME', erased, today)).toBe('[已删除]');
    expect(await isMinorOn(state, erased, today)).toBeUndefined();
    expect(await ageBandOf(state, erased, today)).toBeUndefined();
  });

  it.each([
    ['2018-10-17', 'UNDER_14'],
    ['2018-10-18', 'FROM_14_TO_17'],
    ['2022-10-17', 'FROM_14_TO_17'],
    ['2022-10-18', 'FROM_18_TO_59'],
    ['2064-10-17', 'FROM_18_TO_59'],
    ['2064-10-18', 'FROM_60'],
  ])('tells ages apart as the law does: on %s %s', async (day, band) => {
    expect(await ageBandOf(state, lens, day)).toBe(band);
  });

  it('leaves a minor unmasked in no field of the history', async () => {
    const birthDate = '2004-10-18';
    const data = {
      name: '张样本',
      number: '621299201306010114',
      sex: 'MALE',
      phone: '13812345678',
      address: '豆坝镇豆坝村',
      village: '豆坝村',
      vulnerabilities: ['MINOR'],
      birthDate,
    };
    const masks = Object.fromEntries(Object.keys(data).map(field => [field, '***']));
    expect(await maskData(residentEvents.ResidentRegistered, data, lens, today)).toEqual(masks);
    expect(await maskData(residentEvents.ResidentRegistered, data, lens, '2022-10-18')).toMatchObject({ name: '张某' });
    const contact = { phone: '13812345678', address: '豆坝镇豆坝村', birthDate };
    expect(await maskData(residentEvents.ContactUpdated, contact, lens, today)).toEqual({
      phone: '***',
      address: '***',
      birthDate: '***',
    });
  });
});

describe('the index of numbers', () => {
  const foldLens = standInFoldLens({ number: '621299194803050018' });
  const registration = (number: string) =>
    ({ type: 'ResidentRegistered', streamId: 'resident-1', data: { number: sealed(number) } }) as never;

  it('holds a keyed hash, not the number', () => {
    expect(residentNumberView.fold(undefined, registration('number'), 'resident-1', foldLens)).toEqual({
      id: 'resident-1',
      blindIndex: 'blind(621299194803050018)',
    });
  });

  it('holds nothing of whom it cannot open, or who has no number', () => {
    expect(residentNumberView.fold(undefined, registration('erased'), 'resident-1', foldLens)).toBeUndefined();
    const without = { type: 'ResidentRegistered', streamId: 'resident-1', data: {} } as never;
    expect(residentNumberView.fold(undefined, without, 'resident-1', foldLens)).toBeUndefined();
  });
});
