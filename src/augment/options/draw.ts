import { object } from '../../options/composed.js';
import { about, type Option, type ShapeOf } from '../../options/option.js';
import { boolean, number, seed, wholeNumber } from '../../options/values.js';
import type { Seed } from '../../random.js';
import { type SampleOptions, sampleOptions } from './sample.js';

/** How synthetic images are drawn side by side. */
export interface DrawOptions extends Omit<SampleOptions, 'batchRows'> {
  /** Images side by side. Default: as many as make the picture about square. */
  readonly columns?: number | undefined;
  /** Whether each row of the picture is a walk from one latent vector to another. Default: false. */
  readonly interpolate?: boolean | undefined;
}

/** How synthetic videos are drawn side by side. */
export type DrawVideosOptions = Omit<DrawOptions, 'interpolate'>;

/** How traversals are drawn. */
export interface DirectionsOptions {
  /** Directions, one each row. Default 8. */
  readonly directions?: number | undefined;
  /** Images side by side; the middle one is the same in all rows. Default 9. */
  readonly columns?: number | undefined;
  /** How far they go either way, in standard deviations of a latent number. Default 4. */
  readonly reach?: number | undefined;
  /** Gives the image that is moved. Default 0. */
  readonly seed?: Seed | undefined;
}

const columns = about('images side by side', wholeNumber({ from: 1 }));

function drawShape(): ShapeOf<DrawOptions> {
  const { batchRows: _, ...sampled } = sampleOptions.shape;
  return {
    ...sampled,
    columns,
    interpolate: about('let each row walk from one image to another', boolean()),
  };
}

function drawVideosShape(): ShapeOf<DrawVideosOptions> {
  const { interpolate: _, ...shared } = drawShape();
  return shared;
}

/** The options of `drawImages`. */
export const drawOptions: Option<DrawOptions> = object<DrawOptions>(drawShape());

/** The options of `drawVideos`. */
export const drawVideosOptions: Option<DrawVideosOptions> = object<DrawVideosOptions>(
  drawVideosShape(),
);

/** The options of `drawDirections`. */
export const directionsOptions = object<DirectionsOptions>({
  directions: about('directions, one each row', wholeNumber({ from: 1 })),
  columns,
  reach: about('how far they go either way, in standard deviations', number({ above: 0 })),
  seed: seed(),
});
