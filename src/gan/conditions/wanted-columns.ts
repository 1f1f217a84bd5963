import type { ColumnEncoder } from '../../encode/encoder.js';
import type { WantedColumn } from '../../makers/row-maker.js';
import type { Random } from '../../random.js';
import { drawEvenly } from './balance.js';
import type { ResolvedConditions } from './resolve.js';

/** The cells that rows are to have by resolved conditions, drawn where there are several. */
export function wantedColumns(
  { fixed, balanced, drawn }: ResolvedConditions,
  encoders: readonly ColumnEncoder[],
  rows: number,
  random: Random,
): WantedColumn[] {
  const draw = (shares: readonly number[], ...path: (string | number)[]) => {
    const codes = new Int32Array(rows);
    drawEvenly(shares, codes, random.fork(...path).uniform());
    return codes;
  };
  const wanted: WantedColumn[] = [
    ...fixed.map(({ column, text }) => ({ column, levels: [text], codes: new Int32Array(rows) })),
    ...drawn.map(({ column, levels, shares }, k) => ({
      column,
      levels,
      codes: draw(shares, 'combination', k),
    })),
  ];
  if (!balanced) return wanted;
  const { column } = balanced.span;
  const levels = encoders[column]?.toJSON().levels as (string | null)[];
  return [...wanted, { column, levels, codes: draw(balanced.shares, 'levels') }];
}
