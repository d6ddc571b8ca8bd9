import { OFFICER_ROLES } from '../../access/roles.js';
import { commandsOf, type DecisionContext } from '../../commands/command.js';
import { decision } from '../../kernel/decider.js';
import { field, idOf, line } from '../../kernel/fields.js';
import { unless } from '../../kernel/ruleSet.js';
import { type Certificate, certificate, holderOf } from '../certificate.js';
import type { SignerRelation } from '../codes.js';
import { certificateEvents } from '../events.js';
import { isWaivable, oldCardOutcome } from '../terms.js';
import { atStation, carried, notEnded, onVisit } from './guards.js';

const command = commandsOf(certificate);
const { signer, authorisationNo, verifiedChip, verifiedFinger } = certificateEvents.CertificateDelivered.data.shape;

const signature = {
  signer,
  proxyName: field(line(80), '代领人姓名', 'Name of the proxy').optional(),
  authorisationNo,
  verifiedChip,
  verifiedFinger,
};

interface Signature {
  readonly signer: SignerRelation;
  readonly proxyName?: string | undefined;
  readonly authorisationNo?: string | undefined;
  readonly verifiedChip: boolean;
  readonly verifiedFinger: boolean;
}

const oldCardOf = ({ application, oldCard }: Certificate) =>
  application ? oldCardOutcome(application, oldCard) : undefined;

const oldCardSettled = (state: Certificate) =>
  unless(oldCardOf(state) !== undefined, 'OLD_CARD_REQUIRED', 'certificateId');

/** The chip of an identity card, and the fingers of a holder who signs and gave prints. */
const isVerified = ({ application, fingerprint }: Certificate, given: Signature): boolean => {
  if (application?.certType !== 'ID_CARD') return true;
  const hasPrints = given.signer === 'SELF' && fingerprint === 'CAPTURED';
  return given.verifiedChip && (given.verifiedFinger || !hasPrints);
};

const breachesOf = (state: Certificate, given: Signature, today: string) => [
  ...unless(
    given.signer !== 'PROXY' || (given.proxyName !== undefined && given.authorisationNo !== undefined),
    'AUTHORISATION_REQUIRED',
    'authorisationNo',
  ),
  ...unless(given.signer !== 'GUARDIAN' || state.application?.guardianId !== undefined, 'GUARDIAN_NOT_NAMED', 'signer'),
  ...unless(isVerified(state, given), 'NOT_VERIFIED', 'verifiedChip'),
  ...unless(state.dueDate === undefined || today <= state.dueDate, 'DEADLINE_MISSED'),
];

const handedOver = (state: Certificate, given: Signature) => ({
  certType: state.application!.certType,
  applicantId: state.application!.applicantId,
  signer: given.signer,
  proxyName: given.proxyName,
  authorisationNo: given.authorisationNo,
  verifiedChip: given.verifiedChip,
  verifiedFinger: given.verifiedFinger,
  oldCard: oldCardOf(state)!,
});

const carriedBy = (state: Certificate, { actorId }: DecisionContext['actor']) =>
  unless(holderOf(state)?.id === actorId, 'CARRIED_BY_ANOTHER');

export const deliverCertificate = command({
  name: 'deliverCertificate',
  label: { zh: '送证上门', en: 'Deliver a certificate' },
  description: 'Records that the certificate was handed over at the door and signed for: 1 枚.',
  citation: 'ID Law arts 11, 12',
  roles: OFFICER_ROLES,
  input: { visitId: field(idOf('visit'), '送证走访', 'Visit on which it was handed over'), ...signature },
  conflictsWith: ['CertificateReturned', 'CertificateDelivered', 'CertificateCancelled'],
  guard: state => [...carried(state), ...oldCardSettled(state)],
  facts: (input, _state, lookup) => lookup.visit(input.visitId),
  decide: (state, input, { facts, actor, today }) =>
    decision(
      [
        ...onVisit(state, input.visitId, facts, actor),
        ...breachesOf(state, input, today),
        ...carriedBy(state, actor),
        ...unless(state.status !== 'DELIVERY_FAILED', 'NOT_RETURNED'),
      ],
      () => [
        {
          type: 'CertificateDelivered',
          data: {
            ...handedOver(state, input),
            method: 'DOOR',
            visitId: input.visitId,
            attempt: state.status === 'DELIVERING' ? state.attempts : state.attempts + 1,
          },
        },
      ],
    ),
});

export const handOverAtCounter = command({
  name: 'handOverAtCounter',
  label: { zh: '窗口领取', en: 'Hand a certificate over at the counter' },
  description: 'Records that the certificate was collected at the station; it does not count as delivered to the door.',
  citation: 'ID Law arts 11, 12',
  roles: OFFICER_ROLES,
  input: signature,
  conflictsWith: ['LoadedIntoBackpack', 'CertificateDelivered', 'CertificateCancelled'],
  guard: state => [...atStation(state), ...oldCardSettled(state)],
  decide: (state, input, { today }) =>
    decision(breachesOf(state, input, today), () => [
      {
        type: 'CertificateDelivered',
        data: { ...handedOver(state, input), method: 'COUNTER', attempt: state.attempts },
      },
    ]),
});

export const surrenderOldCard = command({
  name: 'surrenderOldCard',
  label: { zh: '交回旧证', en: 'Surrender the old card' },
  description: 'Records that the applicant handed the old card back.',
  citation: 'ID Law art. 11',
  roles: OFFICER_ROLES,
  input: {},
  guard: state => [...notEnded(state), ...unless(state.oldCard !== 'SURRENDERED', 'OLD_CARD_SETTLED')],
  decide: state =>
    decision([], () => [{ type: 'OldCardSurrendered', data: { applicantId: state.application!.applicantId } }]),
});

export const waiveOldCard = command({
  name: 'waiveOldCard',
  label: { zh: '免交旧证', en: 'Waive the old card' },
  description: 'Says why no old card can be handed back, where the law does not insist on it.',
  citation: 'ID Law arts 11, 23',
  roles: OFFICER_ROLES,
  input: { reason: certificateEvents.OldCardWaived.data.shape.reason },
  guard: state => [
    ...notEnded(state),
    ...unless(state.oldCard === undefined, 'OLD_CARD_SETTLED'),
    ...unless(state.application !== undefined && isWaivable(state.application), 'OLD_CARD_NOT_WAIVABLE'),
  ],
  decide: (_state, input) => decision([], () => [{ type: 'OldCardWaived', data: { reason: input.reason } }]),
});
