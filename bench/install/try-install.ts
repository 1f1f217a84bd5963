import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstExample } from '../support/first-example.js';
import { type Ran, runCommand } from '../support/run-command.js';
import { clients } from './clients.js';
import type { Registry } from './registry.js';
import type { installTools } from './tools.js';

/** One cell of the table. */
export interface Attempt {
  readonly name: string;
  readonly node: string;
  readonly network: 'open' | 'closed';
  /** Where its project is made: outside of the repository. */
  readonly projects: string;
  readonly tools: ReturnType<typeof installTools>;
  readonly registry: Registry;
}

const packages = ['gan-augment', 'rxjs', 'apache-arrow'];
const forward = fileURLToPath(new URL('forward.mjs', import.meta.url));
/** What the README's first example reads. */
const data = 'node_modules/gan-augment/fixtures/penguins.parquet';
/** Milliseconds for an install or an example. */
const patience = 600_000;

/** Installs in an empty folder and runs the README's first example there. */
export async function tryInstall(attempt: Attempt) {
  const { name, node: major, network, projects, tools, registry } = attempt;
  const client = clients[name];
  if (!client) throw new Error(`no client ${name}: ${Object.keys(clients).join(', ')}`);
  if (Number(major) < (client.oldestNode ?? 0)) {
    return { megabytes: '', seconds: '', result: `needs Node.js ${client.oldestNode}` };
  }
  const node = tools.node(major);
  const project = join(projects, `${name} ${major} ${network}`.replaceAll(/\W+/g, '-'));
  const home = join(project, 'home');
  const app = join(project, 'app');
  rmSync(project, { recursive: true, force: true });
  for (const each of [home, app]) mkdirSync(each, { recursive: true });
  const address = `http://127.0.0.1:${registry.port}/`;
  const files = {
    'package.json': '{ "name": "app", "private": true }\n',
    ...client.files?.(address),
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(app, file), text);

  const start = (command: readonly string[]) => {
    const closed = ['unshare', '-n', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
    const [program = '', ...args] =
      network === 'open'
        ? command
        : [
            ...closed,
            process.execPath,
            forward,
            registry.socket,
            String(registry.port),
            ...command,
          ];
    return runCommand(program, args, {
      cwd: app,
      timeout: patience,
      // The client's Node.js first: it is what scripts of packages would run on.
      env: { HOME: home, PATH: `${dirname(node)}:/usr/sbin:/usr/bin:/sbin:/bin`, LANG: 'C.UTF-8' },
    });
  };

  const from = performance.now();
  const installed = await start([...client.install(node, tools, address), ...packages]);
  const seconds = ((performance.now() - from) / 1000).toFixed(0);
  if (installed.status !== 0)
    return { megabytes: '', seconds, result: failure('install', installed) };
  const megabytes = sizeOf(app);

  // Without node_modules the fixture has no path: Plug'n'Play keeps packages in archives.
  const fixture = existsSync(join(app, data)) ? data : 'penguins.parquet';
  if (fixture !== data) cpSync('fixtures/penguins.parquet', join(app, fixture));
  writeFileSync(join(app, 'example.mjs'), firstExample().replace(data, fixture));
  const ran = await start([...(client.run?.(node, tools) ?? [node]), 'example.mjs']);
  rmSync(home, { recursive: true, force: true });
  if (ran.status !== 0) return { megabytes, seconds, result: failure('example', ran) };
  const bytes = readFileSync(join(app, 'penguins.augmented.parquet'));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  rmSync(project, { recursive: true, force: true });
  const said = ran.stderr.split('\n').filter((line) => !/^(gan-augment: train|$)/.test(line));
  return { megabytes, seconds, result: [hash, ...said].join(': ') };
}

/** Millions of bytes of what was installed, on the disk. */
function sizeOf(app: string): string {
  const { stdout } = spawnSync('du', ['-s', '--block-size=1000000', app], { encoding: 'utf8' });
  return stdout.split('\t', 1)[0] as string;
}

function failure(what: string, { status, stdout, stderr }: Ran): string {
  const lines = `${stdout}\n${stderr}`.trim().split('\n');
  const line = lines.find((each) => /\b\w*Error\b|ERR!/.test(each)) ?? lines.at(-1) ?? '';
  return `${what} ends with ${status}: ${line.trim().slice(0, 300)}`;
}
