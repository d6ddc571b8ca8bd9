/** What may be shown of a connection string: never its password, nor its parameters, which may hold one too. */
export interface PostgresAddress {
  readonly shown: string;
}

/** What is said of a text that is no such string. */
export const POSTGRES_RULE =
  'must be postgres://user:password@host:port/database, with signs such as @ and / in the password percent-encoded';

const PROTOCOL = /^postgres(ql)?:/i;

/** Whether a text means a PostgreSQL database, rightly written or not. */
export const isPostgresAddress = (text: string): boolean => PROTOCOL.test(text);

/**
 * Undefined for what is no connection string. Strict about the path: a password with an unescaped `/` in it moves the
 * password's end there, and what is shown would tell it.
 */
export function parsePostgresAddress(text: string): PostgresAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, host, pathname } = new URL(text);
  if (!PROTOCOL.test(protocol) || host === '' || !/^\/[^/@]+$/.test(pathname)) return undefined;
  return { shown: `${protocol}//${username ? `${username}@` : ''}${host}${pathname}` };
}
