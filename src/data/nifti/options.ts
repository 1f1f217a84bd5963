import { object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { custom, number, oneOf, text } from '../../options/values.js';
import { commonOptions } from '../reader-options.js';
import { type Plane, planes } from './orient.js';

/** What {@link readNiftiBatches} can be told. */
export interface ReadNiftiOptions {
  /** Path of a volume of labels on the same grid, such as a segmentation. Default: none. */
  readonly labels?: string | undefined;
  /** The plane of the slices. Default: 'axial'. */
  readonly plane?: Plane | undefined;
  /** Numbers below the first and above the second become these. Default: none are changed. */
  readonly window?: readonly [low: number, high: number] | undefined;
  /** Share of a slice's voxels that are not 0, at least: others are left out. Default: 0, none. */
  readonly filled?: number | undefined;
  /** What the rows call the volume. Default: the name of the file. */
  readonly volume?: string | undefined;
  /** Slices in a batch, at most; fewer where they are big. Default: 64. */
  readonly batchRows?: number | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `readNifti`. */
export const readNiftiOptions = object<ReadNiftiOptions>({
  labels: about('a volume of labels on the same grid', text('the path of a file')),
  plane: about("the plane of the slices (default: 'axial')", oneOf(planes)),
  window: about(
    'numbers below the first and above the second become these',
    custom<readonly [number, number]>(
      'an array of two numbers, the smaller one first',
      (value) =>
        Array.isArray(value) &&
        value.length === 2 &&
        value.every(Number.isFinite) &&
        value[0] < value[1],
    ),
  ),
  filled: about("share of a slice's voxels that are not 0, at least", number({ from: 0, to: 1 })),
  volume: about('what the rows call the volume', text('a name')),
  batchRows: commonOptions.batchRows,
  signal: commonOptions.signal,
});
