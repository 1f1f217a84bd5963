import { join } from 'node:path';
import { writeFileWhole } from '../../../data/files/atomic.js';
import { makeDirectory } from '../../../data/files/directory.js';
import type { Image } from '../../../data/images/image.js';
import { encodePng } from '../../../data/images/png.js';
import { encodeDrawing } from '../../../data/images/svg.js';
import type { TrainingEvent } from '../events.js';
import type { TrainingStep } from '../progress.js';
import { drawCurves, type TrainingCurve } from './curves.js';

/** Colours of the losses. */
const colors = ['#1f77b4', '#d62728', '#9467bd', '#ff7f0e'] as const;

/** Draws how a training goes. */
export interface Pictures {
  onStep(step: TrainingStep): void;
  onEvent(event: TrainingEvent): void;
  /** Draws the curves so far; and what is made after a step, if it can be seen. */
  draw(step: number, made?: Image): Promise<void>;
}

/**
 * Pictures of a training in a directory: `curves.png`, of the losses and of the score by held-out
 * rows, drawn anew at each look; and of images `step-000250.png` and so on, the same latent vectors
 * and labels each time.
 *
 * @throws FileError if the directory cannot be made.
 */
export async function openPictures(directory: string): Promise<Pictures> {
  await makeDirectory(directory);
  const losses = new Map<string, [number, number][]>();
  const scores: [number, number][] = [];
  let all = 0;
  return {
    onStep(made) {
      all = made.steps;
      for (const [name, loss] of Object.entries(made.losses)) {
        if (!losses.has(name)) losses.set(name, []);
        losses.get(name)?.push([made.step, loss]);
      }
    },
    onEvent(event) {
      if (event.type === 'score') scores.push([event.step, event.score]);
    },
    async draw(step, made) {
      const lost = [...losses].map(
        ([name, points], k): TrainingCurve => ({
          name: `${name} loss`,
          color: colors[k % colors.length] as string,
          points,
        }),
      );
      const score = { name: 'score, higher is better', color: '#2ca02c', points: scores };
      const panels = scores.length > 0 ? [lost, [score]] : [lost];
      const curves = await encodeDrawing(drawCurves(panels, all));
      await writeFileWhole(join(directory, 'curves.png'), curves);
      if (!made) return;
      const name = `step-${String(step).padStart(6, '0')}.png`;
      await writeFileWhole(join(directory, name), await encodePng({ ...made, madeBy: {} }));
    },
  };
}
