import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { drawSvg } from '../icons.js';
import { type Emoji, side } from './emoji.js';

/** The package of OpenMoji's emoji, under the licence CC BY-SA 4.0, and its version. */
const openMojiPackage = 'openmoji@17.0.0';

/** What the package says of an emoji. */
interface Described {
  readonly hexcode: string;
  readonly group: string;
  readonly annotation: string;
  readonly skintone: string;
}

/** Installs the package into a folder of its own. */
export async function fetchOpenMoji(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  await promisify(execFile)('npm', ['install', ...options, '--prefix', folder, openMojiPackage]);
}

/** Reads and draws OpenMoji's emoji, black outlines and colours, without skin tones and flags. */
export async function readOpenMoji(folder: string): Promise<Emoji> {
  const root = join(folder, 'node_modules', 'openmoji');
  const described: Described[] = JSON.parse(
    await readFile(join(root, 'data', 'openmoji.json'), 'utf8'),
  );
  const own = described.filter(({ group, skintone }) => skintone === '' && group !== 'flags');
  const draw = async (kind: 'black' | 'color', channels: 1 | 3) => {
    const size = { side, channels };
    const drawn: Buffer[] = [];
    for (const { hexcode } of own) {
      drawn.push(await drawSvg(await readFile(join(root, kind, 'svg', `${hexcode}.svg`)), size));
    }
    return Uint8Array.from(Buffer.concat(drawn));
  };
  return {
    names: own.map(({ annotation }) => annotation.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')),
    outlines: await draw('black', 1),
    colors: await draw('color', 3),
  };
}
