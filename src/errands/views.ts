import { documentView } from '../projections/documentView.js';
import { errand } from './errand.js';

export const errandView = documentView('errand', errand, {
  version: 2,
  columns: {
    status: 'text',
    orgUnitId: 'text',
    kind: 'text',
    divisionCode: 'text',
    residentId: 'text',
    officerId: 'text',
    count: 'integer',
  },
  indexes: [['lastRecordedAt', 'id'], ['orgUnitId', 'status'], ['residentId'], ['officerId', 'status']],
  row: ({ state }) => ({
    status: errand.statusOf(state),
    orgUnitId: state.orgUnitId,
    kind: state.kind,
    divisionCode: state.divisionCode,
    residentId: state.residentId,
    officerId: state.officerId,
    count: state.count,
  }),
});
