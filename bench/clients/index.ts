/**
 * Tries the recipes of examples/clients with the real client libraries on servers: what goes in comes
 * out, every value, with synthetic rows among it, and what fails leaves nothing behind.
 *
 *   npm run bench -- clients [--start] [--postgres URL] [--kafka HOST:PORT] [--mongodb URL] [--only …]
 *
 * `--start` starts what this machine can: PostgreSQL where it is installed; where there are Java and
 * Maven, a Kafka broker, and for MongoDB a server of another make that speaks its protocol. Where there
 * is no server a recipe counts as not run, and is named so.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NotHere, type Server, startKafka, startMongodb, startPostgres } from './servers.js';

const home = fileURLToPath(new URL('../../examples/clients/', import.meta.url));

/** A recipe: the package of its client, and what starts a server for it, if it needs one. */
interface Recipe {
  readonly client: string;
  readonly start?: (directory: string) => Promise<Server>;
}

const recipes: Readonly<Record<string, Recipe>> = {
  postgres: { client: 'pg', start: startPostgres },
  kafka: { client: 'kafkajs', start: startKafka },
  mongodb: { client: 'mongodb', start: startMongodb },
  'csv-upload': { client: 'busboy' },
};

interface Result {
  readonly outcome: 'holds' | 'FAILED' | 'not run';
  readonly detail: string;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      start: { type: 'boolean', default: false },
      postgres: { type: 'string' },
      kafka: { type: 'string' },
      mongodb: { type: 'string' },
      only: { type: 'string' },
    },
  });
  if (!existsSync(join(home, 'node_modules'))) execute('npm', ['ci', '--prefix', home]);
  execute('npx', ['tsc', '--noEmit', '--project', home]);
  const wanted = values.only?.split(',') ?? Object.keys(recipes);
  const addresses: Record<string, string | undefined> = values as never;
  const results: Result[] = [];
  console.log('| recipe | client | outcome | |\n|---|---|---|---|');
  for (const name of wanted) {
    const recipe = recipes[name];
    if (!recipe) throw new Error(`no recipe is called ${name}: ${Object.keys(recipes).join(', ')}`);
    const result = await tryRecipe(name, recipe, addresses[name], values.start);
    results.push(result);
    const client = `${recipe.client} ${versionOf(recipe.client)}`;
    console.log(`| ${name} | ${client} | ${result.outcome} | ${result.detail} |`);
  }
  const count = (wanted: string) => results.filter(({ outcome }) => outcome === wanted).length;
  console.log(
    `\n${count('holds')} hold, ${count('FAILED')} failed, ${count('not run')} were not run`,
  );
  if (count('FAILED') > 0) process.exitCode = 1;
}

async function tryRecipe(
  name: string,
  { start }: Recipe,
  address: string | undefined,
  mayStart: boolean,
): Promise<Result> {
  if (!start || address !== undefined) return check(name, address);
  if (!mayStart) {
    return { outcome: 'not run', detail: `no server: give --${name} ADDRESS, or --start` };
  }
  const directory = await mkdtemp(join(tmpdir(), `gan-augment-${name}-`));
  let server: Server | undefined;
  try {
    server = await start(directory);
    const result = check(name, server.address);
    return { ...result, detail: `${result.detail}; ${server.name}` };
  } catch (error) {
    if (error instanceof NotHere) return { outcome: 'not run', detail: error.message };
    return { outcome: 'FAILED', detail: (error as Error).message };
  } finally {
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Runs a check in a process of its own. */
function check(name: string, address?: string): Result {
  const script = join(home, 'checks', `${name}.ts`);
  const args = ['tsx', '--tsconfig', join(home, 'tsconfig.json'), script];
  const { status, stdout, stderr } = spawnSync('npx', address ? [...args, address] : args, {
    encoding: 'utf8',
  });
  if (status === 0) return { outcome: 'holds', detail: stdout.trim() };
  console.error(stderr);
  return { outcome: 'FAILED', detail: stderr.split('\n').find((line) => /Error/.test(line)) ?? '' };
}

function versionOf(client: string): string {
  const path = join(home, 'node_modules', client, 'package.json');
  return JSON.parse(readFileSync(path, 'utf8')).version;
}

function execute(command: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
}
