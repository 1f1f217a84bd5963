import type { Field } from 'apache-arrow';
import { listOf, type Members, membersOf, refuse } from '../json-checks.js';
import { type BinScale, spectrogramBins } from './spectrogram.js';

/** Reads the saved scales of spectrograms, one for each channel. */
export function binScaleFromJSON(field: Field, members: Members, channels: number): BinScale[] {
  const saved = listOf(field, members, 'bins');
  if (saved.length !== channels) return refuse(field, 'has bad scales of bins', saved.length);
  return saved.map((each) => {
    const own = membersOf(field, each);
    return {
      mean: numbersOf(field, own, 'mean', Number.NEGATIVE_INFINITY),
      deviation: numbersOf(field, own, 'deviation', Number.MIN_VALUE),
    };
  });
}

function numbersOf(field: Field, members: Members, key: string, least: number): number[] {
  const values = listOf(field, members, key);
  const good = (value: unknown) => Number.isFinite(value) && (value as number) >= least;
  if (values.length !== spectrogramBins || !values.every(good)) {
    return refuse(field, `has bad numbers '${key}'`, values.length);
  }
  return values as number[];
}
