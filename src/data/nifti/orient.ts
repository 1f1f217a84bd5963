import type { NiftiHeader } from './header.js';

/** The planes that a head is looked at in. */
export const planes = ['axial', 'coronal', 'sagittal'] as const;

/** One of them: seen from below, from the front, and from the side. */
export type Plane = (typeof planes)[number];

/** Axes of the patient: to the right, to the front, up. */
const [right, front, up] = [0, 1, 2] as const;

/**
 * What the axes of slices in a plane are, and in which sense they run: as radiologists look at them, the
 * patient's right at the left edge, up or the front at the upper one.
 */
const layouts: Readonly<Record<Plane, { rows: Way; columns: Way; slices: Way }>> = {
  axial: { rows: [front, -1], columns: [right, -1], slices: [up, 1] },
  coronal: { rows: [up, -1], columns: [right, -1], slices: [front, 1] },
  sagittal: { rows: [up, -1], columns: [front, -1], slices: [right, 1] },
};

type Way = readonly [axis: number, sense: 1 | -1];

/** How one axis of slices walks along the file. */
export interface Walk {
  /** The axis of the file. */
  readonly axis: number;
  readonly length: number;
  /** Whether it begins at the file's end. */
  readonly isReversed: boolean;
}

/** How slices of a plane lie in a file. */
export interface SliceLayout {
  readonly rows: Walk;
  readonly columns: Walk;
  readonly slices: Walk;
}

/** Names of the senses, for metadata. */
const letters = ['LR', 'PA', 'IS'] as const;

/** Which way the rows and columns of slices of a plane run: 'A→P'. */
export function describePlane(plane: Plane): { readonly rows: string; readonly columns: string } {
  const name = ([axis, sense]: Way) => {
    const [low, high] = [...(letters[axis] as string)];
    return sense > 0 ? `${low}→${high}` : `${high}→${low}`;
  };
  return { rows: name(layouts[plane].rows), columns: name(layouts[plane].columns) };
}

/**
 * Finds how slices of a plane lie in a file: an axis of the file is that of the patient which it is
 * nearest to.
 */
export function layOut({ shape, directions }: NiftiHeader, plane: Plane): SliceLayout {
  const axes = nearestAxes(directions);
  const walk = ([patient, sense]: Way): Walk => {
    const axis = axes.findIndex((each) => each.patient === patient);
    const isReversed = (axes[axis]?.sense ?? 1) !== sense;
    return { axis, length: shape[axis] as number, isReversed };
  };
  const { rows, columns, slices } = layouts[plane];
  return { rows: walk(rows), columns: walk(columns), slices: walk(slices) };
}

/** For each axis of the file the patient's, of which none is taken twice: the surest first. */
function nearestAxes(directions: NiftiHeader['directions']) {
  const found: { patient: number; sense: number }[] = [];
  const pairs = [0, 1, 2].flatMap((axis) => {
    const column = directions.map((row) => row[axis] as number);
    const length = Math.hypot(...column) || 1;
    return column.map((value, patient) => ({ axis, patient, value: value / length }));
  });
  pairs.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  for (const { axis, patient, value } of pairs) {
    if (found[axis] || found.some((each) => each?.patient === patient)) continue;
    found[axis] = { patient, sense: value < 0 ? -1 : 1 };
  }
  return found;
}

/** Places of a slice's voxels in the file, row after row. */
export function placesOfSlice(
  shape: NiftiHeader['shape'],
  { rows, columns, slices }: SliceLayout,
  slice: number,
): Int32Array {
  const strides = [1, shape[0], shape[0] * shape[1]];
  const place = ({ axis, length, isReversed }: Walk, k: number) =>
    (isReversed ? length - 1 - k : k) * (strides[axis] as number);
  const start = place(slices, slice);
  const places = new Int32Array(rows.length * columns.length);
  for (let y = 0; y < rows.length; y++) {
    const row = start + place(rows, y);
    for (let x = 0; x < columns.length; x++) {
      places[y * columns.length + x] = row + place(columns, x);
    }
  }
  return places;
}
