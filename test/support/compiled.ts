import { fileURLToPath } from 'node:url';

/** The address of a module of the package as it was compiled for the tests: 'cli/main.js'. */
export function compiledUrl(path: string): string {
  const compiled = process.env.GAN_AUGMENT_COMPILED;
  if (compiled === undefined) throw new Error('nothing was compiled: see compile-once.ts');
  return new URL(path, compiled).href;
}

/** The same as a path. */
export function compiledPath(path: string): string {
  return fileURLToPath(compiledUrl(path));
}
