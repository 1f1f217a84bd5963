import type { TrainingCurves } from '../../gan/training/record.js';
import { lineChart } from '../charts/line-chart.js';
import { type Section, section } from './section.js';

/** Losses and scores of the training that made the model. */
export function training({ steps, losses, scores, kept }: TrainingCurves): Section {
  const lines = Object.entries(losses).map(([name, own]) => ({
    name,
    points: own.map((loss, k) => [steps[k] as number, loss] as const),
  }));
  const looks = scores.map(({ step, score }) => [step, score] as const);
  const charts = [
    ...(steps.length > 1 ? [lineChart({ title: 'Losses', across: 'steps', lines })] : []),
    ...(looks.length > 1
      ? [
          lineChart({
            title: 'Score by held-out rows, higher is better',
            across: 'steps',
            lines: [{ name: 'score', points: looks }],
            mark: kept,
          }),
        ]
      : []),
  ];
  const state = kept === undefined ? '' : ` The state after step ${kept} is the model.`;
  return section(
    'training',
    'How the model was trained',
    `<p>${steps.at(-1) ?? 0} steps.${state} Losses of a GAN are no measure of quality: what tells is that none runs away, and that the score rises.</p>`,
    `<div class="figures">${charts.join('')}</div>`,
  );
}
