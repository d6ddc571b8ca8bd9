import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { categoryOf } from '../kernel/ids.js';
import type { RequestContext } from './context.js';
import { Node } from './recorded.js';

@Resolver()
export class NodeQueries {
  @Query(() => Node, {
    nullable: true,
    description: 'Any noun by its id (Relay). NOT_FOUND for what is not there, or not there for you.',
  })
  node(
    @Arg('id', () => ID, { description: 'Id of the noun, `dispute-0192…`.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Node> {
    return loaders.required<Node>(id, categoryOf(id));
  }
}
