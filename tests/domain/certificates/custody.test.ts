import { describe, expect, it } from 'vitest';
import { certificate, holderOf } from '../../../src/certificates/certificate.js';
import {
  attemptDelivery,
  cancelCertificate,
  failDelivery,
  loadIntoBackpack,
  receiveAtStation,
  returnCertificate,
} from '../../../src/certificates/commands/custody.js';
import {
  deliverCertificate,
  handOverAtCounter,
  surrenderOldCard,
} from '../../../src/certificates/commands/handover.js';
import { deviationsOf, Given, idFor, officerActor } from '../spec.js';
import { factsOf } from '../standInLookup.js';
import {
  accepted,
  atStation,
  backpack,
  chief,
  known,
  load,
  loaded,
  signed,
  stateOf,
  station,
  submitted,
  visit,
  visitFact,
} from './story.js';

const notHome = { reason: 'NOT_HOME' };
const stationHolder = { kind: 'STATION', id: station };
const officerHolder = { kind: 'OFFICER', id: officerActor.actorId, backpackId: backpack };

describe('the chain of custody', () => {
  it('two attempts with nobody at home, a third that succeeds: one handover', async () => {
    let given = await loaded();
    for (const _ of ['first', 'second'])
      given = await load(given.after(failDelivery, notHome).after(returnCertificate, {}));
    given = given.after(surrenderOldCard, {});
    const delivered = given.when(deliverCertificate, { visitId: visit, ...signed }, { facts: visitFact });
    expect(delivered.map(event => event.type)).toEqual(['CertificateDelivered']);
    expect(delivered[0]?.data).toMatchObject({ attempt: 3, method: 'DOOR' });
    expect(deviationsOf(delivered[0])).toEqual([]);

    const { custody, attempts } = stateOf(given.events(...delivered));
    expect(custody.map(link => link.event)).toEqual([
      'RECEIVED',
      'LOADED',
      'ATTEMPTED',
      'RETURNED',
      'LOADED',
      'ATTEMPTED',
      'RETURNED',
      'LOADED',
      'DELIVERED',
    ]);
    expect(custody.map(link => link.holder?.kind)).toEqual([
      'STATION',
      'OFFICER',
      'OFFICER',
      'STATION',
      'OFFICER',
      'OFFICER',
      'STATION',
      'OFFICER',
      'RECIPIENT',
    ]);
    expect(attempts).toBe(3);
  });

  it('begins at the station, once it is produced', async () => {
    expect(holderOf(stateOf(await atStation()))).toEqual(stationHolder);
    expect((await accepted()).refuses(receiveAtStation, {})).toEqual(['NOT_PRODUCED']);
    expect((await atStation()).refuses(receiveAtStation, {})).toEqual(['NOT_PRODUCED']);
  });

  it('says when each link came about', async () => {
    expect(stateOf(await atStation()).custody).toEqual([
      { event: 'RECEIVED', holder: stationHolder, at: '2022-08-30T02:00:00.000Z' },
    ]);
  });
});

describe('loading into a backpack', () => {
  it('hands it to whoever loads it', async () => {
    expect(holderOf(stateOf(await loaded()))).toEqual(officerHolder);
  });

  it('or to the officer who holds the backpack that is named', async () => {
    const input = { backpackId: backpack };
    const facts = await factsOf(loadIntoBackpack, input, known, chief);
    const [event] = (await atStation()).when(loadIntoBackpack, input, { facts, actor: chief });
    expect(event?.data).toEqual({ ...input, officerId: officerActor.actorId });
  });

  it('refuses to guess the backpack of who has none', async () => {
    const facts = await factsOf(loadIntoBackpack, {}, known, chief);
    expect((await atStation()).refuses(loadIntoBackpack, {}, { facts })).toEqual(['BACKPACK_NOT_OF_STATION']);
  });

  it('refuses a backpack that nobody holds, or an officer of another station', async () => {
    const given = await atStation();
    const nobodys = { backpackId: idFor('backpack', 'other') };
    const none = await factsOf(loadIntoBackpack, nobodys, known);
    expect(given.refuses(loadIntoBackpack, nobodys, { facts: none })).toEqual(['BACKPACK_NOT_OF_STATION']);
    const elsewhere = { ...known, officer: async () => ({ role: 'OFFICER', orgUnitId: idFor('orgunit', 'other') }) };
    const input = { backpackId: backpack };
    const facts = await factsOf(loadIntoBackpack, input, elsewhere);
    expect(given.refuses(loadIntoBackpack, input, { facts })).toEqual(['BACKPACK_NOT_OF_STATION']);
  });

  it('refuses what another holds, or what is not there yet', async () => {
    const input = { backpackId: backpack };
    expect((await loaded()).refuses(loadIntoBackpack, input)).toEqual(['RETURN_FIRST']);
    expect((await loaded()).after(failDelivery, notHome).refuses(loadIntoBackpack, input)).toEqual(['RETURN_FIRST']);
    expect((await submitted()).refuses(loadIntoBackpack, input)).toEqual(['NOT_AT_STATION']);
  });
});

describe('an attempt', () => {
  it('is counted, and the officer still holds the certificate', async () => {
    const given = (await loaded()).after(attemptDelivery, { visitId: visit }, { facts: visitFact });
    expect(stateOf(given)).toMatchObject({ status: 'DELIVERING', attempts: 1 });
    expect(holderOf(stateOf(given))).toEqual(officerHolder);
    expect(given.refuses(attemptDelivery, {})).toEqual(['ALREADY_AT_DOOR']);
  });

  it('that failed is one attempt, whether its begin was recorded or not', async () => {
    const begun = (await loaded()).after(attemptDelivery, {});
    expect(begun.when(failDelivery, notHome)).toEqual([{ type: 'DeliveryFailed', data: { ...notHome, attempt: 1 } }]);
    expect((await loaded()).when(failDelivery, notHome)).toEqual([
      { type: 'DeliveryAttempted', data: { attempt: 1 } },
      { type: 'DeliveryFailed', data: { ...notHome, attempt: 1 } },
    ]);
  });

  it('again without having returned is recorded, with the deviation', async () => {
    const failed = (await loaded()).after(failDelivery, notHome);
    expect(deviationsOf(failed.when(attemptDelivery, {})[0])).toEqual(['NOT_RETURNED']);
    expect(deviationsOf(failed.when(failDelivery, notHome)[0])).toEqual(['NOT_RETURNED']);
  });

  it('may be recorded by an auxiliary, who may not hand over', () => {
    expect(attemptDelivery.roles).toContain('AUXILIARY');
    expect(failDelivery.roles).toContain('AUXILIARY');
    for (const command of [deliverCertificate, handOverAtCounter, loadIntoBackpack, surrenderOldCard])
      expect(command.roles).not.toContain('AUXILIARY');
  });

  it('needs a certificate that is carried, and a visit that is recorded', async () => {
    expect((await atStation()).refuses(attemptDelivery, {})).toEqual(['NOT_CARRIED']);
    expect((await atStation()).refuses(failDelivery, notHome)).toEqual(['NOT_CARRIED']);
    expect((await atStation()).refuses(returnCertificate, {})).toEqual(['NOT_CARRIED']);
    const strange = { visitId: idFor('visit', 'none') };
    const facts = await factsOf(attemptDelivery, strange, known);
    expect((await loaded()).refuses(attemptDelivery, strange, { facts })).toEqual(['VISIT_UNKNOWN']);
    expect((await loaded()).refuses(failDelivery, { ...notHome, ...strange }, { facts })).toEqual(['VISIT_UNKNOWN']);
  });
});

describe('cancelling', () => {
  it('ends the matter', async () => {
    const cancelled = (await atStation()).after(cancelCertificate, { reason: 'WITHDRAWN' });
    expect(stateOf(cancelled).status).toBe('CANCELLED');
    expect(cancelled.refuses(cancelCertificate, { reason: 'WITHDRAWN' })).toEqual(['ALREADY_ENDED']);
    expect(cancelled.refuses(loadIntoBackpack, { backpackId: backpack })).toEqual(['ALREADY_ENDED']);
  });

  it('leaves no certificate in a backpack', async () => {
    expect((await loaded()).refuses(cancelCertificate, { reason: 'DEFECTIVE' })).toEqual(['RETURN_FIRST']);
  });
});

it('folds any part of a history', () => {
  const late = Given.nothing(certificate).events(
    { type: 'DeliveryAttempted', data: { attempt: 2 } },
    { type: 'DeliveryFailed', data: { reason: 'ROAD', attempt: 2 } },
    { type: 'CertificateReturned', data: { stationId: station } },
  );
  expect(stateOf(late)).toMatchObject({ status: 'AT_STATION', attempts: 2 });
  expect(certificate.statusOf(certificate.initial)).toBe('NONE');
});
