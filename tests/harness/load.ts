import { newUuid } from '../../src/kernel/ids.js';
import type { Member } from './cluster.js';
import { newId } from './testSatchel.js';

const REGISTER = `mutation Do($input: RegisterOrgUnitInput!) {
  registerOrgUnit(input: $input) { orgUnit { id } consistencyToken errors { code } } }`;

export interface Acknowledged {
  readonly id: string;
  readonly consistencyToken: string;
  /** Whether the answer showed what was recorded: its views were up in time. */
  readonly shown: boolean;
}

/**
 * Writers that register stations one after the other, each command at the next of the members. One that is not
 * answered is sent again, unchanged, until it is.
 */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  private ending = false;
  private readonly writers: Promise<void>[];

  constructor(
    private readonly county: string,
    private readonly members: () => readonly Member[],
    writers = 4,
  ) {
    this.writers = Array.from({ length: writers }, (_, index) => this.write(index));
  }

  /** Ends after the commands under way. */
  async end(): Promise<readonly Acknowledged[]> {
    this.ending = true;
    await Promise.all(this.writers);
    return this.acknowledged;
  }

  private async write(first: number): Promise<void> {
    for (let turn = first; !this.ending; turn++) {
      const id = newId('orgunit');
      const input = { commandId: newUuid(), id, name: '派出所', level: 'STATION', parentId: this.county };
      for (let answer: Acknowledged | undefined; !answer; turn++) {
        answer = await this.send(this.members()[turn % this.members().length]!, input);
        if (answer) this.acknowledged.push(answer);
      }
    }
  }

  private async send(member: Member, input: { readonly id: string }): Promise<Acknowledged | undefined> {
    const answer = await member.ask(REGISTER, { input }, {}).catch(() => undefined);
    const done = answer?.data?.registerOrgUnit;
    if (!done) return undefined;
    if (done.errors.length > 0) throw new Error(`A command was refused: ${JSON.stringify(done.errors)}`);
    return { id: input.id, consistencyToken: done.consistencyToken, shown: done.orgUnit?.id === input.id };
  }
}
