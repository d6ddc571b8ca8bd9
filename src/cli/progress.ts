import { Presets, SingleBar } from 'cli-progress';

export interface ProgressOptions {
  /** What is going on: `Rebuilding`. */
  readonly name: string;
  readonly total: number;
  /** What is counted: `events`. */
  readonly unit: string;
  /** Where it is shown; standard error by default. */
  readonly stream?: NodeJS.WriteStream;
}

export interface ProgressBar {
  /** @param done how many there are by now, of the total */
  update(done: number): void;
  stop(): void;
}

/** A bar with the time left on a terminal; elsewhere a plain line for each tenth, so that logs stay readable. */
export function progressBar({ name, total, unit, stream = process.stderr }: ProgressOptions): ProgressBar {
  return stream.isTTY ? bar(name, total, unit, stream) : lines(name, total, unit, stream);
}

function bar(name: string, total: number, unit: string, stream: NodeJS.WriteStream): ProgressBar {
  const format = `${name} {bar} {percentage}% · {value} of {total} ${unit} · {eta_formatted} left`;
  const single = new SingleBar({ format, stream, hideCursor: true, etaBuffer: 50 }, Presets.shades_classic);
  single.start(total, 0);
  return { update: done => single.update(done), stop: () => single.stop() };
}

function lines(name: string, total: number, unit: string, stream: NodeJS.WriteStream): ProgressBar {
  let tenthsSaid = -1;
  return {
    update(done) {
      const tenths = total === 0 ? 10 : Math.floor((done / total) * 10);
      if (tenths <= tenthsSaid) return;
      tenthsSaid = tenths;
      stream.write(`${name}: ${done} of ${total} ${unit}\n`);
    },
    stop: () => undefined,
  };
}
