/**
 * Kills a process at random instants while it writes an output (SIGKILL, so that nothing can be
 * tidied), and looks at what is there: the output is to be absent, or the old one where one was
 * there, or complete.
 */
import { spawn } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from '../src/random.js';
import { type Output, type OutputName, outputs } from './kill/outputs.js';
import { median } from './statistics.js';

const newRows = 100_000;
const oldRows = 1000;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      instants: { type: 'string', default: '200' },
      seed: { type: 'string', default: 'kill' },
    },
  });
  const random = createRandom(values.seed);
  const each = Math.ceil(Number(values.instants) / Object.keys(outputs).length);
  console.log(
    '| output | instants | absent | the old one | complete | **damaged** | hidden files left |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const name of Object.keys(outputs) as OutputName[]) {
    const directory = await mkdtemp(join(tmpdir(), 'gan-augment-kill-'));
    try {
      await killAtInstants(name, directory, each, () => random.uniform());
    } finally {
      await rm(directory, { recursive: true });
    }
  }
}

async function killAtInstants(
  name: OutputName,
  directory: string,
  instants: number,
  uniform: () => number,
): Promise<void> {
  const output: Output = outputs[name];
  const counts = { absent: 0, old: 0, complete: 0, damaged: 0, hidden: 0 };
  const durations: number[] = [];
  for (let k = 0; k < 3; k++)
    durations.push(await writeAndKill(name, join(directory, `whole${k}`)));
  const duration = median(durations);
  for (let k = 0; k < instants; k++) {
    const folder = join(directory, String(k));
    await mkdir(folder);
    const path = join(folder, 'output');
    const isReplaced = output.replaces && k % 2 === 1;
    if (isReplaced) await output.write(path, oldRows);
    // A tenth longer than it takes, so that some writes come to their end.
    await writeAndKill(name, path, uniform() * duration * 1.1);
    const found = await judge(output, path, isReplaced);
    counts[found]++;
    if (found === 'damaged') console.error(`damaged: ${path}`);
    counts.hidden += (await readdir(folder)).filter((file) => file.startsWith('.')).length;
    await rm(folder, { recursive: true });
    if (k % 10 === 9) console.error(`${name}: ${k + 1} of ${instants}`);
  }
  console.log(
    `| ${name}, ${(duration / 1000).toFixed(2)} s to write | ${instants} | ${counts.absent} | ` +
      `${counts.old} | ${counts.complete} | ${counts.damaged} | ${counts.hidden} |`,
  );
  if (counts.damaged > 0) process.exitCode = 1;
}

/** Milliseconds that the writing took until its end, or until it was killed. */
function writeAndKill(name: OutputName, path: string, after?: number): Promise<number> {
  const script = fileURLToPath(new URL('./kill/write.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, name, path, String(newRows)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let start: number | undefined;
    child.stdout.once('data', () => {
      start = performance.now();
      if (after !== undefined) setTimeout(() => child.kill('SIGKILL'), after);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (start !== undefined && (code === 0 || signal === 'SIGKILL')) {
        resolve(performance.now() - start);
      } else reject(new Error(`writing ${name} ended with ${code ?? signal}`));
    });
  });
}

async function judge(output: Output, path: string, isReplaced: boolean) {
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return isReplaced ? 'damaged' : 'absent';
  let rows = 0;
  try {
    for await (const batch of output.read(path)) rows += batch.numRows;
  } catch {
    return 'damaged';
  }
  if (rows === newRows) return 'complete';
  return isReplaced && rows === oldRows ? 'old' : 'damaged';
}
