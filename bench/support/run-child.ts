import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a child process reports of its work, as one line of JSON. */
export interface Work {
  /** Rows that were written. */
  readonly rows: number;
  /** Seconds from the opening of the input to the whole output, without the start of the process. */
  readonly seconds: number;
  /** Most memory that the process ever had, in MiB. */
  readonly peakMiB: number;
}

/**
 * Runs a program that prints one line of JSON at the end.
 *
 * @throws Error with what it wrote to stderr, if it fails.
 */
export function runChild<Result = Work>(
  command: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...variables };
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(JSON.parse(output.trim().split('\n').at(-1) ?? '') as Result);
      else reject(new Error(`${command} ended with ${code ?? signal}: ${errors.slice(-2000)}`));
    });
  });
}

/** Runs a TypeScript or JavaScript file in a process of its own. */
export function runScript<Result = Work>(
  script: URL,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const file = fileURLToPath(script);
  const learn = file.endsWith('.ts') ? ['--import', 'tsx'] : [];
  return runChild<Result>(process.execPath, [...learn, file, ...args], variables);
}

/** Builds the package, for scripts that use it as others do. */
export function buildPackage(): void {
  const options = {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: 'inherit',
  } as const;
  execFileSync('npm', ['run', '--silent', 'build'], options);
}

/** What this process reports. */
export function reportWork(rows: number, start: number): void {
  const seconds = (performance.now() - start) / 1000;
  console.log(JSON.stringify({ rows, seconds, peakMiB: peakMiB() }));
}

/** Most resident memory that this process ever had, in MiB. */
export function peakMiB(): number {
  try {
    // On Linux maxRSS starts at what the parent had when it forked; this starts at nothing.
    const status = readFileSync('/proc/self/status', 'utf8');
    return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
