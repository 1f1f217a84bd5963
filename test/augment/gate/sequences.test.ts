import { describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../src/augment/augment-batches.js';
import type { AugmentEvent, GateDecided } from '../../../src/augment/events.js';
import type { AugmentOptions } from '../../../src/augment/options/augment-options.js';
import { InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { exactRows } from '../../data/support/exact.js';
import { waveEvents } from '../../evaluate/sequence/waves.js';
import { smallSequenceRecipe } from '../../gan/families/sequence/small-sequences.js';

const sequence = { by: 'device', orderBy: 'time', attributes: ['kind'] } as const;

/** Augments events of 150 devices with sequences of a model that has hardly learned. */
async function gated(options: Partial<AugmentOptions>) {
  const events: AugmentEvent[] = [];
  const real = waveEvents(150, 1);
  const out = await collect(
    augmentBatches(real, {
      ...{ ratio: 0.5, sequence, seed: 3 },
      recipe: { base: 'doppelganger', ...smallSequenceRecipe },
      fit: { steps: 2, thread: 'caller' },
      progress: (event) => events.push(event),
      ...options,
    }),
  );
  return { real, out, events };
}

describe('gate, of sequences', () => {
  it('should measure by an attribute what sequences gain, and mix none in that gain too little', async () => {
    const { real, out, events } = await gated({
      gate: { target: 'kind', atLeast: 0.9, thread: 'caller' },
    });

    const verdict = events.find((event): event is GateDecided => event.type === 'gate');
    expect(verdict).toMatchObject({ target: 'kind', mixes: false, by: { folds: 3 } });
    expect(Object.keys(verdict?.free ?? {})).toEqual(['class weights', 'another threshold']);
    expect(exactRows(out)).toEqual(exactRows([real]));
  });

  it('should refuse a target that varies within sequences, and rows that are no sequences', async () => {
    const rows = [waveEvents(5, 2)];

    await expect(gated({ gate: { target: 'level' } })).rejects.toThrow(
      new SchemaError(
        "gate.target 'level' is no attribute of sequences, which has one value in each: it varies within " +
          'them. Give one: kind',
      ),
    );
    await expect(gated({ gate: { target: 'device' } })).rejects.toThrow('it names them');
    await expect(
      gated({ gate: { target: 'level' }, sequence: { ...sequence, attributes: [] } }),
    ).rejects.toThrow('There is none. Leave the gate out');
    await expect(gated({ gate: { target: 'kind', holdout: rows } })).rejects.toThrow(
      InvalidOptionError,
    );
  });
});
