import { InvalidOptionError } from '../../errors.js';

/** What parquetjs-lite exports. */
export type ParquetJs = typeof import('parquetjs-lite')['default'];

/**
 * The optional package parquetjs-lite.
 *
 * @throws InvalidOptionError if it is not installed, or cannot be loaded.
 */
export async function loadParquetJs(
  load: () => Promise<{ default: ParquetJs }> = () => import('parquetjs-lite'),
): Promise<ParquetJs> {
  try {
    return (await load()).default;
  } catch (cause) {
    const reason = (cause as Error).message.split('\n', 1)[0];
    throw new InvalidOptionError(
      `package parquetjs-lite cannot be loaded: ${reason}. Run \`npm install parquetjs-lite\`, or use readParquet and writeParquet, which need no other package.`,
      { cause },
    );
  }
}
