import { documentView } from '../../projections/documentView.js';
import { team } from './team.js';

export const teamView = documentView('mediation_team', team, {
  version: 1,
  columns: { orgUnitId: 'text', formedOn: 'text' },
  indexes: [['orgUnitId']],
  row: ({ state }) => ({ orgUnitId: state.orgUnitId, formedOn: state.formedOn }),
});
