import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNiftiBatches } from '../../../src/data/nifti/read.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { FormatError } from '../../../src/errors.js';
import { collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

interface Header {
  readonly shape?: readonly number[];
  readonly type?: number;
  readonly slope?: readonly [number, number];
  /** Rows of the affine matrix. */
  readonly matrix?: readonly (readonly number[])[];
  readonly isLittleEndian?: boolean;
  readonly offset?: number;
  readonly magic?: string;
}

/** A NIfTI-1 file of bytes or 16-bit numbers, as nifti1.h describes it. */
function niftiFile(values: readonly number[], header: Header = {}): Buffer {
  const { shape = [2, 3, 4], type = 2, slope = [0, 0], isLittleEndian = true } = header;
  const { offset = 352, magic = 'n+1', matrix } = header;
  const width = type === 2 ? 1 : 2;
  const file = Buffer.alloc(offset + values.length * width);
  const view = new DataView(file.buffer, file.byteOffset);
  view.setInt32(0, 348, isLittleEndian);
  for (const [k, size] of [shape.length, ...shape].entries()) {
    view.setInt16(40 + 2 * k, size, isLittleEndian);
  }
  view.setInt16(70, type, isLittleEndian);
  for (const [k, spacing] of [1, 0.5, 1.5, 2].entries()) {
    view.setFloat32(76 + 4 * k, spacing, isLittleEndian);
  }
  view.setFloat32(108, offset, isLittleEndian);
  view.setFloat32(112, slope[0], isLittleEndian);
  view.setFloat32(116, slope[1], isLittleEndian);
  view.setInt16(254, matrix ? 1 : 0, isLittleEndian);
  for (const [row, numbers] of (matrix ?? []).entries()) {
    for (const [k, value] of numbers.entries()) {
      view.setFloat32(280 + 16 * row + 4 * k, value, isLittleEndian);
    }
  }
  file.write(`${magic}\0`, 344, 'latin1');
  for (const [k, value] of values.entries()) {
    if (width === 1) view.setUint8(offset + k, value);
    else view.setInt16(offset + 2 * k, value, isLittleEndian);
  }
  return file;
}

async function fileOf(...args: Parameters<typeof niftiFile>): Promise<string> {
  const path = directory.fresh('nii');
  await writeFile(path, niftiFile(...args));
  return path;
}

/** 24 voxels of 2 × 3 × 4, each with its number; a head whose axes run right, front and up. */
const voxels = Array.from({ length: 24 }, (_, k) => k);
const numbersOf = (batch: RecordBatch | undefined, row: number, name = 'slice') =>
  Array.from(readTensors(batch as RecordBatch, name).at(row) as Uint8Array);

describe('readNiftiBatches', () => {
  it("should lay slices out with the patient's right at the left edge, and the front above", async () => {
    const path = await fileOf(voxels);

    const [axial] = await collect(readNiftiBatches(path));
    const [coronal] = await collect(readNiftiBatches(path, { plane: 'coronal' }));
    const [sagittal] = await collect(readNiftiBatches(path, { plane: 'sagittal' }));

    // Voxel x + 2y + 6z: x to the right, y to the front, z up.
    expect(axial?.numRows).toBe(4);
    expect(numbersOf(axial, 1)).toEqual([11, 10, 9, 8, 7, 6]);
    expect(coronal?.numRows).toBe(3);
    expect(numbersOf(coronal, 0)).toEqual([19, 18, 13, 12, 7, 6, 1, 0]);
    expect(sagittal?.numRows).toBe(2);
    expect(numbersOf(sagittal, 1)).toEqual([23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3, 1]);
    expect(JSON.parse(axial?.schema.fields[3]?.metadata.get('nifti') ?? '{}')).toEqual({
      plane: 'axial',
      rows: 'A→P',
      columns: 'R→L',
      spacing: [1.5, 0.5, 2],
    });
  });

  it('should give the same slices whatever way the axes of a file run', async () => {
    const [plain] = await collect(readNiftiBatches(await fileOf(voxels)));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
        async (order, flips) => {
          const sizes = [2, 3, 4];
          const shape = order.map((axis) => sizes[axis] as number);
          const values = voxels.map((_, at) => {
            let [rest, number] = [at, 0];
            for (const [k, axis] of order.entries()) {
              const length = shape[k] as number;
              const place = rest % length;
              rest = Math.floor(rest / length);
              number += (flips[k] ? length - 1 - place : place) * ([1, 2, 6][axis] as number);
            }
            return number;
          });
          const matrix = [0, 1, 2].map((patient) => [
            ...order.map((axis, k) => (axis === patient ? 1 : 0.1) * (flips[k] ? -1 : 1)),
            0,
          ]);

          const [batch] = await collect(readNiftiBatches(await fileOf(values, { shape, matrix })));

          for (let row = 0; row < 4; row++) {
            expect(numbersOf(batch, row)).toEqual(numbersOf(plain, row));
          }
        },
      ),
      { numRuns: 24 },
    );
  });

  it('should read big-endian, compressed and scaled numbers, and keep those of a window', async () => {
    const path = directory.fresh('nii.gz');
    const numbers = voxels.map((value) => value * 100 - 800);
    await writeFile(path, gzipSync(niftiFile(numbers, { type: 4, isLittleEndian: false })));
    const scaled = await fileOf(voxels, { slope: [0.5, 3] });

    const [wide] = await collect(readNiftiBatches(path, { window: [-500, 400] }));
    const [real] = await collect(readNiftiBatches(scaled));

    expect(readTensors(wide as RecordBatch, 'slice').element).toBe('int16');
    const said = JSON.parse(wide?.schema.fields[3]?.metadata.get('nifti') ?? '{}');
    expect(said).toMatchObject({ plane: 'axial', window: [-500, 400] });
    expect(numbersOf(wide, 1)).toEqual([300, 200, 100, 0, -100, -200]);
    expect(numbersOf(wide, 0)).toEqual([-300, -400, -500, -500, -500, -500]);
    expect(readTensors(real as RecordBatch, 'slice').element).toBe('float32');
    expect(numbersOf(real, 0)).toEqual([5.5, 5, 4.5, 4, 3.5, 3]);
  });

  it('should give labels beside the slices, and leave empty slices out', async () => {
    const path = await fileOf(voxels.map((value) => (value < 12 ? 0 : value)));
    const labels = await fileOf(voxels.map((value) => value % 3));

    const [batch] = await collect(
      readNiftiBatches(path, { labels, filled: 0.5, volume: 'a head' }),
    );

    expect(batch?.toArray().map(({ volume, index }) => [volume, index])).toEqual([
      ['a head', 2],
      ['a head', 3],
    ]);
    expect(batch?.getChild('position')?.toArray()).toEqual(Float32Array.of(2 / 3, 1));
    expect(numbersOf(batch, 0, 'labels')).toEqual([2, 1, 0, 2, 1, 0]);
  });

  it('should refuse what is no volume, or one that it does not read', async () => {
    const refused = async (header: Header, values = voxels) => {
      const path = await fileOf(values, header);
      const error = await collect(readNiftiBatches(path)).catch((raised: unknown) => raised);
      expect(error).toBeInstanceOf(FormatError);
      return (error as Error).message;
    };

    expect(await refused({ magic: 'abc' })).toMatch(/no NIfTI-1 file: its magic is "abc"/);
    expect(await refused({ magic: 'ni1' })).toMatch(/a file apart/);
    expect(await refused({ type: 128 })).toMatch(/type 128/);
    expect(await refused({ shape: [2, 3, 2, 2] })).toMatch(/several volumes: .*2 × 3 × 2 × 2/);
    expect(await refused({ shape: [2, 3, 0] })).toMatch(/shape is 2 × 3 × 0/);
    expect(await refused({ shape: [2000, 2000, 2000] })).toMatch(/too many voxels/);
    expect(await refused({}, voxels.slice(1))).toMatch(/cut short/);
    await expect(
      collect(
        readNiftiBatches(await fileOf(voxels), {
          labels: await fileOf(voxels, { shape: [4, 3, 2] }),
        }),
      ),
    ).rejects.toThrow(/labels are on another grid: .* 4 × 3 × 2 voxels, .* 2 × 3 × 4/);
    const mirrored = [
      [-1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ];
    await expect(
      collect(
        readNiftiBatches(await fileOf(voxels), {
          labels: await fileOf(voxels, { matrix: mirrored }),
        }),
      ),
    ).rejects.toThrow(/labels are on another grid: the axes of .* run another way/);
  });

  it('should never read a damaged header as anything but a volume or an error of ours', async () => {
    const file = niftiFile(voxels);
    await fc.assert(
      fc.asyncProperty(fc.nat(351), fc.nat(255), async (at, byte) => {
        const path = directory.fresh('nii');
        const damaged = Buffer.from(file);
        damaged[at] = byte;
        await writeFile(path, damaged);

        const result = await collect(readNiftiBatches(path)).catch((raised: unknown) => raised);

        if (!Array.isArray(result)) expect(result).toBeInstanceOf(FormatError);
      }),
      { numRuns: 60 },
    );
  });
});
