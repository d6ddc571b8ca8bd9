import { createHash } from 'node:crypto';
import { type GraphQLError, type GraphQLSchema, parse, specifiedRules, type ValidationRule, validate } from 'graphql';
import { apiError } from './errors.js';

/** The documents that clients may run, when they may run no others: texts by id, and by their SHA-256 (hexadecimal). */
export type TrustedDocuments = ReadonlyMap<string, string>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const isTextById = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every(text => typeof text === 'string');

/** Of a JSON object of texts by id, as tools that collect a client's documents write it; undefined for anything else. */
export function trustedDocuments(json: string): TrustedDocuments | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isTextById(value)) return undefined;
  return new Map(Object.entries(value).flatMap(([id, text]) => [[id, text] as const, [sha256(text), text] as const]));
}

/** What is wrong with the first of them that no client could run; undefined when all are valid. */
export function invalidDocument(
  schema: GraphQLSchema,
  documents: TrustedDocuments,
  rules: readonly ValidationRule[],
): string | undefined {
  for (const [id, text] of documents) {
    const reason = reasonAgainst(schema, text, rules);
    if (reason !== undefined) return `holds the document ${id}, which is not valid: ${reason}`;
  }
  return undefined;
}

function reasonAgainst(schema: GraphQLSchema, text: string, rules: readonly ValidationRule[]): string | undefined {
  try {
    return validate(schema, parse(text), [...specifiedRules, ...rules])[0]?.message;
  } catch (error) {
    return (error as GraphQLError).message;
  }
}

/**
 * What a request asks for: by `documentId` (an id, or `sha256:` and the hash), or as the text of a trusted document.
 * Over WebSocket, whose protocol wants a query always, the query beside a `documentId` is empty.
 * An error for everything else.
 */
export function trustedText(
  documents: TrustedDocuments,
  { query, documentId }: { readonly query?: unknown; readonly documentId?: unknown },
): string | GraphQLError {
  const named = typeof documentId === 'string' ? documents.get(documentId.replace(/^sha256:/, '')) : undefined;
  if (named !== undefined) return named;
  if (documentId === undefined && typeof query === 'string' && documents.has(sha256(query))) return query;
  return apiError(
    'DOCUMENT_NOT_TRUSTED',
    'This server runs no documents but those that it was given: send the documentId of one, or its text unchanged',
  );
}
