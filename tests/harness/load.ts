import { newUuid } from '../../src/kernel/ids.js';
import type { Member } from './cluster.js';
import { newId } from './testSatchel.js';

/** Who hands out leaflets, and a visit for each writer on which it does. */
export interface Leaflets {
  readonly token: string;
  readonly visits: readonly string[];
}

export interface Acknowledged {
  readonly id: string;
  /** The command that brought it about. */
  readonly commandId: string;
  readonly consistencyToken: string;
  /** Whether the answer showed what was recorded: its views were up in time. */
  readonly shown: boolean;
}

interface Deed {
  readonly mutation: string;
  readonly input: { readonly commandId: string } & object;
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
}

const mutationOf = (
  command: string,
  noun: string,
): string => `mutation Do($input: ${command[0]!.toUpperCase()}${command.slice(1)}Input!) {
  done: ${command}(input: $input) { noun: ${noun} { id } consistencyToken errors { code } } }`;

/**
 * Writers that register stations and hand out leaflets in turn, each command at the next of the members. One that is
 * not answered is sent again, unchanged, until it is. Leaflets are added up: taken in twice, they would be too many.
 */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  private ending = false;
  private hungUp = new AbortController();
  private readonly writers: Promise<void>[];

  constructor(
    private readonly county: string,
    private readonly leaflets: Leaflets,
    private readonly members: () => readonly Member[],
  ) {
    this.writers = leaflets.visits.map((visitId, index) => this.write(visitId, index));
  }

  /** Waits for none of the answers that are due: as when a member hangs, all writers could be waiting for it. */
  hangUp(): void {
    this.hungUp.abort();
    this.hungUp = new AbortController();
  }

  /** Ends after the commands under way. */
  async end(): Promise<readonly Acknowledged[]> {
    this.ending = true;
    await Promise.all(this.writers);
    return this.acknowledged;
  }

  private async write(visitId: string, first: number): Promise<void> {
    for (let [turn, count] = [first, 0]; !this.ending; count++) {
      const deed = count % 2 === 0 ? this.registration() : this.handing(visitId);
      for (let answer: Acknowledged | undefined; !answer; turn++) {
        answer = await this.send(this.members()[turn % this.members().length]!, deed);
        if (answer) this.acknowledged.push(answer);
      }
    }
  }

  private registration(): Deed {
    const id = newId('orgunit');
    const input = { commandId: newUuid(), id, name: '派出所', level: 'STATION', parentId: this.county };
    return { mutation: mutationOf('registerOrgUnit', 'orgUnit'), input, id, headers: {} };
  }

  private handing(visitId: string): Deed {
    const input = { commandId: newUuid(), visitId, topic: 'ANTI_FRAUD', quantity: 3 };
    const headers = { authorization: `Bearer ${this.leaflets.token}` };
    return { mutation: mutationOf('distributeMaterial', 'visit'), input, id: visitId, headers };
  }

  private async send(member: Member, { mutation, input, id, headers }: Deed): Promise<Acknowledged | undefined> {
    const answer = await member.ask(mutation, { input }, headers, this.hungUp.signal).catch(() => undefined);
    const done = answer?.data?.done;
    if (!done) return undefined;
    if (done.errors.length > 0) throw new Error(`A command was refused: ${JSON.stringify(done.errors)}`);
    const { commandId } = input;
    return { id, commandId, consistencyToken: done.consistencyToken, shown: done.noun?.id === id };
  }
}
