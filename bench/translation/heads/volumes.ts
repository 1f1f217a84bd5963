import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { readNiftiVolume } from '../../../src/data/nifti/volume.js';
import { createRandom } from '../../../src/random.js';

const run = promisify(execFile);

/** Values of the tissue maps that stand for certainty. */
const certain = 255;

/** Labels of the tissues: 0 is what lies around the brain. */
export const tissues = ['cerebrospinal fluid', 'grey matter', 'white matter'] as const;

const mniFolder = 'nilearn/datasets/data';
const mni = (map: 't1' | 'gm' | 'wm') =>
  join(mniFolder, `mni_icbm152_${map}_tal_nlin_sym_09a_converted.nii.gz`);
const colin = 'usr/share/mricron/templates/ch2bet.nii.gz';

/**
 * Fetches the heads into a folder: the MNI152 template, an average of 152 heads, from nilearn's package
 * (BSD licence), and Colin27, one other man scanned 27 times, from Debian's mricron-data (BSD licence).
 */
export async function fetchHeads(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const here = { cwd: folder };
  await run('pip', ['download', '--no-deps', '-d', '.', 'nilearn==0.14.1'], here);
  await run('unzip', ['-qo', 'nilearn-0.14.1-py3-none-any.whl', `${mniFolder}/mni*`], here);
  await run('apt-get', ['download', 'mricron-data'], here);
  await run('sh', ['-c', 'dpkg -x mricron-data_*.deb .'], here);
}

/** A head and a volume of labels on its grid, as NIfTI files. */
export interface HeadFiles {
  readonly name: string;
  readonly volume: string;
  readonly labels: string;
}

/** The template, with the likeliest tissue of each voxel of its brain. */
export async function templateHead(folder: string): Promise<HeadFiles> {
  const volume = join(folder, mni('t1'));
  const [t1, grey, white] = await Promise.all(
    (['t1', 'gm', 'wm'] as const).map((map) => readNiftiVolume(join(folder, mni(map)))),
  );
  const labels = Uint8Array.from(t1?.values as Uint8Array, (value, at) => {
    if (value === 0) return 0;
    const [g, w] = [Number(grey?.values[at]), Number(white?.values[at])];
    const fluid = certain - g - w;
    if (fluid >= g && fluid >= w) return 1;
    return g >= w ? 2 : 3;
  });
  return { name: 'MNI152', volume, labels: await writeLabels(volume, labels) };
}

/** The other head: its tissues are told by brightness alone, three groups of it by k-means. */
export async function otherHead(folder: string): Promise<HeadFiles> {
  const volume = join(folder, colin);
  const { values } = await readNiftiVolume(volume);
  const means = threeMeans(values as Uint8Array);
  const labels = Uint8Array.from(values as Uint8Array, (value) =>
    value === 0 ? 0 : 1 + nearest(means, value),
  );
  console.log(`Colin27: mean brightness of the tissues ${means.map((mean) => mean.toFixed(0))}`);
  return { name: 'Colin27', volume, labels: await writeLabels(volume, labels) };
}

/** Centres of three groups of the numbers above 0, ascending: Lloyd's algorithm on their counts. */
function threeMeans(values: Uint8Array): number[] {
  const counts = new Float64Array(256);
  for (const value of values) counts[value] = (counts[value] as number) + 1;
  let means = [40, 90, 120];
  for (let round = 0; round < 50; round++) {
    const [sums, sizes] = [new Float64Array(3), new Float64Array(3)];
    for (let value = 1; value < 256; value++) {
      const group = nearest(means, value);
      sums[group] = (sums[group] as number) + value * (counts[value] as number);
      sizes[group] = (sizes[group] as number) + (counts[value] as number);
    }
    means = means.map((mean, group) => (sums[group] as number) / (sizes[group] as number) || mean);
  }
  return means;
}

function nearest(means: readonly number[], value: number): number {
  const distances = means.map((mean) => Math.abs(mean - value));
  return distances.indexOf(Math.min(...distances));
}

/** Writes labels beside a volume of bytes, with its header. */
async function writeLabels(volume: string, labels: Uint8Array): Promise<string> {
  const file = gunzipSync(await readFile(volume));
  const path = volume.replace(/\.nii\.gz$/, '.labels.nii');
  // The voxels of both volumes begin behind a header without extensions.
  await writeFile(path, Buffer.concat([file.subarray(0, 352), labels]));
  return path;
}

/** The random stream of this bench, by what it is for. */
export const drawFor = (seed: number, what: string) => createRandom(seed).fork(what);
