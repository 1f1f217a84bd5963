import type { RecordBatch } from 'apache-arrow';
import { type Column, countNulls, type Rows } from '../../columns/column.js';
import { pearson } from '../../columns/pearson.js';
import { batchesOf, type RowsInput } from '../../columns/read.js';
import { takeRows } from '../../columns/select.js';
import { createRandom, type Random } from '../../random.js';
import { makerOf, type RowMaker } from '../row-maker.js';
import { type FormedTable, formTable } from '../table-form.js';
import { openCopula, scoreOf } from './draw.js';
import { fitMargin, openMargin, presenceOf, sharesOf } from './margin.js';
import type { ClassCopula, CopulaParameters, CopulaPart } from './parameters.js';

/** More classes than these are not told apart: each would have few rows. */
const mostClasses = 20;

/**
 * Each column has its own empirical distribution; a multivariate normal links them (Nelsen 2006;
 * with categories as intervals as in Patki et al. 2016). It knows links between pairs of columns
 * that only rise or only fall.
 *
 * @throws DataError for an input without rows.
 * @throws SchemaError for a column that can neither be modelled nor be null.
 */
export function fitGaussianCopula(real: RowsInput): RowMaker {
  const batches = batchesOf(real, 'real');
  const { schema } = batches[0] as RecordBatch;
  return makerOf('gaussian copula', openCopula(schema, fitCopula(batches)));
}

/**
 * Fits a copula to rows; where a column of classes is named, one to the rows of each class.
 *
 * @param batches At least one row, of one schema.
 * @param target Column of at most 20 classes. Others are linked as any other column.
 * @param kinds What each column is learned as. Default: what its type and cells say.
 */
export function fitCopula(
  batches: readonly RecordBatch[],
  target?: string,
  kinds?: readonly string[],
): CopulaParameters {
  const table = formTable(batches, kinds);
  const random = createRandom('gaussian copula');
  const own = table.rows.columns.find(({ name }) => name === target);
  if (own?.kind !== 'categorical' || own.levels.length > mostClasses) {
    const whole = fitClass(table, table.rows, undefined, random);
    return { forms: table.forms, classes: [{ level: null, ...whole }] };
  }
  const column = table.schema.fields.findIndex(({ name }) => name === target);
  const codes = [...new Set(own.codes)].sort((a, b) => a - b);
  const classes = codes.map((code) => {
    const members = Int32Array.from(own.codes.keys()).filter((row) => own.codes[row] === code);
    const rows = takeRows(table.rows, members);
    return { level: own.levels[code] ?? null, ...fitClass(table, rows, target, random) };
  });
  return { forms: table.forms, target: column, classes };
}

/** The copula of some rows of a table. */
function fitClass(
  { schema, forms, rows: { columns: all } }: FormedTable,
  { length, columns }: Rows,
  target: string | undefined,
  random: Random,
): Omit<ClassCopula, 'level'> {
  const places = forms.flatMap(({ kind }, place) => (kind === 'unlearned' ? [] : [place]));
  const linked = columns.flatMap((column, k) => {
    const place = places[k] as number;
    if (schema.fields[place]?.name === target) return [];
    // In every class the same parts, whether there are nulls in it or not.
    const hasNulls = countNulls(all[k] as Column) > 0;
    const cells = { place, role: 'cells' as const, column };
    return column.kind === 'numeric' && hasNulls
      ? [{ place, role: 'presence' as const, column: presenceOf(column) }, cells]
      : [cells];
  });
  const parts = linked.map(
    ({ place, role, column }): CopulaPart => ({ column: place, role, margin: fitMargin(column) }),
  );
  const scores = linked.map(({ column }, k) =>
    sharesOf(openMargin((parts[k] as CopulaPart).margin), column, random.fork(k)).map(scoreOf),
  );
  // Of few rows less is believed: else they would be the same as the parts' own noise.
  const trust = target === undefined ? 1 : length / (length + parts.length);
  const correlations = scores.map((first, i) =>
    scores.map((second, j) => (i === j ? 1 : trust * (pearson(first, second) ?? 0))),
  );
  return { rows: length, parts, correlations };
}
