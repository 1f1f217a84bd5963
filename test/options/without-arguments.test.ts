import { lastValueFrom, Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { GanAugmentError } from '../../src/errors.js';
import * as main from '../../src/index.js';
import * as networks from '../../src/networks.js';
import * as testing from '../../src/testing/index.js';
import { numberedBatches } from '../augment/support/numbered.js';

/** Functions that need no argument. */
const needNothing = [
  ...[
    'inspectEngines',
    'recordTraining',
    'toRows',
    'ungroupSequences',
    'readOutcome',
    'readProvenance',
    'recordTraining',
    'normal',
    'dropout',
  ],
  ...['arbitrarySchema', 'arbitraryBatch', 'arbitraryBatches', 'arbitraryStream'],
];
/** Layers as they are: `sequential` calls them, users do not. */
const layers = [
  'batchNorm',
  'flatten',
  'layerNorm',
  'multiplyLabel',
  'projectLabel',
  'relu',
  'softmax',
  'tanh',
];
/** What makes a layer by default. */
const layerMakers = ['joinLabel', 'leakyRelu'];

const isClass = (value: unknown) => /^class /.test(String(value));
const functions = [main, networks, testing].flatMap((entry) =>
  Object.entries(entry).filter(([, value]) => typeof value === 'function' && !isClass(value)),
);
const asked = functions.filter(
  ([name]) => ![...needNothing, ...layers, ...layerMakers].includes(name),
) as [string, (...args: unknown[]) => unknown][];

/** What a call ends in, at once or when its promise or first item is waited for. */
async function endOf(call: () => unknown): Promise<unknown> {
  try {
    const result = await call();
    // Operators are asked what they need once they have a source.
    if (typeof result === 'function') return endOf(() => result(numberedBatches([1])));
    if (result instanceof Observable) await lastValueFrom(result);
    else if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result) {
      await (result as AsyncIterable<unknown>)[Symbol.asyncIterator]().next();
    }
    return result;
  } catch (error) {
    return error;
  }
}

describe('functions without arguments', () => {
  it.each(asked)('should be refused by an error of ours: %s', async (_, call) => {
    const end = await endOf(() => call());

    expect(end).toSatisfy(GanAugmentError.isInstance, String(end));
    // JavaScript's own words are of no use to whoever forgot an argument.
    expect((end as Error).message).not.toMatch(/Cannot (read|destructure|use)|is not a function/);
  });

  it('should be looked at one by one', () => {
    expect(asked.length).toBeGreaterThan(70);
    expect(functions.map(([name]) => name)).toEqual(
      expect.arrayContaining(
        [...needNothing, ...layers, ...layerMakers].filter((name) => name !== 'dropout'),
      ),
    );
  });
});
