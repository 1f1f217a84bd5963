import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { askArquero, askDuckDB, askPolars, type Group, writeBoth } from '../../examples/query.js';
import { useDirectory } from '../data/support/directory.js';

const directory = useDirectory();
let paths: { parquet: string; arrow: string };

beforeAll(async () => {
  paths = await writeBoth(dirname(directory.fresh('any')), { ratio: 0.3, recipe: 'copula' });
});

const rowsOf = (groups: readonly Group[], isSynthetic: boolean) =>
  groups
    .filter((group) => group.isSynthetic === isSynthetic)
    .reduce((sum, { rows }) => sum + rows, 0);

describe('examples/query', () => {
  it.each([
    ['DuckDB', () => askDuckDB(paths.parquet)],
    ['Polars', async () => askPolars(paths.parquet)],
    ['Arquero', () => askArquero(paths.arrow)],
  ])('should read augmented rows with %s', async (_, ask) => {
    const groups = await ask();

    expect([rowsOf(groups, false), rowsOf(groups, true)]).toEqual([344, 147]);
    expect(groups.slice(0, 3).map(({ species, rows }) => [species, rows])).toEqual([
      ['Adelie', 152],
      ['Chinstrap', 68],
      ['Gentoo', 124],
    ]);
    expect(groups[2]?.mass).toBeCloseTo(5076.016, 2);
  });
});
