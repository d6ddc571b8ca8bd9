import { documentView } from '../projections/documentView.js';
import { daysToClose, isLoopClosed, need } from './need.js';

export const needView = documentView('need', need, {
  version: 4,
  columns: {
    status: 'text',
    orgUnitId: 'text',
    category: 'text',
    divisionCode: 'text',
    residentId: 'text',
    officerId: 'text',
    raisedOn: 'text',
    closedOn: 'text',
    loopClosed: 'integer',
    daysToClose: 'integer',
  },
  indexes: [
    ['lastRecordedAt', 'id'],
    ['orgUnitId', 'status'],
    ['orgUnitId', 'raisedOn'],
    ['residentId'],
    ['officerId', 'closedOn'],
    ['closedOn', 'raisedOn', 'id'],
  ],
  row: ({ state }) => ({
    status: need.statusOf(state),
    orgUnitId: state.orgUnitId,
    category: state.category,
    divisionCode: state.divisionCode,
    residentId: state.residentId,
    officerId: state.officerId,
    raisedOn: state.raisedOn,
    closedOn: state.closedOn,
    loopClosed: isLoopClosed(state) ? 1 : 0,
    daysToClose: daysToClose(state),
  }),
});
