const main = `
const recipe: RecipeOption = { base: 'dcgan', loss: 'hinge', generator: () => network };
declare const network: { create(random: unknown): object; apply(state: object, x: object): object };
export const options = {
  ratio: 0.2,
  fit: { seed: 1, steps: 10, recipe, onStep: (step: { step: number }) => console.log(step.step) },
} satisfies GanAugmentOptions;
// @ts-expect-error An option that does not exist.
export const mistaken: GanAugmentOptions = { ratio: 0.2, steps: 10 };
`;

const uses = `
export const rows = readParquet('a.parquet').pipe(ganAugment(options), toRows());
export const written: Promise<unknown> = readCsv('a.csv').pipe(writeParquet('b.parquet')).forEach(() => {});
`;

const networks = `import { fitStream, readIdxBatches } from 'gan-augment';
import { type AdversarialLoss, convolution, dense, losses, type Network, sequential } from 'gan-augment/networks';

const loss: AdversarialLoss = {
  critic: (real, fake, target) => losses.hinge.critic(real, fake, target),
  generator: (fake) => losses.hinge.generator(fake),
};
declare const generator: Network;
export const model = fitStream(readIdxBatches('images'), {
  recipe: {
    base: 'vanilla',
    generator: () => generator,
    critic: ({ height, width, channels, outputs }) =>
      sequential({ shape: [height, width, channels], classes: 0 }, [
        convolution(16, { kernel: 5, stride: 2 }),
        dense(outputs),
      ]),
    loss,
  },
});
`;

const imports = `import {
  type GanAugmentOptions, ganAugment, type RecipeOption, readCsv, readParquet, toRows, writeParquet,
} from 'gan-augment';
`;

const typeImports = `import type { GanAugmentOptions, RecipeOption } from 'gan-augment' with { 'resolution-mode': 'import' };
`;

const dynamic = `
export async function use() {
  const { ganAugment, readParquet, toRows } = await import('gan-augment');
  return readParquet('a.parquet').pipe(ganAugment(options), toRows());
}
`;

const others = `import type { RecordBatch } from 'apache-arrow';
import type { Tensor } from '@tensorflow/tfjs-core/dist/tensor.js';
export const size = (batch: RecordBatch, tensor: Tensor) => batch.numRows + tensor.size;
`;

/** Projects of users: whether ES modules or CommonJS, and how they import the library. */
export const consumers = {
  ESM: { type: 'module', source: imports + main + uses, withoutTfjs: true },
  CJS: { type: 'commonjs', source: imports + main + uses, withoutTfjs: true },
  'CJS, import()': { type: 'commonjs', source: typeImports + main + dynamic, withoutTfjs: true },
  'ESM, networks': { type: 'module', source: networks, withoutTfjs: false },
  'the same without gan-augment': { type: 'module', source: others, withoutTfjs: false },
} as const;

/** The name of one of them. */
export type Consumer = keyof typeof consumers;
