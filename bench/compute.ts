/**
 * Time of one training step of three GANs, noise included: compiled for onnxruntime, against the
 * same step in PyTorch, in SDV's ctgan package, and on tfjs's engines. Each is timed in a process of
 * its own; the processes take turns, round by round.
 */
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gigaflopOf, measurePeak } from './compute/products.js';
import { type StepName, steps } from './compute/steps.js';
import { median, show } from './statistics.js';
import { runChild, runScript } from './support/run-child.js';

interface Times {
  readonly ms: readonly number[];
  readonly peakMiB: number;
}

interface Contender {
  readonly name: string;
  readonly threads: number;
  run(): Promise<Times>;
}

const titles: Record<StepName, string> = {
  mlp: 'MLP GAN, batch 64',
  dcgan: 'DCGAN-28, batch 64',
  ctgan: 'CTGAN on a table like adult, batch 500, pack 10',
};

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      steps: { type: 'string', default: '40' },
      model: { type: 'string', multiple: true, default: Object.keys(titles) },
      threads: { type: 'string', multiple: true, default: ['1', '2'] },
    },
  });
  const peaks = new Map<number, number>();
  for (const threads of [1, 2]) peaks.set(threads, await measurePeak(threads));
  console.log(
    `ms a step, noise included: mean ± sd of the medians of ${values.rounds} rounds of ` +
      `${values.steps} steps; ratios are of rounds, median (lowest–highest). ` +
      `${availableParallelism()} cores, ${cpus()[0]?.model}; Node ${process.version}. Matrix ` +
      `products of 1024³ reach ${peaks.get(1)?.toFixed(0)} GFLOP/s on one thread here, ` +
      `${peaks.get(2)?.toFixed(0)} on two.\n`,
  );
  console.log('| step | by | threads | ms | time ÷ ours | peak MiB |\n|---|---|---|---|---|---|');
  for (const model of values.model as StepName[]) {
    const all = contenders(model, values.steps).filter(({ threads }) =>
      values.threads.includes(String(threads)),
    );
    const results = await takeTurns(all, Number(values.rounds));
    print(model, results);
    const work = gigaflopOf(steps[model]);
    const least = (work / (peaks.get(1) as number)) * 1000;
    console.log(
      `| | the matrix products alone, ${work.toFixed(2)} GFLOP at the machine's rate | 1 | ${least.toFixed(1)} | | |`,
    );
  }
}

function contenders(model: StepName, count: string): Contender[] {
  const script = new URL('./compute/time-step.ts', import.meta.url);
  const peer = (file: string) => fileURLToPath(new URL(`./peers/${file}`, import.meta.url));
  const python = process.env.PYTHON ?? 'python3';
  const engine =
    (name: 'onnx' | 'tfjs', device: string, threads: number, few = count) =>
    () =>
      runScript<Times>(script, [model, name, device, String(threads), few]);
  const eager = (device: string) => ({
    name: `tfjs ${device}`,
    threads: 1,
    run: engine('tfjs', device, 1, '3'),
  });
  return [
    ...[1, 2].flatMap((threads) => [
      { name: 'this package', threads, run: engine('onnx', 'cpu', threads) },
      {
        name: 'PyTorch',
        threads,
        run: () => runChild<Times>(python, [peer('torch_gans.py'), model, String(threads), count]),
      },
      ...(model === 'ctgan'
        ? [
            {
              name: "SDV's ctgan",
              threads,
              run: () => runChild<Times>(python, [peer('ctgan_step.py'), String(threads), count]),
            },
          ]
        : []),
    ]),
    eager('wasm'),
  ];
}

interface Result extends Contender {
  /** The median of each round. */
  readonly medians: number[];
  peakMiB: number;
  /** Why it has no times. */
  absent?: string;
}

async function takeTurns(all: readonly Contender[], rounds: number): Promise<Result[]> {
  const results: Result[] = all.map((one) => ({ ...one, medians: [], peakMiB: 0 }));
  for (let round = 0; round < rounds; round++) {
    for (const result of results) {
      if (result.absent !== undefined) continue;
      try {
        const { ms, peakMiB } = await result.run();
        result.medians.push(median(ms));
        result.peakMiB = Math.max(result.peakMiB, peakMiB);
        console.error(
          `round ${round + 1}, ${result.name} ${result.threads}: ${median(ms).toFixed(1)}`,
        );
      } catch (error) {
        result.absent = reasonOf(error);
        console.error(`${result.name} ${result.threads}: ${result.absent}`);
      }
    }
  }
  return results;
}

function print(model: StepName, results: readonly Result[]): void {
  for (const { name, threads, medians, peakMiB, absent } of results) {
    const by = `| ${titles[model]} | ${name} | ${threads} |`;
    if (absent !== undefined) {
      console.log(`${by} not run: ${absent} | | |`);
      continue;
    }
    const ours = results.find((one) => one.name === 'this package' && one.threads === threads);
    const ratios = medians.map((ms, round) => ms / (ours?.medians[round] ?? Number.NaN));
    const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
    const ratio = name === 'this package' ? '' : `${median(ratios).toFixed(2)} (${spread})`;
    console.log(`${by} ${show(medians, 1)} | ${ratio} | ${peakMiB.toFixed(0)} |`);
  }
}

/** The line that says what went wrong. */
function reasonOf(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split('\n');
  const telling = lines.findLast((line) => /Error/.test(line)) ?? lines.at(-1) ?? '';
  return telling.trim().slice(0, 120).replaceAll('|', '/');
}
