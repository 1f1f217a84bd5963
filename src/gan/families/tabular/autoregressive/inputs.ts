import type { InputSource, StepInputs } from '../../../../nn/step-inputs.js';
import type { RowShape } from '../shape.js';
import { type CodeSpan, codesWidth } from './code-order.js';
import type { AutoregressiveRecipe } from './recipe.js';
import { targetWidth } from './target-network.js';

/** What one training step is fed, besides the state. */
export function trainingInputs(
  recipe: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
): StepInputs {
  const { batch, hidden, dropout } = recipe;
  const targetUnits = 2 * targetWidth(recipe, spans);
  return {
    codes: input('data', batch, codesWidth(spans)),
    known: input('data', 1, spans.length),
    schedule: { source: 'data', shape: [], dtype: 'float32' },
    ...(dropout > 0 ? { dropout: input({ dropout }, batch, spans.length * hidden) } : {}),
    ...(dropout > 0 && targetUnits > 0
      ? { targetDropout: input({ dropout }, batch, targetUnits) }
      : {}),
  };
}

/** What the generator is fed to make `rows` rows: `wanted` has the codes that a row is to have, or zeros. */
export function samplingInputs({ scalars, onehots }: RowShape, rows: number): StepInputs {
  return {
    wanted: input('data', rows, onehots),
    gumbel: input('gumbel', rows, onehots),
    ...(scalars > 0 ? { place: input('symmetricUniform', rows, scalars) } : {}),
  };
}

function input(source: InputSource, rows: number, columns: number) {
  return { source, shape: [rows, columns], dtype: 'float32' } as const;
}
