import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

interface Manifest {
  readonly name?: string;
  readonly version: string;
}

/** The version of an installed package; undefined if there is none. Loads no code of it. */
export function packageVersion(name: string): string | undefined {
  return (read(`${name}/package.json`) ?? readAbove(name))?.version;
}

/** The manifest above a package's main file: not every package lets others see its own. */
function readAbove(name: string): Manifest | undefined {
  let file: string;
  try {
    file = require.resolve(name);
  } catch {
    return undefined;
  }
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = read(join(folder, 'package.json'));
    if (manifest?.name === name) return manifest;
  }
  return undefined;
}

function read(path: string): Manifest | undefined {
  try {
    return require(path) as Manifest;
  } catch {
    return undefined;
  }
}
