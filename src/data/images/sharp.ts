import type { Sharp, SharpInput, SharpOptions } from 'sharp';
import { FileError } from '../../errors.js';

/**
 * The image library, loaded when first needed: its native part takes a moment, and is there only if
 * optional packages were installed.
 *
 * @throws FileError if it cannot be loaded.
 */
export async function loadSharp(): Promise<(input: SharpInput, options?: SharpOptions) => Sharp> {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    const reason = (cause as Error).message.split('\n', 1)[0];
    throw new FileError(
      `image library 'sharp' cannot be loaded: ${reason}. Install without --omit=optional and --no-optional`,
      { cause },
    );
  }
}
