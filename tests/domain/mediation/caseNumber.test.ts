import { expect, it } from 'vitest';
import { caseNumber, searchedAs } from '../../../src/mediation/caseNumber.js';

it.each([
  '(2022)人调字第 7 号',
  '（2022）人调字第7号',
  ' ２０２２人调字第７号 ',
  '〔2022〕第7号',
  '[2022] 人调字 第 7 号',
])('finds a case by its number typed as %j', typed => {
  expect(searchedAs(typed)).toBe(caseNumber(2022, 7));
});

it.each([
  ['第7号', '第 7 号'],
  ['人调字第7', '人调字第 7'],
  ['（2022）', '(2022)'],
  ['〔2022〕人调字', '(2022)人调字'],
])('finds cases by a part of it, %j', (typed, searched) => {
  expect(searchedAs(typed)).toBe(searched);
  expect(caseNumber(2022, 7)).toContain(searched);
});

it.each(['2022', '7', '', '豆坝', '人调字', '砖款，第7号楼', '（一）', 'debt'])('leaves %j as it is', text => {
  expect(searchedAs(text)).toBe(text);
});
