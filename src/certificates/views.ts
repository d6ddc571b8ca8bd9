import { NO_DAY } from '../kernel/legalDay.js';
import { documentView } from '../projections/documentView.js';
import { certificate, hasEnded, holderOf } from './certificate.js';

export const certificateView = documentView('certificate', certificate, {
  version: 5,
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
    dueDate: state.dueDate ?? NO_DAY,
    ended: hasEnded(state) ? 1 : 0,
  }),
});
