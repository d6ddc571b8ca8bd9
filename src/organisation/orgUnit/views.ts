import { documentView } from '../../projections/documentView.js';
import { orgUnit } from './orgUnit.js';

export const orgUnitView = documentView('org_unit', orgUnit, {
  version: 1,
  columns: { level: 'text', parentId: 'text', name: 'text' },
  indexes: [['parentId'], ['level', 'id']],
  row: ({ state }) => ({ level: state.level, parentId: state.parentId, name: state.name }),
});
