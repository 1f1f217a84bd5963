import type { Lift } from '../../evaluate/utility/measure-lift.js';
import type { Measure } from '../../evaluate/utility/score.js';
import { intervalChart } from '../charts/interval.js';
import { htmlTable, type TableCell } from '../table.js';
import { type Section, section, wide } from './section.js';

/** What synthetic rows do to a model's scores on held-out real rows. */
export function utility({ target, model, trainedOn, lift, verdict }: Lift): Section {
  const show = (value: number | null | undefined) => value?.toFixed(3) ?? '';
  const measures = Object.keys(lift) as Measure[];
  const rows = measures.map((measure): TableCell[] => [
    measure,
    trainedOn.real[measure]?.mean,
    trainedOn.synthetic[measure]?.mean,
    trainedOn.augmented[measure]?.mean,
    `${show(lift[measure]?.mean)} (${show(lift[measure]?.low)} to ${show(lift[measure]?.high)})`,
  ]);
  const intervals = measures.flatMap((name) => {
    const { mean, low, high } = lift[name] ?? {};
    if (typeof mean !== 'number' || typeof low !== 'number' || typeof high !== 'number') return [];
    return [{ name, mean, low, high }];
  });
  return section(
    'utility',
    `Predicting ${target} on held-out real rows, by ${model}`,
    `<p>Adding the synthetic rows: <b>${verdict}</b>. Below, what they gain, with 95 % intervals; what lies across 0 may be chance.</p>`,
    `<div class="figures large">${intervalChart('gain of training on both over training on real rows', intervals)}</div>`,
    wide(htmlTable(['', 'real', 'synthetic', 'both', 'gain of both, 95 %'], rows)),
  );
}
