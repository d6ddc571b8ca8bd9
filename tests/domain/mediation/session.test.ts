import { describe, expect, it } from 'vitest';
import { assignMediator } from '../../../src/mediation/commands/mediators.js';
import { openSession } from '../../../src/mediation/commands/openSession.js';
import {
  adjournSession,
  announceDiscipline,
  endSession,
  explainLegalProvisions,
  recordDisorder,
  rescheduleSession,
  restoreOrder,
  resumeSession,
  scheduleSession,
} from '../../../src/mediation/commands/session.js';
import { terminateMediation } from '../../../src/mediation/commands/termination.js';
import { deviationsOf, officerActor, someId } from '../spec.js';
import {
  accepted,
  assistant,
  chen,
  consentPending,
  elder,
  events,
  host,
  inOrder,
  known,
  opened,
  opening,
  plan,
  ready,
  refusal,
  scheduled,
  screened,
  sessionId,
  sessionOf,
  stateOf,
  stranger,
  suspended,
  tell,
} from './story.js';

const second = someId('second session');

describe('Scheduling', () => {
  it('waits until everyone agreed', async () => {
    expect(await refusal(await screened(), scheduleSession, plan)).toEqual(['NOT_READY']);
    expect(await refusal(await accepted(), scheduleSession, plan)).toEqual(['CONSENT_REQUIRED']);
    expect(await refusal(await consentPending(), scheduleSession, plan)).toEqual(['CONSENT_REQUIRED']);
  });

  it('counts rounds', async () => {
    const given = await tell(await scheduled(), [scheduleSession, { ...plan, sessionId: second, openness: 'CLOSED' }]);
    expect(stateOf(given).sessions).toMatchObject([
      { sessionId, round: 1, status: 'SCHEDULED', openness: 'OPEN' },
      { sessionId: second, round: 2, openness: 'CLOSED' },
    ]);
    expect(await refusal(given, scheduleSession, plan)).toEqual(['SESSION_TWICE']);
    const begun = await tell(given, [openSession, opening]);
    expect(stateOf(begun).sessions.map(session => session.round)).toEqual([1, 2]);
  });

  it('may be changed until the session begins', async () => {
    const later = { sessionId, plannedFor: '2022-10-19T10:00:00+08:00', reason: 'WEATHER_ROAD' };
    const given = await tell(await scheduled(), [rescheduleSession, later]);
    expect(sessionOf(given).plannedFor).toBe('2022-10-19T02:00:00.000Z');
    expect(await refusal(await opened(), rescheduleSession, later)).toEqual(['SESSION_NOT_SCHEDULED']);
  });
});

describe('Opening a session', () => {
  it('is hosted by the mediator of the case who acts', async () => {
    const [event] = await events(await scheduled(), openSession, opening);
    expect(event?.data).toMatchObject({
      hostId: host,
      hostOfficerId: officerActor.actorId,
      round: 1,
      placeType: 'VILLAGE',
      recordingRequired: true,
    });
    const given = await opened();
    expect(stateOf(given).status).toBe('IN_MEDIATION');
  });

  it('lets an officer host only as a mediator of the case', async () => {
    const given = await scheduled();
    expect(await refusal(given, openSession, opening, { actor: officerActor })).toEqual(['HOST_NOT_MEDIATOR']);
    expect(await refusal(given, openSession, { ...opening, hostId: elder })).toEqual(['HOST_NOT_MEDIATOR']);
    const asElder = { ...officerActor, actorId: elder, role: 'MEDIATOR' as const };
    const withElder = await tell(given, [assignMediator, { mediatorId: elder }]);
    const [event] = await events(withElder, openSession, { ...opening, officersPresent: 0 }, { actor: asElder });
    expect(event?.data).toMatchObject({ hostId: elder, recordingRequired: false });
  });

  it('demands a recording where one officer is present, whoever mediates beside, and not where two are', async () => {
    const given = await tell(await scheduled(), [assignMediator, { mediatorId: elder }]);
    const required = async (changes: object) => {
      const [event] = await events(given, openSession, { ...opening, ...changes });
      return (event?.data as { recordingRequired?: boolean } | undefined)?.recordingRequired;
    };
    expect(await required({ auxiliariesPresent: 2 })).toBe(true);
    expect(await required({ coMediatorIds: [elder] })).toBe(true);
    expect(await required({ hostId: elder, coMediatorIds: [host] })).toBe(true);
    expect(await required({ officersPresent: 2 })).toBe(false);
    expect(await required({ hostId: elder, officersPresent: 0 })).toBe(false);
  });

  it('names each mediator beside the host once', async () => {
    const given = await tell(await scheduled(), [assignMediator, { mediatorId: elder }]);
    const refused = (...coMediatorIds: string[]) => refusal(given, openSession, { ...opening, coMediatorIds });
    expect(await refused(suspended)).toEqual(['MEDIATOR_NOT_ASSIGNED']);
    expect(await refused(host)).toEqual(['CO_MEDIATOR_TWICE']);
    expect(await refused(elder, elder)).toEqual(['CO_MEDIATOR_TWICE']);
  });

  it('does not leave it to an auxiliary officer alone', async () => {
    const given = await tell(
      await scheduled(),
      [assignMediator, { mediatorId: assistant }],
      [assignMediator, { mediatorId: elder }],
    );
    const assisting = { ...opening, hostId: assistant, officersPresent: 0 };
    expect(await refusal(given, openSession, assisting)).toEqual(['AUXILIARY_SOLE_HOST']);
    expect(await refusal(given, openSession, { ...assisting, coMediatorIds: [assistant] })).toEqual([
      'CO_MEDIATOR_TWICE',
    ]);
    await expect(events(given, openSession, { ...assisting, coMediatorIds: [elder] })).resolves.toHaveLength(1);
  });

  it('counts the officer who hosts', async () => {
    expect(await refusal(await scheduled(), openSession, { ...opening, officersPresent: 0 })).toEqual([
      'HOST_NOT_COUNTED',
    ]);
  });

  it('notes a host who was suspended since', async () => {
    const knowing = { mediator: async () => ({ status: 'SUSPENDED', category: 'OFFICER' }) };
    const [event] = await events(await scheduled(), openSession, opening, { knowing: { ...known, ...knowing } });
    expect(deviationsOf(event)).toEqual(['HOST_NOT_ACTIVE']);
  });

  it('notes a host who was appointed as a serving officer and had left the service', async () => {
    const opened = async (leftOn: string) => {
      const knowing = { mediator: async () => ({ status: 'APPOINTED', category: 'OFFICER', leftOn }) };
      return events(await scheduled(), openSession, opening, { knowing: { ...known, ...knowing } });
    };
    expect(deviationsOf((await opened('2022-10-17'))[0])).toEqual(['HOST_NOT_ACTIVE']);
    expect(deviationsOf((await opened('2022-10-18'))[0])).toEqual([]);
  });

  it('notes that the month is over, from the day after its last', async () => {
    const given = await scheduled();
    const [last] = await events(given, openSession, opening, { at: '2022-11-18T15:59:59.000Z' });
    expect(deviationsOf(last)).toEqual([]);
    const [late] = await events(given, openSession, opening, { at: '2022-11-18T16:00:00.000Z' });
    expect(deviationsOf(late)).toEqual(['MEDIATION_OVERDUE']);
    const state = stateOf(await tell(given, [openSession, opening, { at: '2022-11-18T16:00:00.000Z' }]));
    expect(state.deviations).toMatchObject([{ rule: 'MEDIATION_OVERDUE' }]);
  });

  it('holds one session at a time, once', async () => {
    const given = await tell(await opened(), [scheduleSession, { ...plan, sessionId: second }]);
    expect(await refusal(given, openSession, { ...opening, sessionId: second })).toEqual(['SESSION_UNFINISHED']);
    expect(await refusal(given, openSession, opening)).toEqual(['SESSION_NOT_SCHEDULED']);
    expect(await refusal(given, openSession, { ...opening, sessionId: someId('none') })).toContain('SESSION_UNKNOWN');
  });
});

describe('In a session', () => {
  it('the law is explained and the discipline announced', async () => {
    const given = await tell(
      await opened(),
      [explainLegalProvisions, { sessionId, provisions: ['民法典第二百八十八条'] }],
      [explainLegalProvisions, { sessionId, provisions: ['人民调解法第二十四条'] }],
      [announceDiscipline, { sessionId }],
    );
    expect(sessionOf(given)).toMatchObject({
      provisions: ['民法典第二百八十八条', '人民调解法第二十四条'],
      disciplineAnnounced: true,
    });
  });

  it('provisions hold nothing personal', async () => {
    const provisions = ['民法典第二百八十八条', '联系电话13812345678'];
    expect(await refusal(await opened(), explainLegalProvisions, { sessionId, provisions })).toEqual([
      'PERSONAL_DATA_IN_TEXT',
    ]);
  });

  it('a quarrel is recorded, and order restored', async () => {
    const given = await tell(await opened(), [recordDisorder, { sessionId, kind: 'VERBAL', byPartyIds: [chen] }]);
    expect(sessionOf(given).disorders).toMatchObject([{ kind: 'VERBAL', byPartyIds: [chen] }]);
    const restored = await tell(given, [restoreOrder, { sessionId }, { at: '2022-10-18T02:20:00.000Z' }]);
    expect(sessionOf(restored).disorders[0]?.restoredAt).toBe('2022-10-18T02:20:00.000Z');
    expect(await refusal(given, recordDisorder, { sessionId, kind: 'VERBAL', byPartyIds: [stranger] })).toEqual([
      'NOT_A_PARTY',
    ]);
  });

  it('a quarrel and its end are recorded even after the end, with the rule that they break', async () => {
    const given = await tell(await inOrder(), [endSession, { sessionId }]);
    for (const [command, input] of [
      [recordDisorder, { sessionId, kind: 'PHYSICAL' }],
      [restoreOrder, { sessionId }],
    ] as const) {
      expect(deviationsOf((await events(given, command, input))[0])).toEqual(['RECORDED_AFTER_END']);
      expect(await refusal(await scheduled(), command, input)).toEqual(['SESSION_NOT_BEGUN']);
      expect(await refusal(given, command, { ...input, sessionId: second })).toEqual(['SESSION_UNKNOWN']);
    }
    expect(await refusal(given, adjournSession, { sessionId, reason: 'LATE' })).toEqual(['SESSION_NOT_OPEN']);
  });

  it('what was told its parties is recorded even after its end, or while it is adjourned', async () => {
    const ended = await tell(await opened(), [endSession, { sessionId }]);
    const adjourned = await tell(await opened(), [adjournSession, { sessionId, reason: 'LATE' }]);
    for (const [command, input] of [
      [explainLegalProvisions, { sessionId, provisions: ['民法典'] }],
      [announceDiscipline, { sessionId }],
    ] as const) {
      expect(deviationsOf((await events(ended, command, input))[0])).toEqual(['RECORDED_AFTER_END']);
      expect(deviationsOf((await events(adjourned, command, input))[0])).toEqual([]);
      expect(await refusal(await scheduled(), command, input)).toEqual(['SESSION_NOT_BEGUN']);
      expect(await refusal(ended, command, { ...input, sessionId: second })).toEqual(['SESSION_UNKNOWN']);
    }
    const told = await tell(ended, [explainLegalProvisions, { sessionId, provisions: ['民法典'] }]);
    expect(sessionOf(told)).toMatchObject({ status: 'ENDED', provisions: ['民法典'] });
  });

  it('only what is open is adjourned', async () => {
    const adjourning = { sessionId, reason: 'LATE' };
    expect(await refusal(await scheduled(), adjournSession, adjourning)).toEqual(['SESSION_NOT_OPEN']);
    expect(await refusal(await opened(), adjournSession, { ...adjourning, sessionId: second })).toEqual([
      'SESSION_UNKNOWN',
    ]);
  });
});

describe('Adjourning and ending', () => {
  const adjourned = async () => tell(await opened(), [adjournSession, { sessionId, reason: 'COOLING_OFF' }]);

  it('interrupts and goes on', async () => {
    expect(sessionOf(await adjourned()).status).toBe('ADJOURNED');
    const given = await tell(await adjourned(), [resumeSession, { sessionId }]);
    expect(sessionOf(given).status).toBe('OPEN');
    expect(await refusal(given, resumeSession, { sessionId })).toEqual(['SESSION_NOT_ADJOURNED']);
  });

  it('does not go on once the mediation is terminated', async () => {
    const given = await tell(await adjourned(), [terminateMediation, { reason: 'NO_AGREEMENT' }]);
    expect(await refusal(given, resumeSession, { sessionId })).toEqual(['MEDIATION_TERMINATED']);
  });

  it('ends once, after it began', async () => {
    const given = await tell(await adjourned(), [endSession, { sessionId }]);
    expect(sessionOf(given).status).toBe('ENDED');
    expect(await refusal(given, endSession, { sessionId })).toEqual(['SESSION_ENDED']);
    expect(await refusal(await scheduled(), endSession, { sessionId })).toEqual(['SESSION_NOT_BEGUN']);
    expect(await refusal(await ready(), endSession, { sessionId })).toContain('SESSION_UNKNOWN');
  });
});
