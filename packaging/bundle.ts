import { build } from 'esbuild';

/** What is started or imported by its file: its path in the package, and in src/. */
const entries = {
  index: 'index',
  networks: 'networks',
  'testing/index': 'testing/index',
  'cli/main': 'cli/main',
  // Threads and processes are found next to the file that starts them: beside the shared parts.
  'training-entry': 'gan/fit/training-entry',
  'sampling-entry': 'gan/sampling/sampling-entry',
  'measuring-entry': 'evaluate/utility/measuring-entry',
  'program-entry': 'compute/thread/program-entry',
  'parquet-entry': 'data/parquet/engine/parquet-entry',
  'probe-entry': 'compute/engines/probe-entry',
};

/**
 * Joins the package's modules in a folder, its thousand modules as some twenty files: Node.js
 * takes half a millisecond for each file that it loads, in every process and thread.
 *
 * @param fileOf The file of a module, by its path in src/ without its ending.
 * @param more Modules of src/ that are to be imported by their path beside the package's own.
 */
export async function bundle(
  fileOf: (module: string) => string,
  folder: string,
  more: readonly string[] = [],
): Promise<void> {
  const all = { ...entries, ...Object.fromEntries(more.map((path) => [path, path])) };
  await build({
    entryPoints: Object.fromEntries(
      Object.entries(all).map(([name, path]) => [name, fileOf(path)]),
    ),
    outdir: folder,
    chunkNames: 'shared-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  });
}
