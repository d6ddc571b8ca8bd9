import { LIU, registerResident } from './residents.js';
import { registerOfficer, type SampleStation } from './sampleStation.js';
import { type Anything, newId, type TestSatchel } from './testSatchel.js';

/** Liu's township, and the station that looks after it. */
export const DANANYU = '621224112';

/** An officer of Dananyu with a backpack, the chief, and Liu. */
export interface Doorstep {
  readonly officer: string;
  readonly chief: string;
  readonly backpack: string;
  readonly liu: string;
  /** A command of the officer. */
  do(command: string, input?: object, fields?: string): Promise<Anything>;
  /** Codes of its refusal. */
  refused(command: string, input: object): Promise<readonly string[]>;
  /** Starts a visit to Liu; its id. */
  visit(): Promise<string>;
}

export async function doorstep(satchel: TestSatchel, people: SampleStation): Promise<Doorstep> {
  const { otherOfficer: officer, otherStation: orgUnitId } = people;
  const chief = await registerOfficer(satchel, people, { name: '所长乙', orgUnitId, role: 'STATION_CHIEF' });
  const backpack = newId('backpack');
  await satchel.done(chief, 'issueBackpack', { officerId: officer, backpackId: backpack, serial: 'KX-2021-021' });
  const liu = await registerResident(satchel, officer, { ...LIU, village: '郑湾村', divisionCode: DANANYU });
  return {
    officer,
    chief,
    backpack,
    liu,
    do: (command, input = {}, fields) => satchel.done(officer, command, input, fields),
    refused: (command, input) => satchel.refused(officer, command, input),
    async visit() {
      const id = newId('visit');
      await satchel.done(officer, 'startVisit', {
        id,
        kind: 'HOUSEHOLD',
        officerIds: [officer],
        backpackId: backpack,
        divisionCode: DANANYU,
        village: '郑湾村',
      });
      return id;
    },
  };
}

/** One that will do (GA 461-2004). */
export const PHOTO = {
  sha256: 'a1'.repeat(32),
  widthPx: 358,
  heightPx: 441,
  background: 'WHITE',
  backdropUsed: true,
};

/** Takes an application for an identity card down at the door, with photo and fingerprint; its id. */
export async function takeApplication(door: Doorstep, application: object): Promise<string> {
  const certificateId = newId('certificate');
  await door.do('takeCertificateApplication', {
    id: certificateId,
    certType: 'ID_CARD',
    applicantId: door.liu,
    divisionCode: DANANYU,
    ...application,
  });
  await door.do('recordSpecialPiConsent', { certificateId, basis: 'STATUTORY_NOTICE', noticeVersion: '2022-1' });
  await door.do('capturePhoto', { certificateId, ...PHOTO });
  await door.do('captureFingerprint', { certificateId, vaultRef: 'vault:0192f0aa-0001' });
  return certificateId;
}

/** Accepted and made: brings the finished card to the station. */
export async function produce(door: Doorstep, certificateId: string): Promise<void> {
  await door.do('acceptCertificateApplication', { certificateId, receiptNo: '受2022-1' });
  await door.do('produceCertificate', { certificateId, batchNo: '批2022-1' });
  await door.do('receiveAtStation', { certificateId });
}

/** Signed for by the holder, with chip and finger compared. */
export const SIGNED = { signer: 'SELF', verifiedChip: true, verifiedFinger: true };
