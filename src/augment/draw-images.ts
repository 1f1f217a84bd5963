import { DataType, type Field, type RecordBatch } from 'apache-arrow';
import { concatenateBatches } from '../data/batches/interleave.js';
import { imageGrid } from '../data/images/grid.js';
import type { Image } from '../data/images/image.js';
import type { MadeBy } from '../data/images/made-by.js';
import { sampleRate } from '../data/sounds/field.js';
import { readSoundColumn } from '../data/sounds/read-column.js';
import { readTensors } from '../data/tensor/read.js';
import type { ColumnEncoder } from '../encode/encoder.js';
import { soundGrid } from '../encode/pictures/sound-grid.js';
import { isSoundEncoder } from '../encode/sound/sound.js';
import { isTensorEncoder, type TensorEncoder } from '../encode/tensor/encoder.js';
import { InvalidOptionError } from '../errors.js';
import { findDirections } from '../evaluate/image/directions.js';
import { interpolateImages, traverseImages } from '../gan/families/tensor/image/interpolate.js';
import { contactSheet } from '../gan/families/tensor/video/contact-sheet.js';
import type { Model } from '../gan/model/model.js';
import { checkOptions } from '../options/check.js';
import { assertGiven } from '../options/given.js';
import {
  type DirectionsOptions,
  type DrawOptions,
  directionsOptions,
  drawOptions,
} from './options/draw.js';
import type { SampleOptions } from './options/sample.js';
import { readClips } from './read-clips.js';
import { sampleBatches } from './sample-batches.js';

/**
 * Synthetic images of a model as one image, side by side; `encodePng` makes a file of it. They are
 * those that `sampleBatches` gives with the same options. Of sounds their waveforms and spectrograms
 * are drawn, of videos their frames: one below the other, unless `columns` says how many clips are side
 * by side.
 *
 * @throws InvalidOptionError for a model that makes no images.
 */
export async function drawImages(model: Model, options: DrawOptions): Promise<Image> {
  checkOptions(drawOptions, options);
  const { interpolate = false, columns: wanted, ...sampling } = options;
  const { rows, seed } = sampling;
  imagePlace(model);
  const columns = wanted ?? columnsFor(model, rows);
  const batch = interpolate
    ? await interpolateImages(model, {
        rows: Math.max(Math.round(rows / columns), 1),
        columns,
        seed,
      })
    : await sampleOnce(model, sampling);
  return gridOf(model, batch, columns);
}

/**
 * One image moved along the directions that change a model's images most, as one image: a direction
 * each row, the strongest first (SeFa, Shen and Zhou 2021).
 *
 * @throws InvalidOptionError for a model that makes no images, or whose generator has no dense layer
 * to read directions from.
 */
export async function drawDirections(
  model: Model,
  options: DirectionsOptions = {},
): Promise<Image> {
  checkOptions(directionsOptions, options);
  assertGiven(model, 'model', 'a model');
  const { directions = 8, columns = 9, reach = 4, seed } = options;
  imagePlace(model);
  const found = findDirections(model, directions);
  const batch = await traverseImages(model, { directions: found, columns, reach, seed });
  return gridOf(model, batch, columns);
}

/** As many as make the picture about square, two at least; the frames of a video fill a row. */
function columnsFor({ encoders }: Model, rows: number): number {
  if (encoders.some(({ kind }) => kind === 'video')) return 1;
  return Math.max(Math.ceil(Math.sqrt(rows)), 2);
}

function gridOf(model: Model, batch: RecordBatch, columns: number): Image {
  return { ...pixelsOf(model, batch, columns), madeBy: madeBy(model) };
}

/** What a picture of a model's says of where it is from. */
export function madeBy({ id, manifest }: Model): MadeBy {
  return { model: id, recipe: manifest.recipe.name };
}

function pixelsOf(model: Model, batch: RecordBatch, columns: number): Image {
  const place = imagePlace(model);
  const field = model.schema.fields[place] as Field;
  const { name } = field;
  const encoder = model.encoders[place] as TensorEncoder;
  if (encoder.kind === 'video') {
    return contactSheet(readClips(batch, field, encoder), encoder.shape, columns);
  }
  if (isSoundEncoder(encoder)) {
    // What a picture shows does not depend on the rate.
    return soundGrid(readSoundColumn(batch, name, sampleRate(field) ?? 1), { columns });
  }
  return imageGrid(readTensors(batch, name), { columns, range: rangeOf(model, place) });
}

function imagePlace({ encoders, manifest }: Model): number {
  const place = encoders.findIndex((own) => isTensorEncoder(own) && own.kind !== 'text');
  if (place >= 0) return place;
  throw new InvalidOptionError(
    `the model makes no images: ${manifest.recipe.name}. Use one that was trained on images, sounds or videos`,
  );
}

async function sampleOnce(model: Model, options: SampleOptions): Promise<RecordBatch> {
  const batches: RecordBatch[] = [];
  for await (const batch of sampleBatches(model, options)) batches.push(batch);
  return concatenateBatches((batches[0] as RecordBatch).schema, batches);
}

/** Bytes have black and white of their own; of other numbers the data's are taken. */
function rangeOf({ encoders, schema }: Model, place: number): [number, number] | undefined {
  const { minimum, maximum } = (encoders[place] as ColumnEncoder).toJSON();
  const number = schema.fields[place]?.type.children[0]?.type;
  if (DataType.isInt(number) && number.bitWidth === 8 && !number.isSigned) return undefined;
  const [black, white] = [minimum, maximum] as [number, number];
  return black < white ? [black, white] : [black, black + 1];
}
