import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../../src/columns/column.js';
import { readTogether } from '../../src/columns/read.js';
import { deviationOf } from '../../src/columns/statistics.js';
import { rank, rocAuc } from '../../src/evaluate/scores/ranking.js';
import { type Parts, textsOf } from './tables.js';

/**
 * How well an attacker tells rows that were trained on from others, by how near the nearest synthetic
 * row is: the area under the ROC curve; 0.5 is chance. Of the classes alone that rows were made of.
 */
export function leakOf({ train, test }: Parts, synthetic: RecordBatch): number {
  const { rows } = readTogether({ train, test, synthetic });
  const scales = rows.train.columns.map((column) =>
    column.kind === 'numeric' ? deviationOf([...column.values].filter(Number.isFinite)) || 1 : 1,
  );
  const nearest = (own: readonly Column[], row: number) => {
    let least = Number.POSITIVE_INFINITY;
    for (let other = 0; other < rows.synthetic.length; other++) {
      let distance = 0;
      for (let k = 0; k < own.length && distance < least; k++) {
        const [a, b] = [own[k] as Column, rows.synthetic.columns[k] as Column];
        distance += apart(a, row, b, other, scales[k] as number);
      }
      least = Math.min(least, distance);
    }
    return least;
  };
  const made = new Set(textsOf(synthetic));
  const attacked = (part: RecordBatch) =>
    textsOf(part).flatMap((text, row) => (made.has(text) ? [row] : []));
  const [members, others] = [attacked(train), attacked(test)];
  const near = [
    ...members.map((row) => -nearest(rows.train.columns, row)),
    ...others.map((row) => -nearest(rows.test.columns, row)),
  ];
  return rocAuc(
    rank(Float64Array.from(near)),
    near.map((_, k) => k < members.length),
  );
}

function apart(a: Column, row: number, b: Column, other: number, scale: number): number {
  if (a.kind === 'numeric' && b.kind === 'numeric') {
    const difference = ((a.values[row] as number) - (b.values[other] as number)) / scale;
    return Number.isNaN(difference) ? 1 : difference ** 2;
  }
  if (a.kind === 'categorical' && b.kind === 'categorical') {
    return +(a.codes[row] !== b.codes[other]);
  }
  return 1;
}
