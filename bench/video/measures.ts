import type { ImageClassifier } from '../../src/evaluate/image/classifier.js';
import { type Features, frechetDistance } from '../../src/evaluate/image/distances.js';
import { frames, side } from './moving-digits.js';

const size = side * side;

/** What one can say of clips without looking at them: numbers in [−1, 1], [clips, frames, 32, 32]. */
export interface ClipMeasures {
  /** Share of frames whose digit is the one that most frames of the clip show. */
  readonly identity: number;
  /** Share of clips whose digit, that of most frames, is the label. */
  readonly label: number;
  /** Mean and standard deviation of the pixels that a digit's centre moves a frame. */
  readonly speed: number;
  readonly speedDeviation: number;
  /** Turns of the centre's direction, along both axes, in a clip. */
  readonly bounces: number;
}

export async function measureClips(
  clips: Float32Array,
  labels: Int32Array,
  classifier: ImageClassifier,
): Promise<ClipMeasures> {
  const codes = await classifier.classify(clips);
  let [same, right] = [0, 0];
  const speeds: number[] = [];
  let bounces = 0;
  for (let clip = 0; clip < labels.length; clip++) {
    const own = codes.subarray(clip * frames, (clip + 1) * frames);
    const digit = mostCommon(own);
    same += own.filter((code) => code === digit).length;
    right += Number(digit === labels[clip]);
    const centres = Array.from({ length: frames }, (_, k) =>
      centreOf(clips.subarray((clip * frames + k) * size, (clip * frames + k + 1) * size)),
    );
    const moves = centres.slice(1).map(([y, x], k) => {
      const [lastY, lastX] = centres[k] as [number, number];
      return [y - lastY, x - lastX] as const;
    });
    speeds.push(...moves.map(([dy, dx]) => Math.hypot(dy, dx)));
    bounces += turnsOf(moves.map(([dy]) => dy)) + turnsOf(moves.map(([, dx]) => dx));
  }
  const speed = speeds.reduce((sum, each) => sum + each, 0) / speeds.length;
  const squares = speeds.reduce((sum, each) => sum + (each - speed) ** 2, 0);
  return {
    identity: same / codes.length,
    label: right / labels.length,
    speed,
    speedDeviation: Math.sqrt(squares / speeds.length),
    bounces: bounces / labels.length,
  };
}

/** Frames in a random order: what a distance that sees time must notice. */
export function shuffledFrames(clips: Float32Array, integer: (below: number) => number) {
  const shuffled = clips.slice();
  for (let start = 0; start < clips.length; start += frames * size) {
    const order = Array.from({ length: frames }, (_, k) => k);
    for (let k = frames - 1; k > 0; k--) {
      const other = integer(k + 1);
      [order[k], order[other]] = [order[other] as number, order[k] as number];
    }
    for (const [to, from] of order.entries()) {
      const at = start + from * size;
      shuffled.set(clips.subarray(at, at + size), start + to * size);
    }
  }
  return shuffled;
}

export const clipDistance = (a: Features, b: Features): number => frechetDistance(a, b);

function mostCommon(codes: Int32Array): number {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

/** Centre of the bright pixels of a frame: [y, x]. */
function centreOf(frame: Float32Array): [y: number, x: number] {
  let [mass, y, x] = [1e-6, 0, 0];
  for (let k = 0; k < size; k++) {
    const value = Math.max(frame[k] as number, -0.5) + 0.5;
    mass += value;
    y += value * Math.floor(k / side);
    x += value * (k % side);
  }
  return [y / mass, x / mass];
}

/** How often a speed changes its sign, where it is more than half a pixel on both sides. */
function turnsOf(moves: readonly number[]): number {
  const clear = moves.filter((move) => Math.abs(move) > 0.5);
  return clear.slice(1).filter((move, k) => Math.sign(move) !== Math.sign(clear[k] as number))
    .length;
}
