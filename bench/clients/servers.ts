import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A server that was started, on this machine alone. */
export interface Server {
  readonly address: string;
  readonly name: string;
  stop(): Promise<void>;
}

/** What is needed to start a server is not on this machine. */
export class NotHere extends Error {}

/** Seconds that a server has to listen. */
const patience = 120;

/** Starts PostgreSQL on a new, empty directory. */
export async function startPostgres(directory: string): Promise<Server> {
  const [initdb, postgres] = ['initdb', 'postgres'].map(findPostgres);
  if (!initdb || !postgres) throw new NotHere('PostgreSQL is not installed');
  // It does not run as root.
  const user = process.getuid?.() === 0 ? userOf('postgres') : undefined;
  if (user) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const options = { ...user, cwd: directory, stdio: 'ignore' } as const;
  execFileSync(initdb, ['-D', data, '-A', 'trust', '-U', 'postgres'], options);
  const port = await freePort();
  const args = ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', directory];
  const child = spawn(postgres, args, options);
  await listening(child, port);
  const address = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return { address, name: 'started here', stop: () => stop(child) };
}

/** Starts a Kafka broker that is its own controller. */
export async function startKafka(directory: string): Promise<Server> {
  const jars = installJars('kafka', directory);
  const [port, controller] = [await freePort(), await freePort()];
  const properties = join(directory, 'server.properties');
  writeFileSync(
    properties,
    `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
controller.listener.names=CONTROLLER
log.dirs=${join(directory, 'logs')}
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
`,
  );
  const id = 'Z2FuLWF1Z21lbnQtYmVuY2';
  const format = ['kafka.tools.StorageTool', 'format', '-t', id, '-c', properties];
  execFileSync('java', ['-cp', jars, ...format], { stdio: 'ignore' });
  const args = ['-Xmx512m', '-cp', jars, 'kafka.Kafka', properties];
  const child = spawn('java', args, { stdio: 'ignore' });
  await listening(child, port);
  return { address: `127.0.0.1:${port}`, name: 'Kafka 3.9.1', stop: () => stop(child) };
}

/** Starts what speaks MongoDB's protocol. */
export async function startMongodb(directory: string): Promise<Server> {
  const jars = installJars('mongodb', directory);
  const port = 27017;
  if (await isOpen(port)) throw new NotHere(`port ${port} is in use: give --mongodb ADDRESS`);
  const main = 'de.bwaldvogel.mongo.InMemoryMongoServer';
  const child = spawn('java', ['-cp', jars, main], { stdio: 'ignore' });
  await listening(child, port);
  const name = 'mongo-java-server 1.47.0, no MongoDB';
  return { address: `mongodb://127.0.0.1:${port}`, name, stop: () => stop(child) };
}

/** A program of PostgreSQL, which Debian does not put where programs are found. */
function findPostgres(name: string): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(':'),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

function userOf(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** The class path of a server that Maven brings. */
function installJars(server: string, directory: string): string {
  for (const tool of ['mvn', 'java']) {
    if (spawnSync(tool, ['-version']).status !== 0) throw new NotHere(`${tool} is not installed`);
  }
  const pom = fileURLToPath(new URL(`servers/${server}/pom.xml`, import.meta.url));
  const jars = join(directory, 'jars');
  const goal = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`];
  const { status, stdout } = spawnSync('mvn', goal, { encoding: 'utf8' });
  if (status !== 0) throw new NotHere(`Maven cannot bring it: ${stdout.split('\n')[0]}`);
  return join(jars, '*');
}

/** Waits until a server takes connections. */
async function listening(child: ChildProcess, port: number): Promise<void> {
  for (let second = 0; second < patience; second++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    if (await isOpen(port)) return;
    await setTimeout(1000);
  }
  await stop(child);
  throw new Error(`the server does not listen after ${patience} s`);
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      server.close(() => resolve(port as number));
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await Promise.race([ended, setTimeout(15_000, undefined, { ref: false })]);
  child.kill('SIGKILL');
}
