import { PassThrough, Readable, Writable } from 'node:stream';
import type { Console, Output } from '../../../src/cli/console.js';
import { run } from '../../../src/cli/run.js';

/** An output that keeps what is written to it. */
export function keepingOutput({ isTTY = false } = {}) {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const output: Output = Object.assign(stream, { isTTY });
  return {
    output,
    bytes: () => Buffer.concat(chunks),
    text: () => Buffer.concat(chunks).toString(),
  };
}

/** A console without a process. */
export function fakeConsole({
  stdin = Readable.from([]),
  terminal = false,
}: {
  stdin?: Readable;
  terminal?: boolean;
} = {}) {
  const [out, error] = [keepingOutput({ isTTY: terminal }), keepingOutput({ isTTY: terminal })];
  const console: Console = { stdin, stdout: out.output, stderr: error.output };
  return { console, out, error };
}

/** Runs the command line in this process. */
export async function runHere(
  args: readonly string[],
  options?: Parameters<typeof fakeConsole>[0],
) {
  const { console, out, error } = fakeConsole(options);
  const code = await run(args, console);
  return { code, out: out.bytes(), stdout: out.text(), stderr: error.text() };
}

/** A standard input that holds some bytes, and stays open. */
export function openInput(bytes: Uint8Array = new Uint8Array()): Readable {
  const input = new PassThrough();
  input.write(bytes);
  return input;
}

/** An output whose reader is gone. */
export function brokenOutput(code = 'EPIPE'): Output {
  return new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })),
  });
}
