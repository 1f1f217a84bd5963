import { makeData, RecordBatch, Struct } from 'apache-arrow';
import type { ColumnEncoder } from '../../../encode/encoder.js';
import type { Random } from '../../../random.js';
import { drawEvenly } from '../../conditions/balance.js';
import { cumulate, pick } from '../../conditions/cumulative-shares.js';
import { type ResolvedConditions, resolveConditions } from '../../conditions/resolve.js';
import type { GeneratorSpec } from '../family.js';
import { findColumns, type TensorColumns } from './columns.js';
import { type LatentSpec, samplingInputs, samplingOutputs } from './inputs.js';

/**
 * Describes how the generator of tensors is fed, and how its tensors are read. Labels have their true
 * frequencies.
 */
export function tensorGenerator(
  recipe: LatentSpec,
  encoders: readonly ColumnEncoder[],
): GeneratorSpec {
  const columns = findColumns(encoders) as TensorColumns;
  const { tensors, label } = columns;
  const classes = label?.counts.length ?? 0;
  const cumulative = cumulate(label?.counts ?? []);
  const fillData: GeneratorSpec['fillData'] = (feed, random) => {
    const codes = feed.label;
    if (!codes) return;
    codes.fill(0);
    for (let at = 0; at < codes.length; at += classes) {
      codes[at + pick(cumulative, random.uniform())] = 1;
    }
  };
  const decode: GeneratorSpec['decode'] = ({ feed, outputs }, schema, rows, random) => {
    const labels = readLabels(feed.label, classes, rows);
    const children = encoders.map((encoder, column) => {
      if (encoder === tensors) return tensors.write(outputs.images?.values as Float32Array);
      const spans = column === label?.column ? [labels] : [];
      return encoder.decode(spans, rows, random.fork(column));
    });
    const type = new Struct(schema.fields);
    const data = makeData({ type, length: rows, nullCount: 0, children });
    // Arrow makes a copy of the schema; writers and users compare by identity.
    return Object.assign(new RecordBatch(schema, data), { schema });
  };
  return {
    inputs: (rows) => samplingInputs(recipe, classes, rows),
    outputs: (rows) => samplingOutputs(tensors.shape, rows),
    fillData,
    decode,
    meet(conditions, schema) {
      const resolved = resolveConditions(conditions, conditions.ratio, schema, encoders);
      return async (run, rows, random) => {
        const codes = resolvedLabels(resolved, label?.column, rows, random.fork('levels'));
        const made = await run(random.fork('generate'), (feed) => {
          if (!feed.label) return;
          if (!codes) return fillData(feed, random.fork('labels'));
          feed.label.fill(0);
          putLabels(codes, classes, feed.label as Float32Array);
        });
        // The generator takes the label that it is given: every row meets the conditions by itself.
        const batch = decode(made, schema, rows, random.fork('decode'));
        return { batch, hits: rows };
      };
    },
  };
}

/** The label of each row that conditions ask for, if they do. */
function resolvedLabels(
  { fixed, balanced }: ResolvedConditions,
  column: number | undefined,
  rows: number,
  random: Random,
): Int32Array | undefined {
  const codes = new Int32Array(rows);
  const one = fixed.find((each) => each.column === column);
  if (one) return codes.fill(one.spans[0]?.value as number);
  if (!balanced) return undefined;
  drawEvenly(balanced.shares, codes, random.uniform());
  return codes;
}

function putLabels(codes: Int32Array, classes: number, onehot: Float32Array): void {
  codes.forEach((code, row) => {
    onehot[row * classes + code] = 1;
  });
}

/** The class of each row of one-hot labels. */
function readLabels(onehot: ArrayLike<number> | undefined, classes: number, rows: number) {
  const labels = new Int32Array(rows);
  if (!onehot) return labels;
  for (let at = 0; at < rows * classes; at++) {
    if (onehot[at] === 1) labels[Math.floor(at / classes)] = at % classes;
  }
  return labels;
}
