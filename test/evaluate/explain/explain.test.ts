import { Float64, type RecordBatch, Table, Utf8, vectorFromArray } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { InvalidOptionError } from '../../../src/errors.js';
import { tableDirections } from '../../../src/evaluate/explain/directions.js';
import { conditionEffects } from '../../../src/evaluate/explain/effects.js';
import { explainModel } from '../../../src/evaluate/explain/explain-model.js';
import { makeLatentRows } from '../../../src/evaluate/explain/latent-rows.js';
import { explanationInWords } from '../../../src/evaluate/explain/words.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import type { Model } from '../../../src/gan/model/model.js';
import { createRandom } from '../../../src/random.js';
import { hastyModel, penguins } from '../../augment/penguins.js';
import { hastyImages } from '../../gan/families/tensor/images-table.js';

/** Rows of three latent numbers, of which the first drives two columns and a category. */
function planted(rows: number) {
  const random = createRandom('planted');
  const latent = random.fork('latent').fillNormal(new Float32Array(rows * 3));
  const noise = random.fork('noise').fillNormal(new Float32Array(rows));
  const batch = (start: number, end: number) => {
    const own = Array.from({ length: end - start }, (_, k) => start + k);
    const at = (row: number, k: number) => latent[3 * row + k] as number;
    const numbers = (value: (row: number) => number) =>
      vectorFromArray(own.map(value), new Float64());
    return new Table({
      mass: numbers((row) => 100 + 5 * at(row, 0)),
      price: numbers((row) => -at(row, 0) + 0.5 * (noise[row] as number)),
      age: numbers((row) => 0.6 * at(row, 1) + (noise[row] as number)),
      size: vectorFromArray(
        own.map((row) => (at(row, 0) > 0 ? 'large' : 'small')),
        new Utf8(),
      ),
    }).batches[0] as RecordBatch;
  };
  const half = rows / 2;
  return { batches: [batch(0, half), batch(half, rows)], latent, size: 3 };
}

describe('tableDirections', () => {
  it('should tell what moves together, and which way', () => {
    const [first, second, ...others] = tableDirections(planted(4096), 3);

    const moves = Object.fromEntries(
      (first?.moves ?? []).map(({ column, level, correlation }) => [
        [column, level].join('='),
        correlation,
      ]),
    );
    expect(first?.moves[0]).toMatchObject({ column: 'mass' });
    expect(moves['mass=']).toBeGreaterThan(0.98);
    expect(moves['price=']).toBeLessThan(-0.8);
    expect(moves['size=large']).toBeGreaterThan(0.7);
    expect(moves['size=small']).toBeLessThan(-0.7);
    expect(second?.moves.map(({ column }) => column)).toEqual(['age']);
    expect(others).toEqual([]);
  });

  it('should find none by chance', () => {
    const made = planted(4096);
    const latent = createRandom('others').fillNormal(new Float32Array(3 * 4096));

    expect(tableDirections({ ...made, latent }, 3)).toEqual([]);
  });
});

describe('explainModel', () => {
  let all: RecordBatch;
  let model: Model;
  let copula: Model;

  beforeAll(async () => {
    all = await penguins();
    model = await hastyModel(all);
    copula = await fitModel(all.schema, [all], { recipe: 'copula', target: 'species' });
  });

  it('should tell what asking for each level does to other columns', async () => {
    const { directions, effects } = await explainModel(copula, { rows: 512 });

    const gentoo = effects.find(({ level }) => level === 'Gentoo');
    expect(gentoo?.shifts.find(({ column }) => column === 'body_mass_g')?.shift).toBeGreaterThan(
      0.3,
    );
    expect(gentoo?.shifts.find(({ level }) => level === 'Biscoe')?.shift).toBeGreaterThan(0.3);
    expect(gentoo?.shifts.some(({ column }) => column === 'species')).toBe(false);
    expect(new Set(effects.map(({ column }) => column))).toEqual(
      new Set(['species', 'island', 'sex']),
    );
    expect(directions).toEqual([]);
  });

  it('should keep the latent vectors of rows that keep all rules, the same for the same seed', async () => {
    const made = await makeLatentRows(model, 1, 4);
    const again = await makeLatentRows(model, 1, 4);

    expect(made?.latent).toHaveLength(1024 * (made?.size ?? 0));
    expect(again?.latent).toEqual(made?.latent);
    expect(made?.batches[0]?.schema.names).toEqual(all.schema.names);
    const pairs = (batch: RecordBatch | undefined) =>
      new Set([...(batch ?? [])].map(({ species, island }) => `${species} ${island}`));
    expect([...pairs(made?.batches[0])].every((pair) => pairs(all).has(pair))).toBe(true);
  });

  it('should tell no effect of conditions that a recipe does not take', async () => {
    const tvae = await fitModel(all.schema, [all], { recipe: 'tvae', steps: 2, thread: 'caller' });

    expect(await conditionEffects(tvae, 256, 0)).toEqual([]);
  });

  it('should refuse a model of images, and say what draws its directions', async () => {
    const images = await hastyImages();

    await expect(explainModel(images)).rejects.toThrow(InvalidOptionError);
    await expect(explainModel(images)).rejects.toThrow('drawDirections');
  });
});

describe('explanationInWords', () => {
  it('should tell the strongest of each in one line', () => {
    const moves = [
      { column: 'mass', correlation: 0.714 },
      { column: 'species', level: 'Gentoo', correlation: -0.5 },
    ];
    const effects = [{ column: 'sex', level: 'MALE', hits: 0.925, shifts: [] }];

    const words = explanationInWords({ directions: [{ moves }], effects });

    expect(words).toEqual({
      directions: [{ direction: 1, moves: 'mass +0.71, species=Gentoo −0.50' }],
      conditions: [{ condition: 'sex=MALE', hits: '92.5 %', moves: 'nothing' }],
    });
  });
});
