/** Makes a registry's socket a port of this network, and runs a command: `forward SOCKET PORT COMMAND…`. */
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';

const [socket, port, command, ...args] = process.argv.slice(2);
const server = createServer((client) => {
  const upstream = connect(socket);
  client.pipe(upstream).pipe(client);
  for (const each of [client, upstream]) each.on('error', () => client.destroy());
});
server.listen(Number(port), '127.0.0.1', () => {
  const child = spawn(command, args, { stdio: 'inherit' });
  child.on('exit', (code) => process.exit(code ?? 1));
});
