import { Buffer } from 'node:buffer';
import type { ImageColumn, Rows } from '../../columns/column.js';
import { drawIndices } from '../../columns/select.js';
import type { ImageShape } from '../../encode/image/layout.js';
import { thumbnailsOf } from '../../encode/image/thumbnail.js';
import type { Random } from '../../random.js';

/** A picture as bytes, from black to white: [height, width, channels], in base64. */
export type PictureBytes = string;

/** A synthetic picture beside the real one that is nearest to it. */
export interface PicturePair {
  /** The synthetic picture. */
  readonly synthetic: PictureBytes;
  /** The real one. */
  readonly nearest: PictureBytes;
  /** Root of the mean squared difference of their pixels; black and white differ by 1. */
  readonly distance: number;
}

/** Some pictures of a column of images, or of sounds as log-mel spectrograms. */
export interface DrawnPictures {
  /** Name of the column. */
  readonly column: string;
  /** Pixels; of large images, fewer than they have. */
  readonly height: number;
  /** Pixels. */
  readonly width: number;
  /** 1 for grey, 3 for colour. */
  readonly channels: 1 | 3;
  /** Whether they are spectrograms of sounds: time across, low frequencies at the bottom. */
  readonly isSound: boolean;
  /** Synthetic pictures with their nearest real ones. */
  readonly pairs: readonly PicturePair[];
  /** The mean distance of as many real pictures to the nearest other real one; null with fewer than two. */
  readonly realDistance: number | null;
}

/** Pictures that are shown, real ones that are searched, and those looked at pixel by pixel, at most. */
const most = { shown: 8, searched: 2000, compared: 16, edge: 96 } as const;

/** Draws synthetic pictures, and finds the real ones that are nearest: by thumbnails, then by pixels. */
export function drawPictures(
  real: Rows,
  synthetic: Rows,
  isSound: boolean,
  random: Random,
): DrawnPictures | null {
  const [own, made] = [real.images, synthetic.images];
  if (!own || !made || real.length === 0 || synthetic.length === 0) return null;
  const draw = (length: number, count: number, name: string) =>
    Array.from(drawIndices(length, Math.min(count, length), random.fork(name))).sort(
      (a, b) => a - b,
    );
  const searched = draw(real.length, most.searched, 'searched');
  const nearestTo = createNearest(own, searched);
  const shown = scaledShape(own.shape);
  const bytesOf = (column: ImageColumn, row: number) =>
    pictureBytes(read(column, row), own.shape, isSound);
  const pairs = draw(synthetic.length, most.shown, 'shown').map((row): PicturePair => {
    const { row: nearest, distance } = nearestTo(read(made, row), undefined);
    return {
      synthetic: bytesOf(made, row),
      nearest: bytesOf(own, nearest),
      distance: round(distance),
    };
  });
  const others = draw(searched.length, most.shown, 'others').map(
    (place) => searched[place] as number,
  );
  const distances =
    searched.length < 2 ? [] : others.map((row) => nearestTo(read(own, row), row).distance);
  const sum = distances.reduce((total, distance) => total + distance, 0);
  return {
    column: own.name,
    ...(isSound
      ? { height: shown.width, width: shown.height }
      : { height: shown.height, width: shown.width }),
    channels: channelsOf(own.shape),
    isSound,
    pairs,
    realDistance: distances.length === 0 ? null : round(sum / distances.length),
  };
}

const round = (value: number) => Number(value.toFixed(4));

function read({ shape, fill }: ImageColumn, row: number): Float32Array {
  const pixels = new Float32Array(shape.height * shape.width * shape.channels);
  fill(row, pixels, 0);
  return pixels;
}

/** Finds the row of a column that is nearest to a picture, another than `except`. */
function createNearest(column: ImageColumn, rows: readonly number[]) {
  const { size, write } = thumbnailsOf(column.shape);
  const thumbnails = new Float64Array(rows.length * size);
  for (const [k, row] of rows.entries()) write(read(column, row), 0, thumbnails, k * size);
  const wanted = new Float64Array(size);
  return (picture: Float32Array, except: number | undefined) => {
    write(picture, 0, wanted, 0);
    const candidates = rows
      .map((row, k) => ({ row, distance: squaredDistance(thumbnails, k * size, wanted) }))
      .filter(({ row }) => row !== except)
      .sort((a, b) => a.distance - b.distance)
      .slice(0, most.compared)
      .map(({ row }) => {
        const squares = squaredDistance(read(column, row), 0, picture);
        // Numbers are in [−1, 1].
        return { row, distance: Math.sqrt(squares / picture.length) / 2 };
      });
    return candidates.reduce((best, own) => (own.distance < best.distance ? own : best));
  };
}

function squaredDistance(
  values: ArrayLike<number>,
  from: number,
  others: ArrayLike<number>,
): number {
  let sum = 0;
  for (let k = 0; k < others.length; k++) {
    sum += ((values[from + k] as number) - (others[k] as number)) ** 2;
  }
  return sum;
}

const channelsOf = ({ channels }: ImageShape): 1 | 3 => (channels >= 3 ? 3 : 1);

/** How many pixels are shown of a picture of many: every so many of them. */
function scaledShape({ height, width }: ImageShape) {
  const step = Math.ceil(Math.max(height, width) / most.edge);
  return { step, height: Math.ceil(height / step), width: Math.ceil(width / step) };
}

/** Pixels as bytes, in three channels or one; spectrograms are turned, so that time runs across. */
function pictureBytes(pixels: Float32Array, shape: ImageShape, isSound: boolean): PictureBytes {
  const { step, height, width } = scaledShape(shape);
  const channels = channelsOf(shape);
  const bytes = Buffer.alloc(height * width * channels);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * step * shape.width + column * step) * shape.channels;
      const to = isSound ? (width - 1 - column) * height + row : row * width + column;
      for (let channel = 0; channel < channels; channel++) {
        const value = (((pixels[from + channel] as number) + 1) / 2) * 255;
        bytes[to * channels + channel] = Math.max(0, Math.min(255, Math.round(value)));
      }
    }
  }
  return bytes.toString('base64');
}
