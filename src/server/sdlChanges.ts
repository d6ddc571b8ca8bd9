import { buildSchema, findBreakingChanges } from 'graphql';

/** What in one version of the SDL breaks clients of another, in the words of graphql-js: `Dispute.place was removed.` */
const breakingChanges = (before: string, after: string): readonly string[] =>
  findBreakingChanges(buildSchema(before), buildSchema(after)).map(({ description }) => description);

/** Lines of a changelog that name a change. */
const entriesOf = (changelog: string): readonly string[] => changelog.split('\n').filter(line => line.startsWith('- '));

/** Breaking changes that no entry of the changelog names, word for word. */
export function unnamedChanges(before: string, after: string, changelog: string): readonly string[] {
  const entries = entriesOf(changelog);
  return breakingChanges(before, after).filter(change => !entries.some(entry => entry.includes(change)));
}
