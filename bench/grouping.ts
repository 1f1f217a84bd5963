/**
 * Long tables to rows of sequences and back: a stream of events that is made as it is read, with the
 * processor time of each stage and the peak of resident memory above that before it.
 */
import { parseArgs } from 'node:util';
import { type RecordBatch, tableFromArrays } from 'apache-arrow';
import { groupSequenceBatches } from '../src/data/sequences/group.js';
import { ungroupSequenceBatches } from '../src/data/sequences/ungroup.js';
import { windowBatches } from '../src/data/sequences/windows.js';
import { createRandom } from '../src/random.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      events: { type: 'string', default: '1000000' },
      entities: { type: 'string', default: '20000' },
    },
  });
  const [events, entities] = [Number(values.events), Number(values.entities)];
  const group = () =>
    groupSequenceBatches(eventBatches(events, entities), { by: 'device', orderBy: 'time' });
  const stages = {
    read: () => eventBatches(events, entities),
    grouped: group,
    'grouped and ungrouped': () => ungroupSequenceBatches(group()),
    'cut into windows of 20': () =>
      windowBatches(eventBatches(events, entities), { by: 'device', length: 20 }),
  };
  console.log(
    '| events | | rows out | s of processor time | peak MiB more |\n|---|---|---|---|---|',
  );
  for (const [name, open] of Object.entries(stages)) {
    globalThis.gc?.();
    const resident = process.memoryUsage().rss;
    const before = process.cpuUsage();
    let [rows, peak] = [0, 0];
    for await (const batch of open()) {
      rows += batch.numRows;
      peak = Math.max(peak, process.memoryUsage().rss - resident);
    }
    const { user, system } = process.cpuUsage(before);
    const seconds = ((user + system) / 1e6).toFixed(1);
    console.log(`| ${events} | ${name} | ${rows} | ${seconds} | ${Math.round(peak / 2 ** 20)} |`);
  }
}

/** Events of entities one after the other, of unlike length, in batches of 8,192. */
async function* eventBatches(events: number, entities: number): AsyncGenerator<RecordBatch> {
  const random = createRandom('grouping');
  const [mean, places] = [events / entities, ['north', 'east', 'south', 'west']];
  let [entity, left, time] = [-1, 0, 0];
  for (let start = 0; start < events; start += 8192) {
    const rows = Math.min(8192, events - start);
    const columns = {
      device: [] as string[],
      place: [] as string[],
      time: new Int32Array(rows),
      value: new Float64Array(rows),
      state: [] as string[],
      reading: [] as (number | null)[],
    };
    for (let row = 0; row < rows; row++, left--) {
      if (left <= 0) {
        [entity, time] = [entity + 1, random.integer(1000)];
        left = 1 + random.integer(Math.round(2 * mean) - 1);
      }
      columns.device.push(`device-${entity}`);
      columns.place.push(places[entity % 4] as string);
      columns.time[row] = time += 1 + random.integer(60);
      columns.value[row] = random.uniform();
      columns.state.push(random.uniform() < 0.9 ? 'on' : 'off');
      columns.reading.push(random.uniform() < 0.1 ? null : random.uniform());
    }
    yield* tableFromArrays(columns).batches;
  }
}
