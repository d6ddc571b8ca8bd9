import { documentView } from '../../projections/documentView.js';
import { mediator, mediatorStatus } from './mediator.js';

export const mediatorView = documentView('mediator', mediator, {
  version: 1,
  columns: { orgUnitId: 'text', category: 'text', status: 'text', officerId: 'text' },
  indexes: [['orgUnitId'], ['officerId']],
  row: ({ state }) => ({
    orgUnitId: state.orgUnitId,
    category: state.category,
    status: mediatorStatus(state),
    officerId: state.officerId,
  }),
});
