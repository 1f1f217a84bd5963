import type { TrainingEvent } from './events.js';
import type { TrainingStep } from './progress.js';

/** The score of a state by held-out rows, higher is better. */
export interface RecordedScore {
  /** The step that the state is of. */
  readonly step: number;
  /** Higher is better. */
  readonly score: number;
}

/** How losses and scores went in a training: of long ones, means over equally many steps. Plain JSON. */
export interface TrainingCurves {
  /** The last step of each point. */
  readonly steps: readonly number[];
  /** By the name of the loss: its mean up to each of `steps`; null where it was no number. */
  readonly losses: Readonly<Record<string, readonly (number | null)[]>>;
  /** Scores at the looks at held-out rows, if there were any. */
  readonly scores: readonly RecordedScore[];
  /** The step whose state is the model's; undefined while the training goes on. */
  readonly kept?: number | undefined;
}

/** Takes the callbacks of a training, and gives its curves. */
export interface TrainingRecord {
  /** As `onStep` of the training. */
  readonly onStep: (step: TrainingStep) => void;
  /** As `onEvent` of the training, or called from it. */
  readonly onEvent: (event: TrainingEvent) => void;
  /** The curves so far, of the training that began last. */
  readonly curves: () => TrainingCurves;
}

/** Points of a curve, at most: an even number. */
const mostPoints = 400;

/** Losses of so many steps, up to `step`. */
interface Point {
  readonly step: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly sums: Readonly<Record<string, number>>;
}

/**
 * Records a training, in bounded memory: `fit(rows, { onStep: record.onStep, onEvent: record.onEvent })`,
 * then `reportPage(evaluation, { training: record.curves() })`. A training that follows takes the place of
 * the one before.
 */
export function recordTraining(): TrainingRecord {
  let points: Point[] = [];
  let scores: RecordedScore[] = [];
  let kept: number | undefined;
  let [width, inLast, last] = [1, 0, 0];
  const restart = () => {
    [points, scores, kept] = [[], [], undefined];
    [width, inLast] = [1, 0];
  };
  return {
    onStep(step) {
      if (step.step <= last) restart();
      last = step.step;
      const own = pointOf(step);
      const open = inLast > 0 && inLast < width ? points.pop() : undefined;
      points.push(open ? joinPoints(open, own) : own);
      inLast = open ? inLast + 1 : 1;
      if (points.length < mostPoints || inLast < width) return;
      points = halved(points);
      width *= 2;
      inLast = width;
    },
    onEvent(event) {
      if (event.type === 'score') scores.push({ step: event.step, score: event.score });
      else if (event.type === 'done') kept = event.kept;
      else if (event.type === 'rollback') {
        // What came after the state that is gone back to is made anew.
        last = event.to;
        points = points.filter(({ step }) => step <= event.to);
        scores = scores.filter(({ step }) => step <= event.to);
        inLast = width;
      }
    },
    curves: () => ({
      steps: points.map(({ step }) => step),
      losses: lossesOf(points),
      scores: [...scores],
      ...(kept === undefined ? {} : { kept }),
    }),
  };
}

function pointOf({ step, losses }: TrainingStep): Point {
  const finite = Object.entries(losses).filter(([, loss]) => Number.isFinite(loss));
  return {
    step,
    sums: Object.fromEntries(finite),
    counts: Object.fromEntries(finite.map(([name]) => [name, 1])),
  };
}

function joinPoints(first: Point, second: Point): Point {
  return {
    step: second.step,
    sums: addEach(first.sums, second.sums),
    counts: addEach(first.counts, second.counts),
  };
}

type Numbers = Readonly<Record<string, number>>;

function addEach(first: Numbers, second: Numbers): Numbers {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return Object.fromEntries(
    names.map((name) => [name, (first[name] ?? 0) + (second[name] ?? 0)] as const),
  );
}

function halved(points: readonly Point[]): Point[] {
  return Array.from({ length: points.length / 2 }, (_, k) =>
    joinPoints(points[2 * k] as Point, points[2 * k + 1] as Point),
  );
}

function lossesOf(points: readonly Point[]): TrainingCurves['losses'] {
  const names = new Set(points.flatMap(({ sums }) => Object.keys(sums)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      points.map(({ sums, counts }) => {
        const count = counts[name] ?? 0;
        return count === 0 ? null : (sums[name] as number) / count;
      }),
    ]),
  );
}
