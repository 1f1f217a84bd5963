import { describe, expect, it } from 'vitest';
import { loadParquetJs } from '../../../src/data/parquetjs/library.js';
import { InvalidOptionError } from '../../../src/errors.js';

describe('loadParquetJs', () => {
  it('should give the package', async () => {
    const library = await loadParquetJs();

    expect(library).toHaveProperty('ParquetReader');
  });

  it('should say what to install where the package is absent', async () => {
    const loading = loadParquetJs(() =>
      Promise.reject(new Error("Cannot find package 'x'\n at y")),
    );

    await expect(loading).rejects.toThrow(InvalidOptionError);
    await expect(loading).rejects.toThrow(
      "parquetjs-lite cannot be loaded: Cannot find package 'x'. Run `npm install parquetjs-lite`",
    );
  });
});
