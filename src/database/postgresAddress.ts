/** What may be shown of a connection string: never its password, nor its parameters, which may hold one too. */
export interface PostgresAddress {
  readonly shown: string;
}

/**
 * Undefined for what is no connection string. Strict about the path: a password with an unescaped `/` in it moves the
 * password's end there, and what is shown would tell it.
 */
export function parsePostgresAddress(text: string): PostgresAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, host, pathname } = new URL(text);
  if (!/^postgres(ql)?:$/.test(protocol) || host === '' || !/^\/[^/@]+$/.test(pathname)) return undefined;
  return { shown: `${protocol}//${username ? `${username}@` : ''}${host}${pathname}` };
}
