import { totalmem } from 'node:os';
import type { Schema } from 'apache-arrow';
import type { TableLayout } from '../../../../encode/table.js';
import { SchemaError } from '../../../../errors.js';
import { rowShape } from '../shape.js';
import type { TabularRecipe } from './recipe.js';

/** Measured: weights, slopes, moments and averages, twice each, and what a step computes. */
const bytesPerWeight = 100;

/** Numbers that the two networks learn. With many categories their square counts. */
export function countWeights(
  { latent, generator, critic, pack }: TabularRecipe,
  { width, condition }: { width: number; condition: number },
): number {
  let inputs = latent + condition;
  let count = 0;
  // Each layer sees all that went before.
  for (const units of generator) {
    count += inputs * units;
    inputs += units;
  }
  count += inputs * width;
  let seen = pack * (width + condition);
  for (const units of [...critic, 1]) {
    count += seen * units;
    seen = units;
  }
  return count;
}

/**
 * Raises if training on the table would take more memory than there is: the system would end the
 * process without a word.
 *
 * @param memory Bytes. Default: those of the machine, or what the process is allowed.
 * @throws SchemaError
 */
export function assertFitsMemory(
  recipe: TabularRecipe,
  layout: TableLayout,
  schema: Schema,
  memory = availableBytes(),
): void {
  const bytes = countWeights(recipe, rowShape(layout)) * bytesPerWeight;
  if (bytes <= memory) return;
  const sizes = new Array<number>(schema.fields.length).fill(0);
  for (const { column, size } of layout.spans) sizes[column] = (sizes[column] as number) + size;
  const most = Math.max(...sizes);
  const widest = schema.fields[sizes.indexOf(most)]?.name;
  const inGibibytes = (size: number) => `${(size / 2 ** 30).toFixed(1)} GiB`;
  throw new SchemaError(
    `table is too wide to learn: ${layout.width} numbers a row, '${widest}' alone ${most} (training ` +
      `takes about ${inGibibytes(bytes)} of memory, and there are ${inGibibytes(memory)}). Leave ` +
      "columns out of the model: columns: { name: { kind: 'null' } }",
  );
}

function availableBytes(): number {
  // Without a limit this is 0, or more than the machine has.
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}
