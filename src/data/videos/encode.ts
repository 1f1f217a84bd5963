import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { assertGiven } from '../../options/given.js';
import { about } from '../../options/option.js';
import { number } from '../../options/values.js';
import { syntheticXmp } from '../images/made-by.js';
import { loadSharp } from '../images/sharp.js';
import type { Clip } from './clip.js';

/** How a clip is written. */
export interface EncodeOptions {
  /** Frames a second. Default: 10. */
  readonly rate?: number | undefined;
}

/** The options of `encodeWebp`. */
export const encodeOptions = object<EncodeOptions>({
  rate: about('frames a second', number({ above: 0 })),
});

/**
 * A clip as the bytes of an animated WebP file without loss, which plays again and again. Frames that
 * are equal to the one before are shown longer instead of kept: read with the same `rate` they are
 * there again, but for a clip that never changes, which becomes a still picture. Of a synthetic clip the
 * file says so, as `encodePng` does.
 */
export async function encodeWebp(clip: Clip, options: EncodeOptions = {}): Promise<Uint8Array> {
  checkOptions(encodeOptions, options);
  assertGiven(clip, 'clip', 'a clip');
  const { rate = 10 } = options;
  const { frames, width, height, channels, pixels, madeBy } = clip;
  const sharp = await loadSharp();
  const raw = { width, height: height * frames, channels, pageHeight: height };
  const delay = Array.from({ length: frames }, () => Math.round(1000 / rate));
  const webp = sharp(pixels, { raw }).webp({ lossless: true, loop: 0, delay });
  return (madeBy ? webp.withXmp(syntheticXmp(madeBy)) : webp).toBuffer();
}
