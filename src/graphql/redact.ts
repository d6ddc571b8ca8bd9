import { type ASTNode, Kind, visit } from 'graphql';

const STAND_IN = '[value]';

const escapeForRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Every text and number inside a value of JSON. */
function leavesOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** Every text and number written in a piece of a query; a name too, where it stands alone in the place of an enum value. */
export function literalsIn(nodes: readonly ASTNode[]): string[] {
  const literals: string[] = [];
  const collect = (node: { readonly value: string }) => void literals.push(node.value);
  for (const node of nodes) {
    if (node.kind === Kind.ENUM) collect(node);
    visit(node, { StringValue: collect, IntValue: collect, FloatValue: collect });
  }
  return literals;
}

/**
 * A message without the values that it repeats: they may be personal, and messages end up in logs and screenshots.
 * Only whole words are taken out, quoted or not, so that the rule itself stays readable.
 */
export function withoutValues(message: string, values: unknown): string {
  const longestFirst = leavesOf(values)
    .filter(leaf => leaf !== '')
    .sort((a, b) => b.length - a.length);
  return longestFirst.reduce((text, leaf) => {
    const quoted = text.replaceAll(JSON.stringify(leaf), STAND_IN);
    return quoted.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escapeForRegExp(leaf)}(?![\\p{L}\\p{N}])`, 'gu'), STAND_IN);
  }, message);
}
