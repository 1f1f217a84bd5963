/** What a probing process runs: `probe-entry ENGINE DEVICE`; the answer goes to its parent. */
import type { Device, Engine } from './options.js';
import { probe } from './probe.js';

const [engine, device] = process.argv.slice(2) as [Engine, Device];
const problem = await probe({ engine, device, threads: 1 });
process.send?.({ problem }, () => process.exit());
