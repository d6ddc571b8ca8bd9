import type { ClassType } from 'type-graphql';
import { type AnyCommand, bind } from '../commands/command.js';
import type { AnyAggregate, Snapshot } from '../kernel/decider.js';
import type { Known, NounBinding } from './services.js';

interface Noun<State> extends Pick<NounBinding, 'view' | 'readers'> {
  readonly aggregate: AnyAggregate & { readonly initial: State };
  readonly commands: readonly AnyCommand[];
  readonly type: ClassType<object, [snapshot: Snapshot<State>, known?: Known]>;
}

/** Makes a noun known to the API: from here on its state has no type of its own. */
export const bindNoun = <State>({ aggregate, view, commands, readers, type: Type }: Noun<State>): NounBinding => ({
  aggregate,
  view,
  commands: commands.map(command => bind(aggregate, command)),
  readers,
  type: Type,
  wrap: (snapshot, known) => new Type(snapshot as Snapshot<State>, known),
});
