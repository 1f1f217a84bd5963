import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** Runs a comparison with the options of the command line, if this is the file that node was given. */
export async function runIfMain<Options extends Record<string, string>>(
  url: string,
  defaults: Options,
  run: (options: Options) => Promise<void>,
): Promise<void> {
  if (url !== pathToFileURL(process.argv[1] ?? '').href) return;
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [
      name,
      { type: 'string', default: value } as const,
    ]),
  );
  await run(parseArgs({ options }).values as Options);
}
