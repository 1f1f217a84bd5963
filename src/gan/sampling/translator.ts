import type { Data, RecordBatch, Vector } from 'apache-arrow';
import { sizeOf } from '../../compute/tensor.js';
import { makeBatch } from '../../data/batches/batch.js';
import { gatherRuns } from '../../data/batches/interleave.js';
import { columnOf } from '../../encode/table.js';
import { createRandom, type Seed } from '../../random.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import { type GeneratorRun, type RowTranslation, sourceInput } from '../families/family.js';
import { generatorOf } from '../model/generator-of.js';
import type { Model } from '../model/model.js';
import { openGeneratorProgram } from './open-generator-program.js';
import { openGenerator } from './run-generator.js';
import type { SamplingTarget } from './sampling-target.js';

/** Makes synthetic rows from real ones. */
export interface Translator {
  /**
   * The given rows of a batch with one tensor made anew, and its domain changed; all else is theirs, bit
   * for bit. A row may be given several times, and has other noise each time: that of its place among
   * all rows so far. Each has the tensor that is read.
   */
  translate(batch: RecordBatch, rows: ArrayLike<number>): Promise<RecordBatch>;
  /** Frees native memory. */
  dispose(): Promise<void>;
}

/** Which of the endless sequences of noise. */
export interface TranslationStream {
  readonly seed: Seed;
  /** Number of the partition of a bigger job: each has noise of its own. */
  readonly partition: number;
}

/** One row a run: what becomes of it cannot depend on the rows beside it. */
const rowsOfRun = 1;

/** Opens a model that translates. */
export async function openTranslator(
  model: Model,
  { seed, partition }: TranslationStream,
  place: SamplingTarget = {},
): Promise<Translator> {
  const spec = generatorOf(model);
  const translation = spec.translation as RowTranslation;
  const program = await openGeneratorProgram(model, rowsOfRun, place);
  const generator = openGenerator(program, spec.inputs(rowsOfRun));
  const noise = createRandom(seed).fork('translated', partition);
  let done = 0;

  const translateAll = async (vector: Vector): Promise<GeneratorRun> => {
    const tensors = translation.read(vector);
    const rows = vector.length;
    const made: Record<string, Float32Array> = {};
    let last: GeneratorRun | undefined;
    for (let k = 0; k < rows; k++) {
      await yieldToEventLoop();
      last = await generator.run(noise.fork('row', done++), (feed) =>
        tensors.fill(k, feed[sourceInput] as Float32Array, 0),
      );
      for (const [name, { values }] of Object.entries(last.outputs)) {
        made[name] ??= new Float32Array(rows * values.length);
        made[name]?.set(values as Float32Array, k * values.length);
      }
    }
    return { feed: last?.feed ?? {}, outputs: asTensors(made, spec.outputs(rows)) };
  };

  return {
    async translate(batch, rows) {
      const runs = Array.from(rows, (start) => ({ source: 0, start, length: 1 }));
      const kept = gatherRuns(batch.schema, [batch], runs);
      if (rows.length === 0) return kept;
      const at = (place: number) => placeIn(batch, model, place);
      const run = await translateAll(columnOf([kept], at(translation.source)) as Vector);
      const columns = [...(kept.data.children as Data[])];
      columns[at(translation.made)] = translation.write(run);
      const { domain } = translation;
      if (domain) columns[at(domain.place)] = domain.write(rows.length);
      return makeBatch(batch.schema, columns, rows.length);
    },
    dispose: () => generator.dispose(),
  };
}

/** Where a column of the model is in a batch. */
function placeIn({ schema }: RecordBatch, model: Model, place: number): number {
  const name = model.schema.fields[place]?.name;
  return schema.fields.findIndex((field) => field.name === name);
}

function asTensors(
  values: Record<string, Float32Array>,
  specs: Record<string, { readonly shape: readonly number[] }>,
): GeneratorRun['outputs'] {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape }]) => [
      name,
      { shape, dtype: 'float32', values: values[name] ?? new Float32Array(sizeOf(shape)) },
    ]),
  );
}
