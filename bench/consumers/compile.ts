import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Consumer, consumers } from './sources.js';

/** What came of one compilation. */
export interface Outcome {
  /** For the table: that it compiles, or where the errors are. */
  readonly said: string;
  readonly errors: readonly string[];
}

/** One consumer under one compiler. */
export interface Compilation {
  /** Where the library and the compilers are installed. */
  readonly folder: string;
  readonly version: string;
  readonly resolution: 'nodenext' | 'node16' | 'bundler';
  readonly kind: Consumer;
}

/** Compiles a consumer in a project of its own. */
export function compile({ folder, version, resolution, kind }: Compilation): Outcome {
  const { type, source, withoutTfjs } = consumers[kind];
  const project = join(folder, `${version}-${resolution}-${kind.replaceAll(/\W+/g, '-')}`);
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type }));
  writeFileSync(join(project, 'consumer.ts'), source);
  const compilerOptions = {
    target: 'es2022',
    module: resolution === 'bundler' ? 'esnext' : resolution,
    moduleResolution: resolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    types: ['node'],
  };
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['consumer.ts'] }),
  );
  const compiler = join(folder, 'node_modules', `typescript-${version}`, 'bin', 'tsc');
  const { stdout, status } = spawnSync(process.execPath, [compiler, '--listFiles', '-p', project], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const lines = stdout.replaceAll(`${folder}/`, '').split('\n');
  const errors = lines.filter((line) => /error TS\d+/.test(line));
  const foreign = lines.filter((line) => line.includes('@tensorflow/') && line.endsWith('.d.ts'));
  const all = [...errors, ...(withoutTfjs ? foreign.map((line) => `reaches ${line}`) : [])];
  if (status === 0 && all.length === 0) return { said: 'compiles', errors: [] };
  return { said: [...new Set(all.map(placeOf))].join(', ') || `exit code ${status}`, errors: all };
}

/** The package whose declarations an error is in, or the error's code. */
function placeOf(line: string): string {
  const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(line)?.[1];
  return name ? `errors in ${name}` : (/TS\d+/.exec(line)?.[0] ?? line);
}
