import { counted, lossesInWords } from '../../augment/progress/words.js';
import { type Console, say } from '../console.js';
import type { Progress } from './progress.js';

/** Milliseconds between lines. */
const interval = 5000;

/** A line now and then, for logs; also when training starts and ends. */
export function writeLines(console: Console): Progress {
  let last = Date.now();
  const isDue = () => {
    const due = Date.now() - last >= interval;
    if (due) last = Date.now();
    return due;
  };
  return {
    onStep({ step, steps, losses }) {
      if (!isDue() && step !== 1 && step !== steps) return;
      say(console, `training: step ${step} of ${steps}, ${lossesInWords(losses)}`);
    },
    onRows(rows) {
      if (isDue()) say(console, `writing: ${counted(rows, 'row')} so far`);
    },
    onPart(part, slow = false) {
      if (isDue() || slow) say(console, `measuring: ${part}`);
    },
    note: (line) => say(console, line),
    stop() {},
  };
}
