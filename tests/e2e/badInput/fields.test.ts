import { beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../harness/moments.js';
import type { SampleStation } from '../../harness/sampleStation.js';
import { newId, type TestSatchel } from '../../harness/testSatchel.js';
import { withStation } from '../../harness/withStation.js';
import { leavesNothingBehind, onlyErrorOf, refusalsOf, TELLING } from './refusals.js';

const WRONG_CHECK_DIGIT = '621299194803050019';
const NO_SUCH_DAY = '621299194902290014';

describe('a field that is not as it must be', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  const visitId = newId('visit');

  withStation(
    opened => {
      ({ satchel, people } = opened);
    },
    at('2022-10-18', '10:00'),
  );
  beforeAll(async () => {
    await satchel.done(people.officer, 'startVisit', {
      id: visitId,
      kind: 'HOUSEHOLD',
      officerIds: [people.officer],
      divisionCode: '621224110',
    });
  });
  leavesNothingBehind(() => satchel);

  const registering = (input: object, ...telling: string[]) =>
    refusalsOf(satchel, {
      by: people.officer,
      command: 'registerResident',
      input: { name: TELLING, ...input },
      telling,
    });
  const onTheVisit = (command: string, input: object, ...telling: string[]) =>
    refusalsOf(satchel, { by: people.officer, command, input: { visitId, ...input }, telling });

  it('an unknown enum value', async () => {
    expect(await registering({ vulnerabilities: ['ELDER', TELLING] })).toEqual([
      {
        code: 'BAD_USER_INPUT',
        field: 'vulnerabilities.1',
        message: expect.stringContaining('does not exist in "Vulnerability" enum'),
      },
    ]);
  });

  it('an unknown enum value written in the query itself', async () => {
    const query = 'mutation { startVisit(input: { kind: OUYANG_BUKESHUO }) { errors { code } } }';
    const answer = await satchel.ask(people.officer, query);
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(JSON.stringify(answer)).toContain('does not exist in \\"VisitKind\\" enum');
    expect(JSON.stringify(answer)).not.toContain('OUYANG');
  });

  it.each([
    [WRONG_CHECK_DIGIT, 'NUMBER_CHECK_DIGIT', 'The check digit of the resident number is wrong'],
    [NO_SUCH_DAY, 'NUMBER_NOT_A_DATE', 'The date of birth in the resident number does not exist'],
    ['6212991949', 'NUMBER_LENGTH', 'A resident number has 18 characters'],
    ['62129919480305001?', 'NUMBER_CHARACTERS', 'A resident number is 17 digits and a digit or X'],
  ])('a resident number such as %s', async (number, code, message) => {
    expect(await registering({ number }, number)).toEqual([{ code, field: 'number', message }]);
  });

  it('a resident number that is searched for', async () => {
    const query = 'query Q($number: String!) { findResident(number: $number, purpose: VISIT) { id } }';
    for (const [number, message] of [
      [WRONG_CHECK_DIGIT, 'number: The check digit of the resident number is wrong'],
      [NO_SUCH_DAY, 'number: The date of birth in the resident number does not exist'],
      [TELLING, 'number: A resident number has 18 characters'],
    ] as const) {
      const answer = await satchel.ask(people.officer, query, { number });
      expect(onlyErrorOf(answer, number)).toMatchObject({ code: 'BAD_USER_INPUT', message });
    }
  });

  it('a phone number that is none', async () => {
    expect(await registering({ phone: '13x45678' }, '13x45678')).toMatchObject([
      { code: 'PHONE_INVALID', field: 'phone' },
    ]);
  });

  it('a date of birth that is yet to come', async () => {
    expect(await registering({ birthDate: '2046-03-05' }, '2046-03-05')).toMatchObject([
      { code: 'BIRTH_DATE_IN_FUTURE', field: 'birthDate' },
    ]);
  });

  it('a date that no calendar has', async () => {
    expect(await registering({ birthDate: '1949-02-29' }, '1949-02-29')).toMatchObject([
      { code: 'BAD_USER_INPUT', field: 'birthDate', message: expect.stringContaining('must be a real calendar day') },
    ]);
  });

  it.each([0, -1, 1.5, 1_000_001])('a quantity of %s', async quantity => {
    const [error, ...more] = await onTheVisit('giveHukouCover', { quantity });
    expect(more).toEqual([]);
    expect(error).toMatchObject({
      code: quantity === 1.5 ? 'BAD_USER_INPUT' : 'INPUT_INVALID',
      field: 'quantity',
      message: expect.stringContaining('quantity'),
    });
  });

  it('a text that is empty, or far too long', async () => {
    for (const text of ['  ', TELLING.repeat(3000)])
      expect(await onTheVisit('recordNote', { text })).toMatchObject([{ code: 'INPUT_INVALID', field: 'text' }]);
  });

  it('an id of something else', async () => {
    expect(await onTheVisit('recordNote', { text: TELLING, subjectId: TELLING })).toMatchObject([
      {
        code: 'INPUT_INVALID',
        field: 'subjectId',
        message: 'subjectId: must be the id of a resident: resident-<uuid>',
      },
    ]);
  });

  it('every bad field at once', async () => {
    const fields = (await registering({ id: TELLING, householdId: TELLING, village: ' ' })).map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['id', 'village']));
  });

  it('a field that there is not, and one that is missing', async () => {
    const errors = await onTheVisit('distributeMaterial', { quantity: 5, reader: TELLING });
    expect(errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
    const text = errors.map(({ message }) => message).join('\n');
    expect(text).toContain('"topic"');
    expect(text).toContain('"reader" is not defined');
  });

  it.each(['2022-10-19T10:00:01+08:00', '2999-12-31T23:59:59Z'])('a moment far in the future: %s', async occurredAt => {
    expect(await onTheVisit('recordNote', { text: TELLING, occurredAt }, occurredAt)).toMatchObject([
      {
        code: 'OCCURRED_IN_FUTURE',
        field: 'occurredAt',
        message: expect.stringContaining('more than a day after now'),
      },
    ]);
  });

  it.each([TELLING, '2022-10-18T10:00:00', '2022-02-30T10:00:00Z'])('a moment that is none: %s', async occurredAt => {
    expect(await onTheVisit('recordNote', { text: TELLING, occurredAt }, occurredAt)).toMatchObject([
      { code: 'BAD_USER_INPUT', field: 'occurredAt', message: expect.stringContaining('must be an instant') },
    ]);
  });
});

describe('a clock that is ahead', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  withStation(
    opened => {
      ({ satchel, people } = opened);
    },
    at('2022-10-18', '10:00'),
  );

  it.each([
    ['by five minutes is let be', '2022-10-18', '10:05', false],
    ['by more is suspected', '2022-10-18', '10:06', true],
    ['by a day is suspected', '2022-10-19', '10:00', true],
  ])('%s', async (_how, day, time, clockSkewSuspect) => {
    const id = newId('resident');
    await satchel.done(people.officer, 'registerResident', { id, name: TELLING, occurredAt: at(day, time) });
    const { resident } = await satchel.read(
      people.officer,
      'query Q($id: ID!) { resident(id: $id) { history { nodes { clockSkewSuspect occurredAt recordedAt } } } }',
      { id },
    );
    expect(resident.history.nodes).toEqual([
      { clockSkewSuspect, occurredAt: at(day, time), recordedAt: at('2022-10-18', '10:00') },
    ]);
  });
});
