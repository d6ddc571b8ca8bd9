/**
 * Names of the advisory locks on PostgreSQL: one each, since one database may hold everything. Any number does that no
 * other program takes; a number stays what it is, as processes of two releases run side by side.
 */
export const ADVISORY_LOCKS = {
  /** Of whoever writes to the tables that are served; held for a transaction. */
  readModel: 357_628_635_244,
  /** Of the process that runs the projections; held for a session. */
  leader: 357_628_635_245,
  /** Of whoever writes to the tables that are built beside those; held for a transaction. */
  besideReadModel: 357_628_635_246,
  /** Of whoever makes an index for text search; held for a session. */
  textIndex: 357_628_635_247,
  /** Of whoever makes the tables of a vault; held for a transaction. */
  vaultTables: 357_628_635_248,
  /** Of whoever makes the tables of a control store; held for a transaction. */
  controlTables: 357_628_635_249,
} as const;
