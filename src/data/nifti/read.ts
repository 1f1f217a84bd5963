import { basename } from 'node:path';
import {
  type Data,
  Field,
  Float32,
  Int32,
  makeData,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { DataError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { makeBatch } from '../batches/batch.js';
import { batchLength } from '../batches/batch-length.js';
import { emptyBatch } from '../batches/interleave.js';
import { elementArray, type TensorValues } from '../tensor/elements.js';
import { makeTensorColumn } from '../tensor/make.js';
import { tensorField } from '../tensor/type.js';
import { type ReadNiftiOptions, readNiftiOptions } from './options.js';
import { describePlane, layOut, type Plane, placesOfSlice, type SliceLayout } from './orient.js';
import { bytesOf, type NiftiVolume, readNiftiVolume } from './volume.js';

/**
 * Reads a NIfTI-1 volume (.nii or .nii.gz) as rows of slices, which lie as radiologists look at them
 * whatever way the file has its axes: the patient's right at the left edge.
 *
 * Columns: `volume`, its name; `index`, the slice's number from 0; `position`, where it is from 0 to 1;
 * `slice`, a tensor [height, width, 1] in the numbers of the file, or float32 where its header scales
 * them; and `labels`, another one, if there is a volume of labels. Plane, directions, spacing in
 * millimetres and window stand in the field's metadata.
 *
 * @throws FileError if a file cannot be read; FormatError if one is no NIfTI-1 file that is read here;
 * DataError if the labels are on another grid.
 */
export async function* readNiftiBatches(
  path: string,
  options: ReadNiftiOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  checkOptions(readNiftiOptions, options);
  const { labels, plane = 'axial', window, filled = 0, batchRows = 64, signal } = options;
  signal?.throwIfAborted();
  const volume = await readNiftiVolume(path);
  const labelVolume = labels === undefined ? undefined : await readNiftiVolume(labels);
  signal?.throwIfAborted();
  if (labelVolume) checkGrid(volume, labelVolume);
  const layout = layOut(volume.header, plane);
  const volumes = labelVolume ? [volume, labelVolume] : [volume];
  const schema = schemaOf(volumes, layout, plane, window);
  const slices = slicesWith(volume, layout, filled);
  const name = options.volume ?? basename(volume.name);
  const bytes = volumes.reduce((sum, each) => sum + sliceBytes(each, layout), 0);
  const length = batchLength(batchRows, bytes);
  for (let start = 0; start < slices.length; start += length) {
    signal?.throwIfAborted();
    const some = slices.slice(start, start + length);
    const tensors = volumes.map((each, k) => {
      const values = cutSlices(each, layout, some);
      if (k === 0 && window) clip(values, window);
      return makeTensorColumn(schema.fields[3 + k] as Field, values);
    });
    const text = vectorFromArray(
      some.map(() => name),
      new Utf8(),
    ).data[0] as Data;
    yield makeBatch(schema, [text, ...placesOf(some, layout), ...tensors], some.length);
  }
  if (slices.length === 0) yield emptyBatch(schema);
}

function checkGrid(volume: NiftiVolume, labels: NiftiVolume): void {
  const describe = ({ header }: NiftiVolume) => header.shape.join(' × ');
  if (describe(volume) !== describe(labels)) {
    throw new DataError(
      `labels are on another grid: ${labels.name} has ${describe(labels)} voxels, ${volume.name} has ` +
        `${describe(volume)}. Resample them to the volume's`,
    );
  }
  const axes = ({ header }: NiftiVolume) => JSON.stringify(layOut(header, 'axial'));
  if (axes(volume) === axes(labels)) return;
  throw new DataError(
    `labels are on another grid: the axes of ${labels.name} run another way than those of ` +
      `${volume.name}. Resample them to the volume's`,
  );
}

function schemaOf(
  volumes: readonly NiftiVolume[],
  { rows, columns, slices }: SliceLayout,
  plane: Plane,
  window: readonly [number, number] | undefined,
): Schema {
  const names = ['slice', 'labels'];
  const tensors = volumes.map(({ header, element }, k) => {
    const spacing = [rows, columns, slices].map(({ axis }) => header.spacing[axis]);
    const described = { plane, ...describePlane(plane), spacing };
    const metadata = { nifti: JSON.stringify({ ...described, ...(k === 0 && { window }) }) };
    const shape = [rows.length, columns.length, 1];
    const dimensionNames = ['height', 'width', 'channel'];
    return tensorField(names[k] as string, { element, shape, dimensionNames, metadata });
  });
  return new Schema([
    new Field('volume', new Utf8(), false),
    new Field('index', new Int32(), false),
    new Field('position', new Float32(), false),
    ...tensors,
  ]);
}

/** Numbers of the slices of which a share is not 0. */
function slicesWith({ values, header }: NiftiVolume, layout: SliceLayout, share: number) {
  const all = Array.from({ length: layout.slices.length }, (_, slice) => slice);
  if (share === 0) return all;
  return all.filter((slice) => {
    const places = placesOfSlice(header.shape, layout, slice);
    const filled = places.reduce((sum, place) => sum + (Number(values[place]) === 0 ? 0 : 1), 0);
    return filled >= share * places.length;
  });
}

function sliceBytes({ element }: NiftiVolume, { rows, columns }: SliceLayout): number {
  return rows.length * columns.length * bytesOf(element);
}

function cutSlices(
  { values, header, element }: NiftiVolume,
  layout: SliceLayout,
  slices: readonly number[],
): TensorValues {
  const size = layout.rows.length * layout.columns.length;
  const cut = new (elementArray(element))(slices.length * size);
  for (const [k, slice] of slices.entries()) {
    const places = placesOfSlice(header.shape, layout, slice);
    for (let at = 0; at < size; at++) cut[k * size + at] = values[places[at] as number] as never;
  }
  return cut;
}

function clip(values: TensorValues, [low, high]: readonly [number, number]): void {
  for (let k = 0; k < values.length; k++) {
    values[k] = Math.min(Math.max(Number(values[k]), low), high) as never;
  }
}

/** The columns of the slices' numbers, and of where they are. */
function placesOf(slices: readonly number[], layout: SliceLayout): Data[] {
  const length = slices.length;
  const last = Math.max(layout.slices.length - 1, 1);
  return [
    makeData({ type: new Int32(), length, nullCount: 0, data: Int32Array.from(slices) }),
    makeData({
      type: new Float32(),
      length,
      nullCount: 0,
      data: Float32Array.from(slices, (slice) => slice / last),
    }),
  ];
}
