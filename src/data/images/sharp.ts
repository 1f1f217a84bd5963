import type { Sharp, SharpInput, SharpOptions } from 'sharp';
import { FileError } from '../../errors.js';

/** By a variable: bundlers would look for what need not be there. */
const importPackage = (name: string): Promise<typeof import('sharp')> => import(name);

/**
 * The image library, an optional package, loaded when first needed: its native part takes a moment.
 *
 * @throws FileError if it cannot be loaded.
 */
export async function loadSharp(): Promise<(input: SharpInput, options?: SharpOptions) => Sharp> {
  try {
    return (await importPackage('sharp')).default;
  } catch (cause) {
    const reason = (cause as Error).message.split('\n', 1)[0];
    throw new FileError(
      `images need the package sharp, which cannot be loaded: ${reason}. Run \`npm install sharp\`; if it is there already, without --omit=optional`,
      { cause },
    );
  }
}
