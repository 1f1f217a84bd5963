import type { ColumnEncoder } from '../../../../encode/encoder.js';
import { collapseRows, decodeTable, layoutOf } from '../../../../encode/table.js';
import { resolveConditions } from '../../../conditions/resolve.js';
import type { GeneratorSpec } from '../../family.js';
import { samplingOutputs } from '../sampling-outputs.js';
import { rowShape } from '../shape.js';
import { samplingInputs } from './inputs.js';
import { makeConditionedBatch } from './make-batch.js';

/** How the generator of a table is fed, and how its rows are read. */
export function autoregressiveSpec(_: object, encoders: readonly ColumnEncoder[]): GeneratorSpec {
  const layout = layoutOf(encoders);
  const shape = rowShape(layout);
  return {
    inputs: (rows) => samplingInputs(shape, rows),
    outputs: (rows) => samplingOutputs(shape, rows),
    fillData(feed) {
      feed.wanted?.fill(0);
    },
    decode({ outputs }, schema, rows, random) {
      const matrix = outputs.rows?.values as Float32Array;
      return decodeTable(encoders, schema, collapseRows(layout, matrix, rows), rows, random);
    },
    meet(conditions, schema, table) {
      const resolved = resolveConditions(conditions, conditions.ratio, schema, encoders, table);
      return (run, rows, random) =>
        makeConditionedBatch({ schema, encoders, rows, run }, resolved, random);
    },
  };
}
