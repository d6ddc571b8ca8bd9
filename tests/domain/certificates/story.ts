import type { Certificate } from '../../../src/certificates/certificate.js';
import { certificate } from '../../../src/certificates/certificate.js';
import { submitApplication, takeCertificateApplication } from '../../../src/certificates/commands/application.js';
import {
  captureFingerprint,
  capturePhoto,
  recordSpecialPiConsent,
} from '../../../src/certificates/commands/capture.js';
import { loadIntoBackpack, receiveAtStation } from '../../../src/certificates/commands/custody.js';
import { acceptCertificateApplication, produceCertificate } from '../../../src/certificates/commands/issuing.js';
import { Given, idFor, officerActor } from '../spec.js';
import { factsOf, visitUnderWay } from '../standInLookup.js';

export const applicant = idFor('resident', 'liu');
export const child = idFor('resident', 'child');
export const guardian = idFor('resident', 'guardian');
export const visit = idFor('visit', 'first');
export const station = officerActor.orgUnitId;
export const backpack = idFor('backpack', 'first');
export const chief = { ...officerActor, actorId: idFor('officer', 'chief'), role: 'STATION_CHIEF' as const };

const birthDates: Readonly<Record<string, string>> = {
  [applicant]: '1948-03-05',
  [child]: '2013-06-01',
  [guardian]: '1985-07-12',
};

/** What other nouns know in these stories. */
export const known = {
  residentWithBirthDate: async (id: string) =>
    birthDates[id] ? { birthDate: birthDates[id], orgUnitId: station } : undefined,
  visit: async (id: string) => (id === visit ? visitUnderWay() : undefined),
  holderOfBackpack: async (id: string) => (id === backpack ? officerActor.actorId : undefined),
  officer: async (id: string) =>
    id === officerActor.actorId ? { role: 'OFFICER', orgUnitId: station, backpackId: backpack } : undefined,
};

export const visitFact = await known.visit(visit);
export const application = { certType: 'ID_CARD', reason: 'EXPIRED', applicantId: applicant, originVisitId: visit };
export const photo = {
  sha256: 'a1'.repeat(32),
  widthPx: 358,
  heightPx: 441,
  background: 'WHITE',
  backdropUsed: true,
};
export const signed = { signer: 'SELF', verifiedChip: true, verifiedFinger: true };

export const stateOf = (given: Given) => given.state as Certificate;

export const nothing = Given.nothing(certificate).on('2022-08-30T02:00:00.000Z');

export const applied = async (changes: object = {}): Promise<Given> => {
  const input = { ...application, ...changes };
  const facts = await factsOf(takeCertificateApplication, input, known);
  return nothing.after(takeCertificateApplication, input, { facts });
};

export const submitted = async (changes: object = {}): Promise<Given> =>
  (await applied(changes))
    .after(recordSpecialPiConsent, { basis: 'STATUTORY_NOTICE', noticeVersion: '2022-1' })
    .after(capturePhoto, photo)
    .after(captureFingerprint, { vaultRef: 'vault:0192f0aa-0001' })
    .after(submitApplication, {});

export const accepted = async (changes: object = {}): Promise<Given> =>
  (await submitted(changes)).after(acceptCertificateApplication, { receiptNo: '受2022-0830' });

export const atStation = async (changes: object = {}): Promise<Given> =>
  (await accepted(changes)).after(produceCertificate, { batchNo: 'B-2022-09' }).after(receiveAtStation, {});

export const load = async (given: Given): Promise<Given> => {
  return given.after(loadIntoBackpack, {}, { facts: await factsOf(loadIntoBackpack, {}, known) });
};

export const loaded = async (changes: object = {}): Promise<Given> => load(await atStation(changes));
