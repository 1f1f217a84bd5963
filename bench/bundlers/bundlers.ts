/** A bundler, and how it makes `dist/service.mjs` of `service.mjs`. */
export interface Bundler {
  /** What is installed for it. */
  readonly packages: readonly string[];
  /** Files that it needs beside the service. */
  readonly files: Readonly<Record<string, string>>;
  /** Its command, below `node_modules`, and its arguments. */
  readonly command: readonly string[];
}

/** Each with what docs/installing.md says to write, and with the library in the bundle after all. */
export interface Ways {
  readonly outside: Bundler;
  readonly inside: Bundler;
}

const esbuild = (...more: readonly string[]): Bundler => ({
  packages: ['esbuild'],
  files: {},
  command: [
    ...['esbuild/bin/esbuild', 'service.mjs', '--bundle', '--platform=node', '--format=esm'],
    // What is bundled of CommonJS asks for `require`, which ES modules lack.
    '--banner:js=import{createRequire as requireOfBundle}from"node:module";const require=requireOfBundle(import.meta.url);',
    ...['--outfile=dist/service.mjs', '--log-level=error', ...more],
  ],
});

const vite = (ssr: object): Bundler => ({
  packages: ['vite'],
  files: {
    'vite.config.mjs': `export default ${JSON.stringify({
      build: {
        ssr: 'service.mjs',
        outDir: 'dist',
        rolldownOptions: { output: { entryFileNames: 'service.mjs' } },
      },
      ssr,
    })};\n`,
  },
  command: ['vite/bin/vite.js', 'build', '--logLevel', 'error'],
});

const webpack = (more: object): Bundler => ({
  packages: ['webpack', 'webpack-cli'],
  files: {
    'webpack.config.mjs': `export default ${JSON.stringify({
      mode: 'production',
      target: 'node',
      entry: './service.mjs',
      experiments: { outputModule: true },
      output: { filename: 'service.mjs', module: true, chunkFormat: 'module' },
      ...more,
    })};\n`,
  },
  command: ['webpack-cli/bin/cli.js', '--stats', 'errors-only'],
});

/** By name. */
export const bundlers: Readonly<Record<string, Ways>> = {
  esbuild: { outside: esbuild('--external:gan-augment'), inside: esbuild() },
  vite: { outside: vite({}), inside: vite({ noExternal: true }) },
  webpack: {
    outside: webpack({ externals: { 'gan-augment': 'module gan-augment' } }),
    inside: webpack({}),
  },
};
