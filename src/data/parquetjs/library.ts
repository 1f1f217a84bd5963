import { InvalidOptionError } from '../../errors.js';

/** What parquetjs-lite exports. */
export type ParquetJs = typeof import('parquetjs-lite')['default'];

/**
 * The optional package parquetjs-lite.
 *
 * @throws InvalidOptionError if it is not installed, or cannot be loaded.
 */
export async function loadParquetJs(
  load: (name: string) => Promise<{ default: ParquetJs }> = (name) => import(name),
): Promise<ParquetJs> {
  try {
    // By a variable: bundlers would look for what need not be there.
    return (await load('parquetjs-lite')).default;
  } catch (cause) {
    const reason = (cause as Error).message.split('\n', 1)[0];
    throw new InvalidOptionError(
      `package parquetjs-lite cannot be loaded: ${reason}. Run \`npm install parquetjs-lite\`, or use readParquet and writeParquet, which need no other package.`,
      { cause },
    );
  }
}
