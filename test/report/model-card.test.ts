import { Field, Int32, makeData, type RecordBatch, Schema, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../src/data/batches/batch.js';
import { InvalidOptionError } from '../../src/errors.js';
import { evaluate } from '../../src/evaluate/evaluate.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { modelCard } from '../../src/report/model-card.js';
import { hastyModel, penguins } from '../augment/penguins.js';
import { column } from '../encode/columns.js';
import { expectedBatches } from '../evaluate/expected/tables.js';

describe('modelCard', () => {
  it('should say what a model makes, was trained on, holds and promises', async () => {
    const model = await hastyModel(await penguins());

    const card = modelCard(model);

    expect(card).toMatch(/^# Model card: tabular\n\n- model: [0-9a-f]{64}\n/);
    expect(card).toContain('| species | utf8 | no | categorical |');
    expect(card).toContain('Rules that every row keeps:\n\n- ');
    expect(card).toContain('- rows: 344\n- steps: 2\n- seed: 1');
    expect(card).toContain('No row: a trained network, and statistics of columns.');
    expect(card).toContain('Differential privacy is not promised.');
    expect(card).toContain('Not measured.');
    expect(card).not.toMatch(/undefined|NaN|\[object/);
  });

  it('should say that a maker without a network holds rows', async () => {
    const all = await penguins();

    const card = modelCard(await fitModel(all.schema, [all], { recipe: 'smote-nc' }));

    expect(card).toContain('**Training rows**: whoever has the model has these.');
  });

  it('should hold what was found, and what drives its rows', async () => {
    const real = await expectedBatches('real');
    const evaluation = await evaluate(real, real);
    const explanation = {
      directions: [{ moves: [{ column: 'age', correlation: 0.5 }] }],
      effects: [],
    };

    const card = modelCard(await hastyModel(await penguins()), { evaluation, explanation });

    expect(card).toContain('- quality 1.000');
    expect(card).toContain('| direction | moves together |\n|---|---|\n| 1 | age +0.50 |');
  });

  it('should show hostile names as they are, on one line', async () => {
    const name = '<b>|*a*\n# x';
    const cells = Array.from({ length: 20 }, (_, k) => (k % 2 ? 'no' : 'yes'));
    const numbers = makeData({ type: new Int32(), length: 20, data: new Int32Array(20).fill(3) });
    const texts = column(new Utf8(), cells).data[0] as never;
    const schema = new Schema([new Field(name, new Utf8()), new Field('n', new Int32())]);
    const batch: RecordBatch = makeBatch(schema, [texts, numbers], 20);

    const card = modelCard(await fitModel(schema, [batch], { recipe: 'copula' }));

    expect(card).toContain('| \\<b\\>\\|\\*a\\* \\# x | utf8 |');
  });

  it('should refuse no model', () => {
    expect(() => modelCard(undefined as never)).toThrow(InvalidOptionError);
  });
});
