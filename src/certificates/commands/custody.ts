import { OFFICER_ROLES, STATION_ROLES } from '../../access/roles.js';
import { commandsOf } from '../../commands/command.js';
import { decision } from '../../kernel/decider.js';
import { field, idOf } from '../../kernel/fields.js';
import { unless } from '../../kernel/ruleSet.js';
import { type Certificate, certificate, isCarried } from '../certificate.js';
import { certificateEvents } from '../events.js';
import { atStation, carried, notEnded, onVisit, produced } from './guards.js';

const command = commandsOf(certificate);
const { visitId } = certificateEvents.DeliveryAttempted.data.shape;

/** After a failed attempt the certificate should have gone back first. */
const wasReturned = ({ status }: Certificate) => unless(status !== 'DELIVERY_FAILED', 'NOT_RETURNED');

export const receiveAtStation = command({
  name: 'receiveAtStation',
  label: { zh: '到所', en: 'Receive a certificate at the station' },
  description: 'Records that the certificate came from the county: the chain of custody begins.',
  roles: OFFICER_ROLES,
  input: {},
  guard: produced,
  decide: state => decision([], () => [{ type: 'ReceivedAtStation', data: { stationId: state.orgUnitId! } }]),
});

export const loadIntoBackpack = command({
  name: 'loadIntoBackpack',
  label: { zh: '装包', en: 'Load a certificate into a backpack' },
  description: 'Hands the certificate to the officer of the station who holds the backpack.',
  roles: OFFICER_ROLES,
  input: {
    backpackId: field(
      idOf('backpack'),
      '背包',
      'Backpack that it goes into; that of whoever loads it, if left out',
    ).optional(),
  },
  conflictsWith: ['LoadedIntoBackpack', 'CertificateDelivered', 'CertificateCancelled'],
  guard: atStation,
  facts: async (input, _state, lookup, { actor }) => {
    const backpackId = input.backpackId ?? (await lookup.officer(actor.actorId))?.backpackId;
    const officerId = backpackId && (await lookup.holderOfBackpack(backpackId));
    if (!backpackId || !officerId) return undefined;
    return { backpackId, officerId, orgUnitId: (await lookup.officer(officerId))?.orgUnitId };
  },
  decide: (state, _input, { facts }) =>
    decision(
      unless(facts !== undefined && facts.orgUnitId === state.orgUnitId, 'BACKPACK_NOT_OF_STATION', 'backpackId'),
      () => [{ type: 'LoadedIntoBackpack', data: { backpackId: facts!.backpackId, officerId: facts!.officerId } }],
    ),
});

export const attemptDelivery = command({
  name: 'attemptDelivery',
  label: { zh: '送证', en: 'Attempt a delivery' },
  description: 'Records that the certificate was taken to the door.',
  roles: STATION_ROLES,
  input: { visitId },
  guard: state => [...carried(state), ...unless(state.status !== 'DELIVERING', 'ALREADY_AT_DOOR')],
  facts: async (input, _state, lookup) => (input.visitId ? await lookup.visit(input.visitId) : undefined),
  decide: (state, input, { facts, actor }) =>
    decision([...wasReturned(state), ...onVisit(state, input.visitId, facts, actor)], () => [
      { type: 'DeliveryAttempted', data: { attempt: state.attempts + 1, visitId: input.visitId } },
    ]),
});

export const failDelivery = command({
  name: 'failDelivery',
  label: { zh: '未送达', en: 'Fail a delivery' },
  description: 'Records that the certificate could not be handed over, and why; also that it was tried, if need be.',
  roles: STATION_ROLES,
  input: { reason: certificateEvents.DeliveryFailed.data.shape.reason, visitId },
  guard: carried,
  facts: async (input, _state, lookup) => (input.visitId ? await lookup.visit(input.visitId) : undefined),
  decide: (state, input, { facts, actor }) => {
    const underWay = state.status === 'DELIVERING';
    const attempt = underWay ? state.attempts : state.attempts + 1;
    return decision([...wasReturned(state), ...onVisit(state, input.visitId, facts, actor)], () => [
      ...(underWay ? [] : [{ type: 'DeliveryAttempted' as const, data: { attempt, visitId: input.visitId } }]),
      { type: 'DeliveryFailed', data: { reason: input.reason, attempt } },
    ]);
  },
});

export const returnCertificate = command({
  name: 'returnCertificate',
  label: { zh: '退回派出所', en: 'Return a certificate to the station' },
  description: 'Takes the certificate back from the officer who carried it.',
  roles: OFFICER_ROLES,
  input: {},
  guard: carried,
  decide: state => decision([], () => [{ type: 'CertificateReturned', data: { stationId: state.orgUnitId! } }]),
});

export const cancelCertificate = command({
  name: 'cancelCertificate',
  label: { zh: '取消', en: 'Cancel a certificate' },
  description: 'Ends the matter without a certificate being handed over.',
  roles: OFFICER_ROLES,
  input: { reason: certificateEvents.CertificateCancelled.data.shape.reason },
  conflictsWith: ['LoadedIntoBackpack', 'CertificateDelivered'],
  guard: state => [...notEnded(state), ...unless(!isCarried(state), 'RETURN_FIRST')],
  decide: (_state, input) => decision([], () => [{ type: 'CertificateCancelled', data: { reason: input.reason } }]),
});
