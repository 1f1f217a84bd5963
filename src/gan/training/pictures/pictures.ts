import { join } from 'node:path';
import { writeFileWhole } from '../../../data/files/atomic.js';
import { makeDirectory } from '../../../data/files/directory.js';
import type { Image } from '../../../data/images/image.js';
import { encodePng } from '../../../data/images/png.js';
import { encodeDrawing } from '../../../data/images/svg.js';
import type { TrainingStep } from '../../progress.js';
import type { TrainingEvent } from '../events.js';
import { type Curve, drawCurves } from './curves.js';

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
  const points = { critic: [], generator: [], score: [] } as Record<string, [number, number][]>;
  let all = 0;
  return {
    onStep({ step, steps, criticLoss, generatorLoss }) {
      all = steps;
      points.critic?.push([step, criticLoss]);
      points.generator?.push([step, generatorLoss]);
    },
    onEvent(event) {
      if (event.type === 'score') points.score?.push([event.step, event.score]);
    },
    async draw(step, made) {
      const curve = (key: string, name: string, color: string): Curve => ({
        name,
        color,
        points: points[key] ?? [],
      });
      const losses = [
        curve('critic', 'critic loss', '#1f77b4'),
        curve('generator', 'generator loss', '#d62728'),
      ];
      const score = [curve('score', 'score, higher is better', '#2ca02c')];
      const panels = points.score?.length ? [losses, score] : [losses];
      const curves = await encodeDrawing(drawCurves(panels, all));
      await writeFileWhole(join(directory, 'curves.png'), curves);
      if (!made) return;
      const name = `step-${String(step).padStart(6, '0')}.png`;
      await writeFileWhole(join(directory, name), await encodePng(made));
    },
  };
}
