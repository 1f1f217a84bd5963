/**
 * Does the accountant of privacy say what Google's does? `PYTHON=… npm run bench -- accountant [--pld]`
 *
 * Over a grid of settings: the ε of subsampled Gaussians by Rényi divergences, next to that of
 * dp-accounting's `RdpAccountant`, and with `--pld` that of its `PLDAccountant`, which is tighter.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { epsilonOf } from '../src/privacy/accountant.js';

const deltas = [1e-5, 1e-8];
const rates = [0.001, 0.01, 0.02, 0.1];
const noises = [0.6, 0.8, 1, 2, 5, 20];
const counts = [100, 1000, 10_000];

type Setting = readonly [rate: number, noise: number, releases: number, delta: number];

const settings: Setting[] = rates.flatMap((rate) =>
  noises.flatMap((noise) =>
    counts.flatMap((count) => deltas.map((delta): Setting => [rate, noise, count, delta])),
  ),
);

export async function run(args: string[]): Promise<void> {
  const theirs = askPeer(args.includes('--pld'));
  if (!theirs) return;
  console.log(
    '| sample rate | noise | releases | δ | ε | dp-accounting, Rényi | dp-accounting, PLD |',
  );
  console.log('|---|---|---|---|---|---|---|');
  let worst = 0;
  settings.forEach(([sampleRate, noiseMultiplier, count, delta], k) => {
    const ours = epsilonOf([{ count, noiseMultiplier, sampleRate }], delta);
    const [renyi, tight] = theirs[k] as [number, number | null];
    worst = Math.max(worst, Math.abs(ours - renyi) / renyi);
    const shown = [ours, renyi, tight].map((epsilon) => epsilon?.toPrecision(4) ?? '–');
    console.log(`| ${[sampleRate, noiseMultiplier, count, delta, ...shown].join(' | ')} |`);
  });
  console.log(
    `\n${settings.length} settings; the largest difference is ${worst.toExponential(1)} of ε`,
  );
}

/** What the peer says of each setting; undefined where it is not installed. */
function askPeer(isTight: boolean): [number, number | null][] | undefined {
  const script = fileURLToPath(new URL('./peers/accountant.py', import.meta.url));
  const python = process.env.PYTHON ?? 'python3';
  try {
    const input = JSON.stringify(settings);
    const args = isTight ? [script, '--pld'] : [script];
    return JSON.parse(execFileSync(python, args, { input, encoding: 'utf8' }));
  } catch (error) {
    console.error(`${python} has no dp-accounting, or failed: nothing is compared. ${error}`);
    process.exitCode = 1;
    return undefined;
  }
}
