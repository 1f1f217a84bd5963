import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../../../src/data/images/decode.js';
import { FileError, InvalidOptionError } from '../../../../src/errors.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import { useDirectory } from '../../../data/support/directory.js';
import { imagesTable } from '../../families/tensor/images-table.js';

const directory = useDirectory();
const batch = imagesTable(20);

const train = (options: object) =>
  fitModel(batch.schema, [batch], {
    steps: 260,
    recipe: { base: 'dcgan', widthMultiplier: 1 / 64, latent: 4, batch: 2 },
    target: 'label',
    ...options,
  });

describe('pictures of a training', () => {
  it('should be drawn at each look, on whatever thread, and change nothing', async () => {
    const path = join(directory.fresh('training'), 'pictures');

    const [drawn, plain] = [await train({ pictures: path }), await train({})];

    expect((await readdir(path)).sort()).toEqual([
      'curves.png',
      'step-000250.png',
      'step-000260.png',
    ]);
    // Eight images of 6 × 5 for each of two labels, in colour.
    const image = await decodeImage(await readFile(join(path, 'step-000250.png')), 'it');
    expect([image.width, image.height, image.channels]).toEqual([8 * 7 - 2, 2 * 8 - 2, 3]);
    expect(new Set(image.pixels).size).toBeGreaterThan(3);
    const curves = await decodeImage(await readFile(join(path, 'curves.png')), 'it');
    expect([curves.width, curves.height]).toEqual([784, 540]);
    expect(drawn.id).toBe(plain.id);
  });

  it('should be refused where there can be no directory, before any step', async () => {
    const path = directory.fresh('file');
    await writeFile(path, 'no directory');
    const steps: number[] = [];

    const act = train({ pictures: path, onStep: ({ step }: { step: number }) => steps.push(step) });

    await expect(act).rejects.toThrow(FileError);
    await expect(act).rejects.toThrow(`directory cannot be made: ${path}`);
    expect(steps).toEqual([]);
  });

  it('should be refused as anything but a path', async () => {
    const act = train({ pictures: '' });

    await expect(act).rejects.toThrow(InvalidOptionError);
  });
});
