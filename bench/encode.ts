/**
 * How fast is a table encoded, and how fast are rows made?
 * `PYTHON=… npm run bench -- encode --data adult.csv`
 *
 * Beside us stand RDT's transformers, as CTGAN uses them, and SDV's ctgan (see
 * peers/table_speed.py). All on one thread, each in a process of its own; seconds of the processor.
 * A model of few steps makes rows as fast as a good one.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Encoded, Sampled } from './encode/ours.js';
import { modelOf } from './support/model-of.js';
import { runChild, runScript } from './support/run-child.js';
import { splitTable } from './tables/split.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { data: { type: 'string' } } });
  if (values.data === undefined) throw new Error('name a table: --data FILE');
  const directory = await mkdtemp(join(tmpdir(), 'gan-augment-encode-'));
  const python = process.env.PYTHON ?? 'python3';
  const script = new URL('./encode/ours.ts', import.meta.url);
  const peer = ['bench/peers/table_speed.py'];
  const lines: string[] = [];
  try {
    const { train, batch } = await splitTable(values.data, directory, false);
    const ours = await runScript<Encoded>(script, ['encode', train]);
    const rdt = await attempt(() => runChild<Encoded>(python, [...peer, 'encode', train]));
    const model = await modelOf(train, join(directory, 'model'));
    const made = await runScript<Sampled>(script, ['sample', model, String(batch.numRows)]);
    const sdv = await attempt(() => runChild<Sampled>(python, [...peer, 'sample', train]));
    lines.push(`${batch.numRows} rows, ${batch.schema.fields.length} columns; one thread`, '');
    lines.push(
      '| encoding | fit, s | transform, s | time ÷ ours | peak MiB |',
      '|---|---|---|---|---|',
    );
    const whole = (of: Encoded) => of.fitSeconds + of.transformSeconds;
    for (const [name, of] of [
      ['this package', ours],
      ['RDT', rdt],
    ] as const) {
      lines.push(
        of
          ? `| ${name} | ${of.fitSeconds.toFixed(2)} | ${of.transformSeconds.toFixed(2)} | ` +
              `${(whole(of) / whole(ours)).toFixed(1)} | ${of.peakMiB.toFixed(0)} |`
          : `| ${name} | not run: no $PYTHON with it | | | |`,
      );
    }
    lines.push(
      '',
      '| making rows | rows a second | ours ÷ theirs | peak MiB |',
      '|---|---|---|---|',
    );
    const rate = ({ rows, sampleSeconds }: Sampled) => rows / sampleSeconds;
    for (const [name, of] of [
      ['this package', made],
      ["SDV's ctgan", sdv],
    ] as const) {
      lines.push(
        of
          ? `| ${name} | ${rate(of).toFixed(0)} | ${(rate(made) / rate(of)).toFixed(2)} | ` +
              `${of.peakMiB.toFixed(0)} |`
          : `| ${name} | not run: no $PYTHON with it | | |`,
      );
    }
    console.log(lines.join('\n'));
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}
