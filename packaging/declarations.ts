import { readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** What users import, as paths in the package without their ending. */
const entries = ['index', 'networks', 'testing/index'] as const;

/** Those that speak of tensors; of the others no declaration may reach tfjs's, as few compile. */
const withTensors: readonly string[] = ['networks'];

const tfjs = '@tensorflow/tfjs-core';

/**
 * Makes the declarations of a folder fit for strict projects of users: keeps those that an entry
 * reaches, takes tensors from the one file of tfjs that compiles by itself, and adds declarations for
 * CommonJS, which `require` this package's ES modules.
 *
 * @throws Error where one that should not reaches tfjs.
 */
export function finishDeclarations(folder: string): void {
  const reached = entries.map((entry) => [entry, reachedFrom(`${folder}/${entry}.d.ts`)] as const);
  for (const [entry, files] of reached) {
    const file = [...files].find((each) => readFileSync(each, 'utf8').includes(`'${tfjs}'`));
    if (file !== undefined && !withTensors.includes(entry)) {
      throw new Error(`${entry}.d.ts reaches ${tfjs} by ${relative(folder, file)}`);
    }
  }
  const kept = new Set(reached.flatMap(([, files]) => [...files]));
  for (const file of declarationsIn(folder)) {
    if (!kept.has(file)) rmSync(file);
    else writeFileSync(file, withTensorsAlone(readFileSync(file, 'utf8')));
  }
  removeEmptyFolders(folder);
  for (const entry of entries) {
    const file = `${folder}/${entry}.d.ts`;
    writeFileSync(`${folder}/${entry}.d.cts`, forCommonJs(readFileSync(file, 'utf8'), file));
  }
}

/** All declarations that one imports, itself first, and those import. */
function reachedFrom(entry: string): ReadonlySet<string> {
  const reached = new Set([resolve(entry)]);
  for (const file of reached) {
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(
      /(?:from |import\()['"](\.[^'"]+)['"]/g,
    )) {
      reached.add(declarationOf(path, file));
    }
  }
  return reached;
}

const declarationOf = (path: string, from: string) =>
  resolve(dirname(from), path.replace(/\.js$/, '.d.ts'));

function declarationsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.d.ts'))
    .map((path) => resolve(folder, path));
}

/** All of tfjs-core's declarations want WebGL, long.js and more; those of its tensors do not. */
function withTensorsAlone(source: string): string {
  return source.replaceAll(`'${tfjs}'`, `'${tfjs}/dist/tensor.js'`);
}

function removeEmptyFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    removeEmptyFolders(path);
    if (readdirSync(path).length === 0) rmdirSync(path);
  }
}

/**
 * An entry's declarations for CommonJS. Node.js can require ES modules, which compilers believe of
 * `module: nodenext` from TypeScript 5.8 on, and of `node16` never.
 *
 * @throws Error for a statement that is no list of exports from a file.
 */
function forCommonJs(source: string, file: string): string {
  const lines: string[] = [];
  const rest = source.replaceAll(
    /export (type )?\{([^}]*)\} from '([^']+)';/g,
    (_, isType: string | undefined, names: string, path: string) => {
      const declared = readFileSync(declarationOf(path, file), 'utf8');
      for (const each of names.split(',').map((name) => name.trim())) {
        if (each !== '')
          lines.push(...commonJsExport(isType ? `type ${each}` : each, path, declared));
      }
      return '';
    },
  );
  if (/\S/.test(rest.replaceAll(/\/\/.*/g, '')))
    throw new Error(`${file} has more: ${rest.trim()}`);
  return `${lines.join('\n')}\n`;
}

function commonJsExport(name: string, path: string, declared: string): string[] {
  if (!/^(type )?\w+$/.test(name))
    throw new Error(`${path} is exported under another name: ${name}`);
  if (name.startsWith('type ')) {
    return [
      `export type { ${name.slice(5)} } from '${path}' with { 'resolution-mode': 'import' };`,
    ];
  }
  const itself = `import('${path}', { with: { 'resolution-mode': 'import' } })`;
  const isClass = new RegExp(`^export declare (abstract )?class ${name}\\b`, 'm').test(declared);
  return [
    `export declare const ${name}: typeof ${itself}.${name};`,
    ...(isClass ? [`export type ${name} = ${itself}.${name};`] : []),
  ];
}
