import { describe, expect, it } from 'vitest';
import type { AnyCommand } from '../../../src/commands/command.js';
import { extendMediation } from '../../../src/mediation/commands/acceptance.js';
import { scheduleFollowUp } from '../../../src/mediation/commands/followUp.js';
import { reachOralAgreement } from '../../../src/mediation/commands/oralAgreement.js';
import { recordBreach, urgePerformance } from '../../../src/mediation/commands/performance.js';
import { rescheduleSession, scheduleSession } from '../../../src/mediation/commands/session.js';
import { draftAgreement } from '../../../src/mediation/commands/writtenAgreement.js';
import { deviationsOf, type Given, someId } from '../spec.js';
import {
  accepted,
  events,
  inOrder,
  opened,
  payment,
  plan,
  ready,
  refusal,
  scheduled,
  sessionId,
  stateOf,
  tell,
  term,
} from './story.js';

const agreed = async () =>
  tell(await inOrder(), [reachOralAgreement, { sessionId, content: '约定', terms: [payment] }]);
const obligationId = stateOf(await agreed()).agreement?.obligations[0]?.obligationId;
const breached = async () => tell(await agreed(), [recordBreach, { obligationId }]);
const atNoon = (day: string) => `${day}T12:00:00+08:00`;

type Planning = readonly [AnyCommand, () => Promise<Given>, (day: string) => object];
const plannings: readonly Planning[] = [
  [extendMediation, accepted, newDueDate => ({ newDueDate, consentBy: ['A', 'B'] })],
  [scheduleSession, ready, day => ({ ...plan, plannedFor: atNoon(day) })],
  [rescheduleSession, scheduled, day => ({ sessionId, plannedFor: atNoon(day), reason: 'WEATHER_ROAD' })],
  [scheduleFollowUp, agreed, dueDate => ({ followUpId: someId('follow-up'), dueDate })],
  [urgePerformance, breached, newDueDate => ({ obligationId, newDueDate })],
];

describe.each(plannings)('$name', (command, given, naming) => {
  it('names a day within a year', async () => {
    expect(deviationsOf((await events(await given(), command, naming('2023-10-18')))[0])).toEqual([]);
    for (const day of ['2023-10-19', '9999-12-31'])
      expect(await refusal(await given(), command, naming(day))).toEqual(['TOO_FAR_AHEAD']);
  });

  it('for a day that had passed is kept as such', async () => {
    const later = { at: '2022-12-20T02:00:00.000Z' };
    const [event] = await events(await given(), command, naming('2022-12-19'), later);
    expect(deviationsOf(event)).toContain('PLANNED_IN_THE_PAST');
    const [timely] = await events(await given(), command, naming('2022-12-20'), later);
    expect(deviationsOf(timely)).not.toContain('PLANNED_IN_THE_PAST');
  });
});

describe('The time limit of a term', () => {
  const oral = (dueDate: string) => ({ sessionId, content: '约定', terms: [{ ...term, dueDate }] });
  const written = (dueDate: string) => ({
    facts: '事实',
    disputedPoints: '争议',
    responsibility: '责任',
    content: '内容',
    terms: [payment, { ...term, dueDate }],
  });

  it('may be the day of the agreement, and thirty years on', async () => {
    for (const day of ['2022-10-18', '2052-10-18']) {
      expect(await events(await inOrder(), reachOralAgreement, oral(day))).toHaveLength(1);
      expect(await events(await opened(), draftAgreement, written(day))).toHaveLength(1);
    }
  });

  it.each(['1990-01-01', '2022-10-17', '2052-10-19', '9999-12-31'])('is never %s', async day => {
    expect(await refusal(await inOrder(), reachOralAgreement, oral(day))).toEqual(['TERM_DUE_DATE_UNFIT']);
    expect(await refusal(await opened(), draftAgreement, written(day))).toEqual(['TERM_DUE_DATE_UNFIT']);
  });
});
