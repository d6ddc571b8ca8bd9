import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { inUtc } from '../kernel/instant.js';
import { isLegalDay } from '../kernel/legalDay.js';
import { isPosition } from '../kernel/position.js';

const bad = (name: string, rule: string) =>
  new GraphQLError(`${name} ${rule}`, { extensions: { code: 'BAD_USER_INPUT' } });

/** A scalar that is text in JSON and is checked on its way in. */
function textScalar(
  name: string,
  description: string,
  rule: string,
  fits: (text: string) => boolean,
  answered: (text: string) => string = text => text,
) {
  const check = (value: unknown): string => {
    if (typeof value !== 'string' || !fits(value)) throw bad(name, rule);
    return value;
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: value => answered(String(value)),
    parseValue: check,
    parseLiteral: node => check(node.kind === Kind.STRING ? node.value : undefined),
  });
}

const isInstant = (text: string) =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
  isLegalDay(text.slice(0, 10)) &&
  !Number.isNaN(Date.parse(text));

export const DateScalar = textScalar(
  'Date',
  'A legal day in Asia/Shanghai, `2022-10-18`.',
  'must be a real calendar day, as in 2022-10-18',
  isLegalDay,
);

export const DateTimeScalar = textScalar(
  'DateTime',
  'An instant, ISO 8601 with its offset, `2022-10-18T09:30:00+08:00`; answered in UTC.',
  'must be an instant with an offset, as in 2022-10-18T09:30:00+08:00',
  isInstant,
  // Some were recorded as their clients wrote them. What is in UTC already, as nearly all is, costs nothing.
  instant => (instant.endsWith('Z') ? instant : inUtc(instant)),
);

export const PositionScalar = textScalar(
  'Position',
  'A place in the one order of all events; larger is later. Text, since it may not fit a number.',
  'must be a position that this API gave out',
  isPosition,
);

const masked = (name: string, what: string) =>
  new GraphQLScalarType<string, string>({
    name,
    description: `${what} Never the value itself: output only.`,
    serialize: value => String(value),
  });

export const NameMasked = masked('NameMasked', 'A name as the public may see it: `刘某`; `***` for a minor.');
export const ResidentNumberMasked = masked(
  'ResidentNumberMasked',
  'A resident number, first two and last four characters: `62************001X`.',
);
export const PhoneMasked = masked('PhoneMasked', 'A phone number without its middle: `138****1234`.');
export const AddressMasked = masked('AddressMasked', 'An address down to the village.');

const isFen = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export const FenScalar = new GraphQLScalarType<number, number>({
  name: 'Fen',
  description: 'Money in fen (分), a hundredth of a yuan: a whole number of 0 or more.',
  serialize: value => value as number,
  parseValue: value => {
    if (!isFen(value)) throw bad('Fen', 'must be a whole number of 0 or more');
    return value;
  },
  parseLiteral: node => {
    const value = node.kind === Kind.INT ? Number(node.value) : undefined;
    if (!isFen(value)) throw bad('Fen', 'must be a whole number of 0 or more');
    return value;
  },
});

export const Json = GraphQLJSON;
