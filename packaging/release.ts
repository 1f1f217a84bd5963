/**
 * Makes the tarballs that are published, under out/release: gan-augment, onnxruntime's native library
 * for each system, and its WebAssembly. `npm run release`; `-- --here` leaves other systems out.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { wasmPackage } from '../src/compute/onnx/runtime-packages.js';
import { packageOf, systems } from '../src/compute/onnx/systems.js';
import { type Manifest, publishedManifest } from './manifests.js';
import { fetchOfficial } from './official.js';
import { stageSystem, stageWasm } from './stage-runtimes.js';

const out = resolve('out/release');
const staging = join(out, 'staging');
const root = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const version = root.devDependencies['onnxruntime-node'] as string;
const isHere = ({ os, cpu }: { os: string; cpu: string }) =>
  os === process.platform && cpu === process.arch;

function run(command: string, ...args: string[]) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function pack(folder: string): string {
  const [{ filename }] = JSON.parse(
    run('npm', 'pack', folder, '--json', '--silent', '--ignore-scripts', '--pack-destination', out),
  ) as [{ filename: string }];
  return join(out, filename);
}

/** The repository as npm would pack it, under another manifest. */
function packItself(): string {
  run('npm', 'run', 'build', '--silent');
  const folder = join(staging, 'gan-augment');
  mkdirSync(folder, { recursive: true });
  const plain = pack('.');
  run('tar', '-xzf', plain, '-C', folder, '--strip-components=1');
  const manifest = publishedManifest(root, version);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return pack(folder);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
const official = join(staging, 'official');
const native = fetchOfficial('onnxruntime-node', version, official);
for (const system of systems) {
  if (process.argv.includes('--here') && !isHere(system)) continue;
  const folder = join(staging, packageOf(system));
  stageSystem(root, version, native, system, folder);
  console.log(pack(folder));
}
const web = fetchOfficial(
  'onnxruntime-web',
  root.devDependencies['onnxruntime-web'] as string,
  official,
);
const folder = join(staging, wasmPackage);
stageWasm(root, version, web, folder);
console.log(pack(folder));
console.log(packItself());
rmSync(staging, { recursive: true, force: true });
