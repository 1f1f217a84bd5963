import { Presets, SingleBar } from 'cli-progress';
import { lossesInWords } from '../../augment/progress/words.js';
import type { Output } from '../console.js';
import type { Progress } from './progress.js';

/** All fit 80 columns. */
const formats = {
  training: 'training [{bar}] {value}/{total} steps, {eta_formatted} left, {losses}',
  writing: 'writing: {value} rows, {duration_formatted}',
  measuring: 'measuring: {part}, {duration_formatted}',
} as const;

/** One bar at a time, gone in the end. */
export function drawBars(stream: Output): Progress {
  let bar: SingleBar | undefined;
  let stopped = false;
  let drawn: keyof typeof formats | undefined;
  const clear = () => {
    bar?.stop();
    bar = undefined;
    drawn = undefined;
  };
  const draw = (format: keyof typeof formats, value: number, total: number, payload: object) => {
    if (stopped) return;
    if (drawn === format) return bar?.update(value, payload);
    clear();
    drawn = format;
    bar = createBar(stream, formats[format]);
    bar.start(total, value, payload);
  };
  return {
    onStep({ step, steps, losses }) {
      draw('training', step, steps, { losses: lossesInWords(losses) });
    },
    onRows: (rows) => draw('writing', rows, 0, {}),
    onPart: (part) => draw('measuring', 0, 0, { part }),
    note(line) {
      clear();
      stream.write(`${line}\n`);
    },
    stop() {
      stopped = true;
      clear();
    },
  };
}

function createBar(stream: Output, format: string): SingleBar {
  return new SingleBar(
    { stream, format, barsize: 20, etaBuffer: 50, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
}
