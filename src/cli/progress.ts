import { Presets, SingleBar } from 'cli-progress';
import type { TrainingStep } from '../gan/progress.js';
import type { Console } from './console.js';

/** Shows training steps as they come; `stop` clears up. */
export interface TrainingProgress {
  readonly onStep: (step: TrainingStep) => void;
  stop(): void;
}

/** Milliseconds between lines where there is no terminal to draw a bar on. */
const lineInterval = 5000;

export function showTraining(console: Console): TrainingProgress {
  return console.interactive ? drawBar() : writeLines(console);
}

function drawBar(): TrainingProgress {
  const bar = new SingleBar(
    {
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
      format:
        'training [{bar}] {value}/{total} steps, {eta_formatted} left, critic {critic}, generator {generator}',
    },
    Presets.shades_classic,
  );
  return {
    onStep({ step, steps, criticLoss, generatorLoss }) {
      const losses = { critic: criticLoss.toFixed(2), generator: generatorLoss.toFixed(2) };
      if (step === 1) bar.start(steps, 0, losses);
      bar.update(step, losses);
    },
    stop: () => bar.stop(),
  };
}

function writeLines(console: Console): TrainingProgress {
  let last = Date.now();
  return {
    onStep({ step, steps, criticLoss, generatorLoss }) {
      if (step !== steps && Date.now() - last < lineInterval) return;
      last = Date.now();
      const losses = `critic ${criticLoss.toFixed(2)}, generator ${generatorLoss.toFixed(2)}`;
      console.error(`training: step ${step} of ${steps}, ${losses}\n`);
    },
    stop() {},
  };
}
