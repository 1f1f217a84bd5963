import { object } from '../../options/composed.js';
import { hinted, type Option, required } from '../../options/option.js';
import { custom, number } from '../../options/values.js';
import type { AdamOptions, Optimizer, RmspropOptions } from './options.js';

const learningRate = hinted('Rates are about 1e-4 to 1e-3', number({ above: 0 }));

const betas = custom<readonly [number, number]>(
  'two numbers in [0, 1)',
  (value) =>
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((beta) => Number.isFinite(beta) && beta >= 0 && beta < 1),
);

const adamShape = {
  learningRate: required(learningRate),
  betas: required(betas),
  epsilon: number({ above: 0 }),
  decay: number({ from: 0 }),
};

/** What the options of Adam may be. */
export const adamOptions = object<AdamOptions>(adamShape);

const rmspropShape = {
  learningRate: required(learningRate),
  decayRate: number({ from: 0, below: 1 }),
  epsilon: number({ above: 0 }),
};

const kindOf = (value: unknown) => (value as { kind?: unknown } | null | undefined)?.kind;
const kind = <Kind extends string>(name: Kind) =>
  required(custom<Kind>(`'${name}'`, (value) => value === name));

/** What an optimiser may be. */
export const optimizerOptions: Option<Optimizer> = {
  wanted:
    "an optimiser of kind 'adam' or 'rmsprop', such as { kind: 'adam', learningRate: 2e-4, betas: [0.5, 0.9] }",
  accepts: (value) => ['adam', 'rmsprop'].includes(String(kindOf(value))),
  alternatives: [
    {
      ...object<{ readonly kind: 'adam' } & AdamOptions>({ kind: kind('adam'), ...adamShape }),
      accepts: (value) => kindOf(value) === 'adam',
    },
    {
      ...object<{ readonly kind: 'rmsprop' } & RmspropOptions>({
        kind: kind('rmsprop'),
        ...rmspropShape,
      }),
      accepts: (value) => kindOf(value) === 'rmsprop',
    },
  ],
  json: { type: 'object' },
};
