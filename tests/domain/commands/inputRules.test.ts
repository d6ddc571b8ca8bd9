import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import type { BoundCommand } from '../../../src/commands/command.js';
import { validate } from '../../../src/commands/validate.js';
import { leavesOf } from '../../../src/kernel/fields.js';
import { newUuid } from '../../../src/kernel/ids.js';
import { modules } from '../../../src/server/modules.js';

const commands: readonly BoundCommand[] = modules.flatMap(({ bindings }) =>
  bindings.flatMap(binding => binding.commands),
);
const commandOf = (name: string): BoundCommand => commands.find(({ command }) => command.name === name)!;

const refusalsOf = (name: string, input: object) =>
  validate(commandOf(name), { commandId: newUuid(), ...input }).refused ?? [];
const messages = (name: string, input: object) =>
  refusalsOf(name, input).map(({ message: { zh, en } }) => [zh, en] as const);

const visitId = `visit-${newUuid()}`;

/** Values that no field takes, and what fits none of them in another way. */
const UNFIT = ['', ' ', 'x', 'x'.repeat(200_000), -1, 1.5, 10 ** 15, true, {}, [], ['x'], Array(500).fill('x'), null];

describe('an input that does not fit', () => {
  it.each([
    ['', 'text：不能为空', 'text: must not be empty'],
    ['字'.repeat(4001), 'text：不能超过4000个字符', 'text: must have at most 4000 characters'],
    [undefined, 'text：必须填写', 'text: is missing'],
    [5, 'text：应为文本', 'text: must be a text'],
  ])('names the field and the rule, as of a text', (text, zh, en) => {
    expect(messages('recordNote', { visitId, text })).toEqual([[zh, en]]);
  });

  it.each([
    [0, 'quantity：不能小于1', 'quantity: must be at least 1'],
    [1_000_001, 'quantity：不能大于1000000', 'quantity: must be at most 1000000'],
    [1.5, 'quantity：应为整数', 'quantity: must be a whole number'],
  ])('and of a number: %s', (quantity, zh, en) => {
    expect(messages('giveHukouCover', { visitId, quantity })).toEqual([[zh, en]]);
  });

  it('and of an id', () => {
    expect(messages('recordNote', { visitId: 'visit-1', text: '样例' })).toEqual([
      ['visitId：应为 visit 的编号：visit-<uuid>', 'visitId: must be the id of a visit: visit-<uuid>'],
    ]);
  });

  it('and of codes, which it lists', () => {
    const [[zh, en]] = messages('disposeOfGift', { visitId, giftId: newUuid(), disposition: 'EATEN' }) as [
      readonly [string, string],
    ];
    expect(zh).toBe('disposition：应为下列之一：DECLINED、RETURNED、HANDED_IN');
    expect(en).toBe('disposition: must be one of DECLINED, RETURNED, HANDED_IN');
  });

  it('in a list, by its place there', () => {
    const input = { disputeId: `dispute-${newUuid()}`, sessionId: newUuid(), provisions: ['民法典', ''] };
    expect(messages('explainLegalProvisions', input)).toEqual([
      ['provisions.1：不能为空', 'provisions.1: must not be empty'],
    ]);
  });

  it('says so in Chinese and English, whatever the field', () => {
    for (const bound of commands)
      for (const { path } of leavesOf(bound.schema).filter(leaf => leaf.path.length === 1))
        for (const value of UNFIT)
          for (const { message, path: where } of validate(bound, { [path[0]!]: value }).refused ?? []) {
            const place = where.join('.') || 'input';
            expect(message.zh, `${bound.command.name} ${message.en}`).toMatch(/：.*\p{Script=Han}/u);
            expect(message.zh.startsWith(`${place}：`)).toBe(true);
            expect(message.en).toMatch(/: (must|is missing|has a field)/);
            expect(message.en.startsWith(`${place}: `)).toBe(true);
          }
  });
});
