import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { System } from '../src/compute/onnx/systems.js';
import { type Manifest, systemManifest, wasmManifest } from './manifests.js';

const licences = 'packaging/licences/onnxruntime';

/** Lays out the package of one system: the official one's files for it, as they are. */
export function stageSystem(
  root: Manifest,
  version: string,
  official: string,
  system: System,
  to: string,
) {
  const { os, cpu } = system;
  start(to, systemManifest(root, version, system));
  cpSync(join(official, 'dist'), join(to, 'dist'), {
    recursive: true,
    filter: (path) => !path.endsWith('.map'),
  });
  const libraries = join('bin', 'napi-v6', os, cpu);
  cpSync(join(official, libraries), join(to, libraries), { recursive: true });
  // The same file again under its full version: the addon is linked with the short name.
  for (const name of readdirSync(join(to, libraries))) {
    if (/\.\d+\.\d+\.\d+\.dylib$/.test(name)) rmSync(join(to, libraries, name));
  }
}

/** Brotli keeps 14 MB of WebAssembly in 3: they are unpacked when they are needed, if ever. */
const wasmIndex = `import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { env } from 'onnxruntime-common';

const file = new URL('dist/ort-wasm-simd-threaded.wasm.br', import.meta.url);
env.wasm.wasmBinary ??= brotliDecompressSync(readFileSync(file)).buffer;

export * from './dist/ort.node.min.mjs';
`;

/** Lays out the package of the WebAssembly. */
export function stageWasm(root: Manifest, version: string, official: string, to: string) {
  start(to, wasmManifest(root, version));
  const dist = join(to, 'dist');
  mkdirSync(dist);
  for (const name of ['ort.node.min.mjs', 'ort-wasm-simd-threaded.mjs']) {
    cpSync(join(official, 'dist', name), join(dist, name));
  }
  const wasm = readFileSync(join(official, 'dist', 'ort-wasm-simd-threaded.wasm'));
  const packed = brotliCompressSync(wasm, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
    },
  });
  writeFileSync(join(dist, 'ort-wasm-simd-threaded.wasm.br'), packed);
  writeFileSync(join(to, 'index.mjs'), wasmIndex);
}

function start(folder: string, manifest: { readonly name: string; readonly description: string }) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(licences, folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const note = `# ${manifest.name}\n\n${manifest.description}. Made from Microsoft's package, whose licence it keeps.\n`;
  writeFileSync(join(folder, 'README.md'), note);
}
