import { documentView } from '../projections/documentView.js';
import { certificate, hasEnded, holderOf } from './certificate.js';

/** Sorts what has no term behind everything that has one. */
export const NO_DUE_DATE = '9999-12-31';

export const certificateView = documentView('certificate', certificate, {
  version: 3,
  columns: {
    status: 'text',
    orgUnitId: 'text',
    applicantId: 'text',
    replacesId: 'text',
    divisionCode: 'text',
    certType: 'text',
    backpackId: 'text',
    holderId: 'text',
    dueDate: 'text',
    ended: 'integer',
  },
  indexes: [
    ['dueDate', 'id'],
    ['lastRecordedAt', 'id'],
    ['orgUnitId', 'status'],
    ['applicantId'],
    ['replacesId'],
    ['backpackId'],
    ['holderId'],
  ],
  row: ({ state }) => ({
    status: certificate.statusOf(state),
    orgUnitId: state.orgUnitId,
    applicantId: state.application?.applicantId,
    replacesId: state.application?.replacesId,
    divisionCode: state.divisionCode,
    certType: state.application?.certType,
    backpackId: holderOf(state)?.backpackId,
    holderId: holderOf(state)?.id,
    dueDate: state.dueDate ?? NO_DUE_DATE,
    ended: hasEnded(state) ? 1 : 0,
  }),
});
