import { describe, expect, it } from 'vitest';
import { parsePhone } from '../../../src/kernel/phone.js';

describe('a phone number', () => {
  it.each([
    ['13800001234', '13800001234', 'MOBILE'],
    ['+86 138-0000-1234', '13800001234', 'MOBILE'],
    ['0086 13800001234', '13800001234', 'MOBILE'],
    ['１３８００００１２３４', '13800001234', 'MOBILE'],
    ['0939-5121234', '0939-5121234', 'LANDLINE'],
    ['(0939) 5121234', '0939-5121234', 'LANDLINE'],
    ['09395121234', '0939-5121234', 'LANDLINE'],
    ['+86 939 5121234', '0939-5121234', 'LANDLINE'],
    ['010-62345678', '010-62345678', 'LANDLINE'],
    ['02862345678', '028-62345678', 'LANDLINE'],
  ])('%s is %s', (text, number, kind) => {
    expect(parsePhone(text)).toEqual({ ok: true, number, kind });
  });

  it.each(['', '12800001234', '1380000123', '138000012345', '5121234', '0939-123', '+1 202 555 0100', '138-0000-12a4'])(
    '%s is none',
    text => {
      expect(parsePhone(text)).toMatchObject({ ok: false, rule: 'PHONE' });
    },
  );
});
