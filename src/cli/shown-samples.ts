import type { Command } from 'commander';
import { drawImages, madeBy } from '../augment/draw-images.js';
import { drawVideos } from '../augment/draw-videos.js';
import type { SampleOptions } from '../augment/options/sample.js';
import { counted } from '../augment/progress/words.js';
import { sampleBatches } from '../augment/sample-batches.js';
import { writeFileWhole } from '../data/files/atomic.js';
import { encodePng } from '../data/images/png.js';
import { writeSoundFiles } from '../data/sounds/write-files.js';
import { encodeWebp } from '../data/videos/encode.js';
import { isSoundEncoder } from '../encode/sound/sound.js';
import { InvalidOptionError } from '../errors.js';
import type { Model } from '../gan/model/model.js';
import { wholeNumber } from './options.js';
import { checkAnimation, checkPicture } from './output.js';

/** Files for people to look at or listen to, beside or instead of rows. */
export interface ShownFlags {
  readonly grid?: string;
  readonly animation?: string;
  readonly interpolate?: true;
  readonly wav?: string;
  readonly rate?: number;
}

/** Adds the options that name such files. */
export function addShownOptions(command: Command): Command {
  return command
    .option('--grid <file>', 'write the images side by side as a PNG file')
    .option('--interpolate', 'in the grid, let each row walk from one image to another')
    .option('--animation <file>', 'write the videos side by side as an animated WebP file')
    .option('--wav <directory>', 'write the sounds as WAV files')
    .option('--rate <n>', 'samples a second, where the data did not say them', wholeNumber(1));
}

/** Whether any such file is wanted. */
export function isShown({ grid, animation, wav }: ShownFlags): boolean {
  return (grid ?? animation ?? wav) !== undefined;
}

/** Refuses what cannot be written, before any work is done. */
export async function checkShown(flags: ShownFlags, rows: number): Promise<void> {
  const { grid, animation, interpolate } = flags;
  if (interpolate && grid === undefined) {
    throw new InvalidOptionError('--interpolate is for a picture. Give --grid too');
  }
  for (const [flag, file] of Object.entries({ '--grid': grid, '--animation': animation })) {
    if (file !== undefined && rows === 0) {
      throw new InvalidOptionError(`${flag} needs rows: -n 0. Give one at least`);
    }
  }
  if (grid !== undefined) await checkPicture(grid, '--grid');
  if (animation !== undefined) await checkAnimation(animation, '--animation');
}

/** Writes what of a model's rows can be looked at or listened to; a line for people of each. */
export async function* writeShown(
  model: Model,
  { grid, animation, interpolate, wav, rate }: ShownFlags,
  options: SampleOptions,
): AsyncGenerator<string, void, undefined> {
  if (grid !== undefined) {
    const image = await drawImages(model, { ...options, interpolate });
    await writeFileWhole(grid, await encodePng(image));
    yield `wrote ${grid}: ${image.width} × ${image.height} pixels`;
  }
  if (animation !== undefined) {
    const clip = await drawVideos(model, options);
    await writeFileWhole(animation, await encodeWebp(clip));
    yield `wrote ${animation}: ${clip.frames} frames of ${clip.width} × ${clip.height} pixels`;
  }
  if (wav !== undefined) {
    const written = await writeSounds(model, wav, options, rate);
    yield `wrote ${wav}: ${counted(written, 'sound')}`;
  }
}

/** Writes the sounds of synthetic rows, named for their labels if the model has some. */
function writeSounds(
  model: Model,
  directory: string,
  options: SampleOptions,
  rate: number | undefined,
): Promise<number> {
  const column = model.encoders.findIndex(isSoundEncoder);
  if (column < 0) {
    throw new InvalidOptionError(
      `--wav is for models of sounds: ${model.manifest.recipe.name}. Use -o`,
    );
  }
  const { target: label } = model.manifest.training;
  const name = model.schema.fields[column]?.name;
  return writeSoundFiles(directory, sampleBatches(model, options), {
    ...{ column: name, rate, label },
    madeBy: madeBy(model),
  });
}
