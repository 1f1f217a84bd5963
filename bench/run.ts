import { existsSync } from 'node:fs';

/** Runs one bench by name: `npm run bench -- NAME`. */
const benches = [
  'accountant',
  'attacks',
  'bombs',
  'bundlers',
  'canaries',
  'clients',
  'compute',
  'conditions',
  'consumers',
  'copy',
  'corpora',
  'encode',
  'even-sample',
  'event-loop',
  'export',
  'grouping',
  'hostile',
  'growth',
  'install',
  'kill',
  'low-data',
  'lift',
  'lift-suite',
  'memory',
  'metrics',
  'mnist',
  'modes',
  'mutate',
  'permission',
  'privacy-filter',
  'report-browser',
  'report-peers',
  'rows',
  'series',
  'service',
  'soak',
  'sound',
  'stacked',
  'strings',
  'interop',
  'tables',
  'texts',
  'translation',
  'utility',
  'video',
  'wide',
  'wide-report',
] as const;
const [name, ...args] = process.argv.slice(2);

if (benches.includes(name as (typeof benches)[number])) {
  const folder = `./${name}/index.ts`;
  const file = existsSync(new URL(folder, import.meta.url)) ? folder : `./${name}.ts`;
  const { run } = (await import(file)) as { run(args: string[]): Promise<void> };
  await run(args);
} else {
  console.error(`usage: npm run bench -- NAME, where NAME is one of ${benches.join(', ')}`);
  process.exitCode = 2;
}
