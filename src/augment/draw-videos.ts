import type { Field, RecordBatch } from 'apache-arrow';
import { concatenateBatches } from '../data/batches/interleave.js';
import { imageGrid } from '../data/images/grid.js';
import type { Clip } from '../data/videos/clip.js';
import { joinFrames } from '../data/videos/decode.js';
import { isTensorEncoder } from '../encode/tensor/encoder.js';
import { InvalidOptionError } from '../errors.js';
import { tensorsOf } from '../gan/families/tensor/tensors-of.js';
import type { Model } from '../gan/model/model.js';
import { checkOptions } from '../options/check.js';
import { madeBy } from './draw-images.js';
import { type DrawVideosOptions, drawVideosOptions } from './options/draw.js';
import { readClips } from './read-clips.js';
import { sampleBatches } from './sample-batches.js';

/**
 * Synthetic videos of a model as one clip, side by side; `encodeWebp` makes a file of it. They are
 * those that `sampleBatches` gives with the same options.
 *
 * @throws InvalidOptionError for a model that makes no videos.
 */
export async function drawVideos(model: Model, options: DrawVideosOptions): Promise<Clip> {
  checkOptions(drawVideosOptions, options);
  const { rows, columns = Math.ceil(Math.sqrt(rows)) } = options;
  const place = model.encoders.findIndex(({ kind }) => kind === 'video');
  const encoder = model.encoders[place];
  if (!encoder || !isTensorEncoder(encoder)) {
    throw new InvalidOptionError(
      `the model makes no videos: ${model.manifest.recipe.name}. Use one that was trained on videos`,
    );
  }
  const batch = await sampleOnce(model, options);
  const [frames = 1, ...image] = encoder.shape;
  const size = image.reduce((product, length) => product * length, 1);
  const videos = readClips(batch, model.schema.fields[place] as Field, encoder);
  const frameOf = new Float32Array(rows * size);
  const clip = joinFrames(
    Array.from({ length: frames }, (_, frame) => {
      for (const [row, video] of videos.entries()) {
        frameOf.set(video.subarray(frame * size, (frame + 1) * size), row * size);
      }
      return imageGrid(tensorsOf(frameOf, image), { columns, range: [-1, 1] });
    }),
  );
  return { ...clip, madeBy: madeBy(model) };
}

async function sampleOnce(model: Model, options: DrawVideosOptions): Promise<RecordBatch> {
  const { columns, ...sampling } = options;
  const batches: RecordBatch[] = [];
  for await (const batch of sampleBatches(model, sampling)) batches.push(batch);
  return concatenateBatches((batches[0] as RecordBatch).schema, batches);
}
