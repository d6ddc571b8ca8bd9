import { describe, expect, it } from 'vitest';
import { notifyGuardian, recordGuardianAttendance, waiveGuardian } from '../../../src/mediation/commands/guardians.js';
import { openSession } from '../../../src/mediation/commands/openSession.js';
import { endSession } from '../../../src/mediation/commands/session.js';
import { idFor } from '../spec.js';
import {
  apprentice,
  chen,
  child,
  events,
  forgotten,
  known,
  opening,
  ready,
  refusal,
  scheduled,
  sessionId,
  sessionOf,
  stateOf,
  stranger,
  tell,
  wang,
} from './story.js';

const parties = (minor: string) => ({
  parties: [
    { subjectId: minor, side: 'A' },
    { subjectId: wang, side: 'B' },
  ],
});
const guardian = { guardianName: '李大山', guardianId: undefined };

describe('A party who is a minor', () => {
  it('keeps the session shut until the guardian is there', async () => {
    const given = await scheduled(parties(child));
    expect(await refusal(given, openSession, opening)).toEqual(['GUARDIAN_REQUIRED']);
    const notified = await tell(given, [notifyGuardian, { partyId: child, ...guardian }]);
    expect(await refusal(notified, openSession, opening)).toEqual(['GUARDIAN_REQUIRED']);
    const attended = await tell(notified, [recordGuardianAttendance, { partyId: child, sessionId, ...guardian }]);
    const [event] = await events(attended, openSession, opening);
    expect(event).toMatchObject({ type: 'SessionOpened', data: { minorIds: [child] } });
    expect(sessionOf(attended).guardiansFor).toEqual([child]);
    expect(stateOf(attended).parties[0]?.guardian).toMatchObject({ name: '李大山', notifiedOn: '2022-10-18' });
  });

  it('is not spoken for by the other side', async () => {
    const family = {
      parties: [
        { subjectId: child, side: 'A' },
        { subjectId: chen, side: 'A' },
        { subjectId: wang, side: 'B' },
      ],
    };
    const given = await scheduled(family);
    const named = (guardianId: string) => ({ partyId: child, guardianName: '李大山', guardianId });
    expect(await refusal(given, notifyGuardian, named(wang))).toEqual(['GUARDIAN_IS_OPPONENT']);
    expect(await refusal(given, recordGuardianAttendance, { ...named(wang), sessionId })).toEqual([
      'GUARDIAN_IS_OPPONENT',
    ]);
    for (const guardianId of [chen, stranger])
      expect(await events(given, notifyGuardian, named(guardianId))).toHaveLength(1);
  });

  it('needs none any more on the eighteenth birthday', async () => {
    const given = await scheduled(parties(child));
    expect(await refusal(given, openSession, opening, { at: '2028-05-31T02:00:00.000Z' })).toEqual([
      'GUARDIAN_REQUIRED',
    ]);
    await expect(events(given, openSession, opening, { at: '2028-06-01T02:00:00.000Z' })).resolves.toHaveLength(1);
  });

  it('may do without at 16, living on own earnings', async () => {
    const given = await scheduled(parties(apprentice));
    expect(await refusal(given, waiveGuardian, { partyId: apprentice, selfSupporting: false })).toEqual([
      'GUARDIAN_WAIVER_NOT_ALLOWED',
    ]);
    const atFifteen = { at: '2022-01-08T02:00:00.000Z' };
    expect(await refusal(given, waiveGuardian, { partyId: apprentice, selfSupporting: true }, atFifteen)).toEqual([
      'GUARDIAN_WAIVER_NOT_ALLOWED',
    ]);
    const waived = await tell(given, [waiveGuardian, { partyId: apprentice, selfSupporting: true }]);
    await expect(events(waived, openSession, opening)).resolves.toHaveLength(1);
  });

  it('may not at 12', async () => {
    expect(await refusal(await ready(parties(child)), waiveGuardian, { partyId: child, selfSupporting: true })).toEqual(
      ['GUARDIAN_WAIVER_NOT_ALLOWED'],
    );
  });

  it('stays one to the case when the birth date is gone with its key', async () => {
    const given = await scheduled(parties(child));
    const knowing = {
      residentWithBirthDate: async (id: string) =>
        id === child ? { orgUnitId: forgotten } : known.residentWithBirthDate?.(id),
    };
    expect(await refusal(given, openSession, opening, { knowing })).toEqual(['GUARDIAN_REQUIRED']);
  });

  it('is the only one with a guardian', async () => {
    const given = await scheduled();
    expect(await refusal(given, notifyGuardian, { partyId: wang, ...guardian })).toEqual(['NOT_A_MINOR']);
    expect(await refusal(given, recordGuardianAttendance, { partyId: wang, sessionId, ...guardian })).toEqual([
      'NOT_A_MINOR',
    ]);
  });

  it('has a guardian who is an adult other than the minor', async () => {
    const given = await scheduled(parties(child));
    const named = (guardianId: string) => ({ partyId: child, guardianName: '李大山', guardianId });
    for (const [command, more] of [
      [notifyGuardian, {}],
      [recordGuardianAttendance, { sessionId }],
    ] as const) {
      const refused = (guardianId: string) => refusal(given, command, { ...named(guardianId), ...more });
      for (const unfit of [child, apprentice]) expect(await refused(unfit)).toEqual(['GUARDIAN_UNFIT']);
      expect(await refused(idFor('resident', 'none'))).toEqual(['RESIDENT_UNKNOWN']);
      expect(await events(given, command, { ...named(stranger), ...more })).toHaveLength(1);
    }
  });

  it('is accompanied to a session that is still to be held', async () => {
    const attendance = { partyId: child, sessionId, ...guardian };
    const ended = await tell(
      await scheduled(parties(child)),
      [recordGuardianAttendance, attendance],
      [openSession, opening],
      [endSession, { sessionId }],
    );
    expect(await refusal(ended, recordGuardianAttendance, attendance)).toEqual(['SESSION_ENDED']);
    expect(await refusal(await ready(parties(child)), recordGuardianAttendance, attendance)).toEqual([
      'SESSION_UNKNOWN',
    ]);
  });
});
