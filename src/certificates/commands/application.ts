import { OFFICER_ROLES } from '../../access/roles.js';
import { commandsOf } from '../../commands/command.js';
import type { BirthFact, CertificateFact } from '../../commands/lookup.js';
import { residentBreaches } from '../../commands/registerRules.js';
import { visitBreaches } from '../../commands/visitRules.js';
import { decision } from '../../kernel/decider.js';
import { findDivision } from '../../kernel/divisions.js';
import { day, field } from '../../kernel/fields.js';
import { addDays, addMonths } from '../../kernel/legalDay.js';
import { ADULT_AGE, ageOn } from '../../kernel/residentNumber.js';
import { unless } from '../../kernel/ruleSet.js';
import { type Certificate, certificate } from '../certificate.js';
import { certificateEvents } from '../events.js';
import { APPLIES_FROM_AGE, MOST_MONTHS_OF_A_FORM, NEEDS_FINGERPRINT, NEEDS_PHOTO, TERM_DAYS } from '../terms.js';
import { takingDown } from './guards.js';

const command = commandsOf(certificate);
const { certType, reason, applicantId, guardianId, originVisitId, needId, replacesId, divisionCode } =
  certificateEvents.CertificateApplicationTaken.data.shape;

const isUnder = (age: number, resident: BirthFact | undefined, today: string): boolean =>
  resident?.birthDate !== undefined && ageOn(resident.birthDate, today) < age;

interface Replacement {
  readonly certType: string;
  readonly applicantId: string;
  readonly replacesId?: string | undefined;
}

/** A defect opens a new request, linked to the certificate that has it. */
function replacementBreaches(
  { certType, applicantId, replacesId }: Replacement,
  replaced: CertificateFact | undefined,
) {
  if (replacesId === undefined) return [];
  if (replaced === undefined) return unless(false, 'CERTIFICATE_UNKNOWN', 'replacesId');
  return [
    ...unless(
      replaced.applicantId === applicantId && replaced.certType === certType,
      'REPLACES_ANOTHERS',
      'replacesId',
    ),
    ...unless(replaced.ended, 'REPLACED_NOT_ENDED', 'replacesId'),
  ];
}

export const takeCertificateApplication = command({
  name: 'takeCertificateApplication',
  label: { zh: '上门受理申请', en: 'Take an application at the door' },
  description: 'Takes an application for a certificate, at the home of the applicant.',
  citation: 'ID Law arts 7, 10',
  creates: true,
  roles: OFFICER_ROLES,
  input: {
    certType,
    reason,
    applicantId,
    guardianId,
    originVisitId,
    needId,
    replacesId,
    divisionCode: field(
      divisionCode.unwrap(),
      '区划代码',
      'Township in which it was taken; that of the visit, if left out',
    ).optional(),
  },
  facts: async (input, _state, lookup) => ({
    applicant: await lookup.residentWithBirthDate(input.applicantId),
    guardian: input.guardianId ? await lookup.residentWithBirthDate(input.guardianId) : undefined,
    visit: input.originVisitId ? await lookup.visit(input.originVisitId) : undefined,
    need: input.needId ? await lookup.need(input.needId) : undefined,
    replaced: input.replacesId ? await lookup.certificate(input.replacesId) : undefined,
  }),
  decide: (_state, input, { facts, actor, today }) => {
    const guardianFits = input.guardianId !== input.applicantId && !isUnder(ADULT_AGE, facts.guardian, today);
    return decision(
      [
        ...residentBreaches(facts.applicant, 'applicantId'),
        ...(input.guardianId ? residentBreaches(facts.guardian, 'guardianId') : []),
        ...visitBreaches({ field: 'originVisitId', id: input.originVisitId, visit: facts.visit, ...actor }),
        ...unless(!input.needId || facts.need !== undefined, 'NEED_UNKNOWN', 'needId'),
        ...replacementBreaches(input, facts.replaced),
        ...unless(
          !input.divisionCode || findDivision(input.divisionCode) !== undefined,
          'DIVISION_UNKNOWN',
          'divisionCode',
        ),
        ...unless(
          input.guardianId !== undefined || !isUnder(APPLIES_FROM_AGE, facts.applicant, today),
          'GUARDIAN_REQUIRED',
          'guardianId',
        ),
        ...unless(!input.guardianId || guardianFits, 'GUARDIAN_UNFIT', 'guardianId'),
      ],
      () => [
        {
          type: 'CertificateApplicationTaken',
          data: {
            certType: input.certType,
            reason: input.reason,
            applicantId: input.applicantId,
            guardianId: input.guardianId,
            originVisitId: input.originVisitId,
            needId: input.needId,
            replacesId: input.replacesId,
            divisionCode: input.divisionCode ?? facts.visit?.divisionCode,
          },
        },
      ],
    );
  },
});

const isComplete = ({ application, photo, fingerprint }: Certificate) => {
  const type = application?.certType;
  return [
    ...unless(!type || !NEEDS_PHOTO.includes(type) || photo !== undefined, 'NO_PHOTO'),
    ...unless(!type || !NEEDS_FINGERPRINT.includes(type) || fingerprint !== undefined, 'NO_FINGERPRINT'),
  ];
};

const formDateBreaches = (standing: string | undefined, given: string | undefined, today: string) => {
  if (given === undefined) return [];
  if (standing !== undefined) return unless(given === standing, 'FORM_DATE_STANDS', 'formDate');
  return [
    ...unless(given <= today, 'FORM_DATED_AHEAD', 'formDate'),
    ...unless(given >= addMonths(today, -MOST_MONTHS_OF_A_FORM), 'FORM_DATED_LONG_AGO', 'formDate'),
  ];
};

export const submitApplication = command({
  name: 'submitApplication',
  label: { zh: '上报', en: 'Submit an application' },
  description: 'Reports an application up to the county. The term runs from the day of the form.',
  citation: 'ID Law art. 12',
  roles: OFFICER_ROLES,
  input: {
    formDate: field(
      day(),
      '登记表日期',
      'Legal day of the form, today if left out. It stands: a supplement does not begin the term anew',
    ).optional(),
  },
  conflictsWith: ['ApplicationSubmitted', 'CertificateCancelled'],
  guard: state => [...takingDown(state), ...isComplete(state)],
  decide: (state, input, { today }) => {
    const formDate = state.formDate ?? input.formDate ?? today;
    const term = TERM_DAYS[state.application!.certType];
    const dueDate = state.dueDate ?? (term === undefined ? undefined : addDays(formDate, term));
    return decision(formDateBreaches(state.formDate, input.formDate, today), () => [
      { type: 'ApplicationSubmitted', data: { formDate, dueDate } },
    ]);
  },
});
