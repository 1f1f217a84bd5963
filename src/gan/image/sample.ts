import { makeData, RecordBatch, Struct } from 'apache-arrow';
import type { ColumnEncoder } from '../../encode/encoder.js';
import type { Random } from '../../random.js';
import type { GeneratorFace } from '../family.js';
import { cumulate, pick } from '../tabular/condition.js';
import { findColumns, type ImageColumns } from './columns.js';
import { samplingInputs, samplingOutputs } from './inputs.js';

/** How the generator of images is fed, and how its images are read. Labels have their true frequencies. */
export function imageGenerator(
  { latent }: { readonly latent: number },
  encoders: readonly ColumnEncoder[],
): GeneratorFace {
  const columns = findColumns(encoders) as ImageColumns;
  const { images, label } = columns;
  const classes = label?.counts.length ?? 0;
  const cumulative = cumulate(label?.counts ?? []);
  return {
    inputs: (rows) => samplingInputs(latent, classes, rows),
    outputs: (rows) => samplingOutputs(images.shape, rows),
    fillData(feed, random: Random) {
      const codes = feed.label;
      if (!codes) return;
      codes.fill(0);
      for (let at = 0; at < codes.length; at += classes) {
        codes[at + pick(cumulative, random.uniform())] = 1;
      }
    },
    decode({ feed, outputs }, schema, rows, random) {
      const labels = readLabels(feed.label, classes, rows);
      const children = encoders.map((encoder, column) => {
        if (encoder === images) return images.write(outputs.images?.values as Float32Array);
        const spans = column === label?.column ? [labels] : [];
        return encoder.decode(spans, rows, random.fork(column));
      });
      const type = new Struct(schema.fields);
      const data = makeData({ type, length: rows, nullCount: 0, children });
      // Arrow makes a copy of the schema; writers and users compare by identity.
      return Object.assign(new RecordBatch(schema, data), { schema });
    },
  };
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
