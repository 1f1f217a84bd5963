import { describe, expect, it } from 'vitest';
import { DataError, SchemaError } from '../../src/errors.js';
import { evaluate } from '../../src/evaluate/evaluate.js';
import { measureLift } from '../../src/evaluate/utility/measure-lift.js';
import { waveEvents, waveSequences } from './sequence/waves.js';

const sequence = { by: 'device', orderBy: 'time' } as const;

describe('evaluate, of sequences', () => {
  it('should measure rows that are sequences by attributes and statistics of their steps', async () => {
    const [real, synthetic, holdout] = await Promise.all(
      [1, 2, 3].map((seed) => waveSequences(120, seed)),
    );

    const found = await evaluate(real as never, synthetic as never, {
      ...{ holdout, target: 'kind', trainings: 1 },
    });

    expect(found.rows.real).toEqual({ total: 120, drawn: 120 });
    expect(found.ignored).toEqual([{ name: 'device', reason: 'names sequences' }]);
    expect(found.quality.columns.map(({ column }) => column)).toEqual(['kind']);
    expect(found.sequences?.recurrent).toBeNull();
    expect(found.detection.boosting?.score).toBeGreaterThan(0.7);
    // Fast and slow waves are told by their steps, also where only synthetic ones were seen.
    expect(found.utility?.trainedOn.synthetic.accuracy?.mean).toBeGreaterThan(0.9);
    expect(found.privacy.newRows.copies).toBe(0);
    expect(found.illustrations?.sequences.map(({ series }) => series)).toEqual(['wave', 'level']);
    const said = found.findings.join('\n');
    expect(said).toContain('Boosted trees, by statistics of the steps, hardly tell');
    expect(said).toContain('Quality score of the attributes');
  });

  it('should see by the steps alone that their order is wrong', async () => {
    const [real, synthetic] = await Promise.all([
      waveSequences(120, 1),
      waveSequences(120, 2, { isShuffled: true }),
    ]);

    const { detection } = await evaluate(real, synthetic);

    expect(detection.boosting?.score).toBeLessThan(0.2);
  });

  it('should take the rows of each entity of long tables as one sequence', async () => {
    const options = { illustrations: false };

    const long = await evaluate(waveEvents(60, 1), waveEvents(50, 2), { ...options, sequence });
    const grouped = await evaluate(await waveSequences(60, 1), await waveSequences(50, 2), options);

    expect(long.rows.synthetic).toEqual({ total: 50, drawn: 50 });
    expect(long).toEqual(grouped);
  });

  it('should refuse a target that varies within sequences, and attributes that do', async () => {
    const [real, synthetic] = await Promise.all([waveSequences(20, 1), waveSequences(20, 2)]);
    const lift = { real, synthetic, holdout: real };

    await expect(evaluate(real, synthetic, { target: 'wave' })).rejects.toThrow(
      new SchemaError(
        "target 'wave' cannot be predicted: it varies within sequences. Name an attribute, which has " +
          'one value in each',
      ),
    );
    await expect(measureLift({ ...lift, target: 'state' })).rejects.toThrow('Name an attribute');
    await expect(evaluate(real, synthetic, { target: 'device' })).rejects.toThrow(
      'names sequences',
    );
    await expect(evaluate(waveEvents(5, 1), waveEvents(5, 2), { recurrent: true })).rejects.toThrow(
      "'recurrent' judges sequences, and the rows are none",
    );
    const attributes = ['wave'];
    await expect(
      evaluate(waveEvents(5, 1), waveEvents(5, 2), { sequence: { ...sequence, attributes } }),
    ).rejects.toThrow(DataError);
  });
});
