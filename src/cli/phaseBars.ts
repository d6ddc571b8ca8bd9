import type { CopyPhase } from '../eventstore/copy/copyEvents.js';
import { countedIn, countOf, type Position } from '../kernel/position.js';
import { type ProgressBar, progressBar } from './progress.js';

const NAMES: Readonly<Record<CopyPhase, string>> = {
  comparing: 'Comparing what is there',
  checking: 'Checking the source',
  copying: 'Copying',
  verifying: 'Comparing both sides',
};

/** A bar for each phase of a copy, up to the head of the source. */
export function phaseBars(head: Position) {
  const [total, unit] = [countOf(head), countedIn(head)];
  let [current, bar]: [CopyPhase?, ProgressBar?] = [];
  return {
    update: (phase: CopyPhase, position: Position) => {
      if (phase !== current) {
        bar?.stop();
        bar = progressBar({ name: NAMES[phase], total, unit });
      }
      current = phase;
      bar?.update(Math.min(countOf(position), total));
    },
    stop: () => bar?.stop(),
  };
}
