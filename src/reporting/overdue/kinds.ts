import type { Certificate } from '../../certificates/certificate.js';
import { certificateBinding } from '../../certificates/graphql.js';
import type { RowQuery } from '../../graphql/connection.js';
import type { NounBinding } from '../../graphql/context.js';
import { NO_DAY } from '../../kernel/legalDay.js';
import type { DisputeStatus } from '../../mediation/codes.js';
import { UNDER_MEDIATION } from '../../mediation/commands/command.js';
import { disputeBinding } from '../../mediation/graphql/binding.js';
import type { Dispute } from '../../mediation/state.js';
import { openFollowUp } from '../../mediation/views.js';
import type { OverdueKind } from './overdueType.js';

/** Which nouns have a last day of this kind, and which day it is. */
interface Term {
  readonly binding: NounBinding;
  readonly column: string;
  /** Rows for which the day still matters. */
  readonly open: (rows: RowQuery) => RowQuery;
  readonly dueDateOf: (state: unknown) => string;
}

/** Where a follow-up can be made: after closing too, but neither once the case is archived nor while it is open again. */
const FOLLOWED_UP: readonly DisputeStatus[] = ['PERFORMING', 'PERFORMED', 'BREACHED', 'TERMINATED', 'CLOSED'];

export const TERMS: Readonly<Record<OverdueKind, Term>> = {
  CERT: {
    binding: certificateBinding,
    column: 'dueDate',
    open: rows => rows.where('ended', '=', 0),
    dueDateOf: state => (state as Certificate).dueDate ?? NO_DAY,
  },
  MEDIATION: {
    binding: disputeBinding,
    column: 'dueDate',
    open: rows => rows.where('status', 'in', [...UNDER_MEDIATION]),
    dueDateOf: state => (state as Dispute).dueDate ?? NO_DAY,
  },
  FOLLOW_UP: {
    binding: disputeBinding,
    column: 'followUpDueOn',
    open: rows => rows.where('status', 'in', [...FOLLOWED_UP]),
    dueDateOf: state => openFollowUp(state as Dispute),
  },
};
