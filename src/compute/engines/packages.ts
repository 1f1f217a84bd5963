import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The version of an installed package; undefined if there is none. Loads no code of it. */
export function packageVersion(name: string): string | undefined {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}
