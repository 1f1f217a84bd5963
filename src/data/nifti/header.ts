import { FormatError } from '../../errors.js';
import type { TensorElement } from '../tensor/elements.js';

/** What a NIfTI-1 header says, as far as slices need it. */
export interface NiftiHeader {
  readonly isLittleEndian: boolean;
  /** Voxels along the three axes of the file. */
  readonly shape: readonly [number, number, number];
  /** Millimetres, or whatever the file's unit is, between voxels. */
  readonly spacing: readonly [number, number, number];
  readonly element: NiftiElement;
  /** Byte at which the voxels begin. */
  readonly offset: number;
  /** What the numbers of the file mean: slope · number + intercept. */
  readonly slope: number;
  readonly intercept: number;
  /** Rows of the matrix from voxels to the patient: right, front, up; columns are the file's axes. */
  readonly directions: readonly (readonly number[])[];
}

/** Types of voxels that are read. */
export type NiftiElement = Exclude<TensorElement, 'float16' | 'int64' | 'uint64'>;

const elements: ReadonlyMap<number, NiftiElement> = new Map([
  [2, 'uint8'],
  [4, 'int16'],
  [8, 'int32'],
  [16, 'float32'],
  [64, 'float64'],
  [256, 'int8'],
  [512, 'uint16'],
  [768, 'uint32'],
]);

/** Bytes of the header. */
export const headerBytes = 348;

/** Voxels of a volume, at most: 2 gigabytes of the widest type. */
const mostVoxels = 2 ** 28;

/**
 * Reads the header of a NIfTI-1 file (nifti1.h; Cox et al. 2004).
 *
 * @param name Names the file in errors.
 * @throws FormatError for what is no such header, or one of a file that is not read: a header apart
 * from its voxels, several volumes, complex numbers or colours.
 */
export function readNiftiHeader(bytes: Uint8Array, name: string): NiftiHeader {
  if (bytes.byteLength < headerBytes) throw notNifti(name, `it has ${bytes.byteLength} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittleEndian = view.getInt32(0, true) === headerBytes;
  if (!isLittleEndian && view.getInt32(0, false) !== headerBytes) {
    throw notNifti(name, 'its header does not say that it has 348 bytes');
  }
  const magic = String.fromCharCode(...bytes.subarray(344, 347));
  if (magic === 'ni1') {
    throw new FormatError(
      `${name} has its voxels in a file apart (.hdr and .img). Join them as .nii first`,
    );
  }
  if (magic !== 'n+1') throw notNifti(name, `its magic is ${JSON.stringify(magic)}`);
  const short = (at: number) => view.getInt16(at, isLittleEndian);
  const float = (at: number) => view.getFloat32(at, isLittleEndian);
  const [type, count] = [short(70), short(40)];
  const element = elements.get(type);
  if (!element) {
    throw new FormatError(
      `${name} has voxels of type ${type}, which is not read: complex, coloured or wider than 64 bits`,
    );
  }
  const sizes = Array.from({ length: 7 }, (_, k) => (k < count ? short(42 + 2 * k) : 1));
  const [x = 0, y = 0, z = 0, ...more] = sizes;
  if (more.some((size) => size > 1)) {
    throw new FormatError(
      `${name} has several volumes: its shape is ${sizes.slice(0, count).join(' × ')}. Split it first`,
    );
  }
  const offset = float(108);
  const isWhole = Number.isInteger(offset) && offset >= headerBytes;
  if (count < 1 || count > 7 || [x, y, z].some((size) => size < 1) || !isWhole) {
    throw notNifti(name, `its shape is ${sizes.slice(0, 3).join(' × ')}, its offset ${offset}`);
  }
  if (x * y * z > mostVoxels) {
    throw new FormatError(`${name} has too many voxels to be read: ${x} × ${y} × ${z}`);
  }
  const spacing = [80, 84, 88].map((at) => Math.abs(float(at)) || 1);
  const slope = float(112);
  const isScaled = Number.isFinite(slope) && slope !== 0;
  return {
    isLittleEndian,
    shape: [x, y, z],
    spacing: spacing as [number, number, number],
    element,
    offset,
    slope: isScaled ? slope : 1,
    intercept: isScaled ? float(116) || 0 : 0,
    directions: directionsIn(short(254) > 0, short(252) > 0, float),
  };
}

/** Where the file's axes lead: by the affine matrix, else by the quaternion, else as NIfTI's are meant. */
function directionsIn(
  hasMatrix: boolean,
  hasQuaternion: boolean,
  float: (at: number) => number,
): number[][] {
  if (hasMatrix) {
    return [280, 296, 312].map((at) => [0, 4, 8].map((column) => float(at + column)));
  }
  if (!hasQuaternion) return [0, 1, 2].map((row) => [0, 1, 2].map((k) => (row === k ? 1 : 0)));
  const [b, c, d] = [256, 260, 264].map(float) as [number, number, number];
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
  const flip = float(76) < 0 ? -1 : 1;
  return [
    [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), flip * 2 * (b * d + a * c)],
    [2 * (b * c + a * d), a * a + c * c - b * b - d * d, flip * 2 * (c * d - a * b)],
    [2 * (b * d - a * c), 2 * (c * d + a * b), flip * (a * a + d * d - b * b - c * c)],
  ];
}

function notNifti(name: string, problem: string): FormatError {
  return new FormatError(`${name} is no NIfTI-1 file: ${problem}`);
}
