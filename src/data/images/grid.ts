import { InvalidOptionError, SchemaError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { assertGiven } from '../../options/given.js';
import { about } from '../../options/option.js';
import { custom, wholeNumber } from '../../options/values.js';
import { logicalShape } from '../tensor/permute.js';
import type { TensorColumn } from '../tensor/read.js';
import type { Channels, Image } from './image.js';

/** How {@link imageGrid} lays out images. */
export interface GridOptions {
  /** Images side by side. Default: as many as make the grid about square. */
  readonly columns?: number | undefined;
  /** Images in all, at most. Default: all. */
  readonly images?: number | undefined;
  /** Pixels between images. Default: 2. */
  readonly gap?: number | undefined;
  /** The numbers that are black and white. Default: 0 and 255 for whole numbers, 0 and 1 for others. */
  readonly range?: readonly [number, number] | undefined;
}

/** The options of `imageGrid`. */
export const gridOptions = object<GridOptions>({
  columns: about('images side by side', wholeNumber({ from: 1 })),
  images: about('images in all, at most', wholeNumber({ from: 0 })),
  gap: about('pixels between images', wholeNumber({ from: 0 })),
  range: about(
    'the numbers that are black and white',
    custom<readonly [number, number]>(
      'an array of two numbers',
      (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite),
    ),
  ),
});

/**
 * Tensors of shape [height, width] or [height, width, channels] as one image, side by side, row by
 * row, on black. A null tensor leaves its place empty.
 *
 * @throws SchemaError if the tensors are no images.
 * @throws InvalidOptionError for options that cannot be used.
 */
export function imageGrid(tensors: TensorColumn, options: GridOptions = {}): Image {
  checkOptions(gridOptions, options);
  assertGiven(tensors, 'tensors', 'tensors, as readTensors gives them');
  const [height, width, channels] = imageShape(tensors);
  const { images = tensors.rows, gap = 2 } = options;
  const count = Math.min(images, tensors.rows);
  const { columns = Math.max(Math.ceil(Math.sqrt(count)), 1) } = options;
  const toByte = byteScale(tensors, options.range);
  const rows = Math.max(Math.ceil(count / columns), 1);
  const whole = {
    width: columns * (width + gap) - gap,
    height: rows * (height + gap) - gap,
    channels,
  };
  const pixels = new Uint8Array(whole.width * whole.height * channels);
  if (channels === 4) for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  for (let index = 0; index < count; index++) {
    const tensor = tensors.logicalAt(index);
    if (!tensor) continue;
    const left = (index % columns) * (width + gap);
    const top = Math.floor(index / columns) * (height + gap);
    for (let y = 0; y < height; y++) {
      const target = ((top + y) * whole.width + left) * channels;
      const source = y * width * channels;
      for (let k = 0; k < width * channels; k++) {
        pixels[target + k] = toByte(tensor[source + k] as number | bigint);
      }
    }
  }
  return { ...whole, pixels };
}

function imageShape(tensors: TensorColumn): [height: number, width: number, channels: Channels] {
  const shape = logicalShape(tensors);
  const [height = 0, width = 0, channels = 1] = shape;
  const isImage = shape.length === 2 || (shape.length === 3 && [1, 3, 4].includes(channels));
  if (isImage && tensors.element !== 'float16') return [height, width, channels as Channels];
  throw new SchemaError(
    `tensors cannot be shown as images: ${tensors.element} of shape [${shape}]. ` +
      'Give numbers other than float16 of shape [height, width, 1, 3 or 4 channels]',
  );
}

function byteScale({ element }: TensorColumn, range?: readonly [number, number]) {
  const [black, white] = range ?? (element.startsWith('float') ? [0, 1] : [0, 255]);
  if (!Number.isFinite(white - black) || black === white) {
    throw new InvalidOptionError(`option 'range' must be two numbers: ${range}`);
  }
  const factor = 255 / (white - black);
  return (value: number | bigint) => {
    const scaled = Math.round((Number(value) - black) * factor);
    return Math.min(Math.max(scaled, 0), 255);
  };
}
