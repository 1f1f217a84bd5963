import type { Context } from '../console.js';
import { drawBars } from './bars.js';
import { writeLines } from './lines.js';
import type { Progress } from './progress.js';

/** Progress on stderr: a bar on a terminal, elsewhere a line now and then. */
export function showProgress({ console, signal }: Context): Progress {
  if (!console.stderr.isTTY) return writeLines(console);
  const progress = drawBars(console.stderr);
  // At once: a second interrupt may leave no time for it.
  signal.addEventListener('abort', progress.stop, { once: true });
  return progress;
}
