import { derivedUuid, streamId } from '../kernel/ids.js';

/** A command as somebody gave it at some time; the commands of all stories, in order of time, make the county. */
export interface Step {
  /** When it happened. */
  readonly at: Date;
  /** When it reached the server, if that was later: from a device without a network. */
  readonly recordedAt?: Date;
  /** Id of the person who gives it, or `system`. */
  readonly by: string;
  readonly command: string;
  readonly commandId: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Written down without a network: by which device, and when it reached the server. */
export interface Offline {
  readonly deviceId: string;
  readonly until: Date;
}

/** What one run of things came to, with ids that are the same every time. */
export interface Story {
  readonly steps: readonly Step[];
  /** Id of a stream that this story begins. */
  id(category: string, name: string): string;
  /** Id of something inside a noun, such as a session. */
  uuid(name: string): string;
  /** @param enteredAt when it reached the server, if that was later */
  do(at: Date, by: string, command: string, input: Readonly<Record<string, unknown>>, enteredAt?: Date): Step;
}

export function story(name: string, offline?: Offline): Story {
  const steps: Step[] = [];
  const uuid = (thing: string): string => derivedUuid('sample', name, thing);
  return {
    steps,
    uuid,
    id: (category, thing) => streamId(category, uuid(thing)),
    do(at, by, command, input, enteredAt = offline?.until) {
      const commandId = uuid(`command/${steps.length}`);
      const device = offline ? { deviceId: offline.deviceId } : {};
      const late = enteredAt ? { occurredAt: at.toISOString(), ...device } : {};
      const step: Step = {
        at,
        by,
        command,
        commandId,
        input: { ...late, ...input },
        ...(enteredAt ? { recordedAt: enteredAt } : {}),
      };
      steps.push(step);
      return step;
    },
  };
}

/** A moment of a legal day: `at('2022-10-18', '09:30')` in Asia/Shanghai. */
export const at = (day: string, time: string): Date => new Date(`${day}T${time}:00+08:00`);

/** A watch that goes on by as many minutes as it is told. */
export function watch(from: Date): (minutes: number) => Date {
  let now = from.getTime();
  return minutes => {
    now += minutes * 60_000;
    return new Date(now);
  };
}

/** When a step reaches the server. */
export const recordedAt = (step: Step): Date => step.recordedAt ?? step.at;

/** Steps of many stories in the order in which they reach the server; those of one story stay in theirs. */
export const inOrderOfTime = (steps: readonly Step[]): readonly Step[] =>
  [...steps].sort((a, b) => recordedAt(a).getTime() - recordedAt(b).getTime());
