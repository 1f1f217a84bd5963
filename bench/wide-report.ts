/**
 * What a report on a wide table takes: `npm run bench -- wide-report --columns 500 --rows 1000`. Half of the
 * columns are numbers, half categories of five levels, each linked to the one before; the synthetic rows
 * are of another seed.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Field, Float64, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { makeBatch } from '../src/data/batches/batch.js';
import { evaluate } from '../src/evaluate/evaluate.js';
import { createRandom } from '../src/random.js';
import { reportPage } from '../src/report/page.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      columns: { type: 'string', default: '500' },
      rows: { type: 'string', default: '1000' },
      output: { type: 'string' },
    },
  });
  const [columns, rows] = [Number(values.columns), Number(values.rows)];
  const [real, synthetic, holdout] = [1, 2, 3].map((seed) => wideTable(columns, rows, seed));
  const parts: [name: string, start: number][] = [];
  const seconds = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const start = seconds();
  const evaluation = await evaluate(real as RecordBatch, synthetic as RecordBatch, {
    holdout: holdout as RecordBatch,
    target: 'column 1',
    onPart: (part) => parts.push([part, seconds()]),
  });
  const measured = seconds();
  const page = reportPage(evaluation);
  const drawn = seconds();
  for (const [k, [part, from]] of parts.entries()) {
    const took = (parts[k + 1]?.[1] ?? measured) - from;
    if (took >= 0.5) console.log(`${took.toFixed(1)} s  ${part}`);
  }
  console.log(
    `${columns} columns of ${rows} rows: measured in ${(measured - start).toFixed(1)} s of processor time, ` +
      `laid out in ${(drawn - measured).toFixed(1)} s, ${(page.length / 1e6).toFixed(1)} MB`,
  );
  if (values.output !== undefined) await writeFile(values.output, page);
}

/** Columns by turns of numbers and of categories, each linked to the one before. */
export function wideTable(columns: number, rows: number, seed: number): RecordBatch {
  const random = createRandom(seed);
  let before = Array.from({ length: rows }, () => random.normal());
  const made = Array.from({ length: columns }, (_, k) => {
    before = before.map((value) => 0.7 * value + 0.7 * random.normal());
    const name = `column ${k}`;
    if (k % 2 === 0) return { name, type: new Float64(), values: before };
    const levels = before.map(
      (value) => `level ${Math.max(0, Math.min(4, Math.round(value + 2)))}`,
    );
    return { name, type: new Utf8(), values: levels };
  });
  const schema = new Schema(made.map(({ name, type }) => new Field(name, type, false)));
  const cells = made.map(({ type, values }) => {
    const [data] = vectorFromArray(values as never[], type).data;
    if (!data) throw new Error('a table has rows');
    return data;
  });
  return makeBatch(schema, cells, rows);
}
