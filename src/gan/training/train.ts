import type { ExecutionTarget } from '../../compute/engines/options.js';
import type { HostTensors } from '../../compute/tensor.js';
import { TrainingError } from '../../errors.js';
import type { Random } from '../../random.js';
import type { Checkpoint } from './checkpoint.js';
import type { TrainingEvent } from './events.js';
import type { KeepChoice } from './keep.js';
import { openLookSchedule } from './look-schedule.js';
import type { TrainingStep } from './progress.js';
import { openRun } from './run.js';
import type { Score, Training } from './training.js';

export type { Training } from './training.js';

export interface TrainingOptions extends Partial<ExecutionTarget> {
  readonly steps: number;
  /** Ends the training after so many seconds, with the best state so far. */
  readonly seconds?: number | undefined;
  /** Ends it after so many scores in a row that were not better than the best, but for noise. */
  readonly patience?: number | undefined;
  /** Which state is returned: the one with the best score (default), or the last. */
  readonly keep?: KeepChoice | undefined;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: TrainingStep) => void) | undefined;
  readonly onEvent?: ((event: TrainingEvent) => void) | undefined;
  /** Steps between two looks at the state; with `seconds` looks come by time too. Default: 250, and at most 24 looks. */
  readonly every?: number | undefined;
  /** Milliseconds since whenever, that `seconds` are counted by. Default: `performance.now`. */
  readonly clock?: (() => number) | undefined;
  /** Where to go on from. */
  readonly checkpoint?: Checkpoint | undefined;
  /** Keeps checkpoints: at each look, and at the end. */
  readonly onCheckpoint?: ((checkpoint: Checkpoint) => Promise<void>) | undefined;
}

/** Each time that a loss is no number the learning rates fall to this share; so often at most. */
const rollback = { rate: 0.25, most: 3 } as const;

/** Made rows that are different less often than this, next to real ones, are an alarm. */
const leastVariety = 0.2;

/**
 * Trains networks, and looks after them: keeps the state that is best by held-out rows, goes back to
 * an earlier one when a loss is no number, and ends early when time is up or nothing gets better.
 *
 * @returns The best state, or the last one where states are not scored or `keep` says so.
 * @throws TrainingError when losses are no numbers again and again; the signal's reason when aborted.
 */
export async function train(training: Training, options: TrainingOptions): Promise<HostTensors> {
  const { steps, seconds = Number.POSITIVE_INFINITY, patience, keep, random, signal } = options;
  const { onStep, onEvent, onCheckpoint, checkpoint } = options;
  const { engine = 'onnx', device = 'cpu', threads = 1 } = options;
  const target: ExecutionTarget = { engine, device, threads };
  const schedule = openLookSchedule({ ...options, seconds });
  let point = checkpoint ?? firstPoint(training, random);
  if (checkpoint) onEvent?.({ type: 'resumed', step: point.step });
  let run = await openRun(atRate(training, point), point.state, target, steps);
  try {
    for (;;) {
      const failure = await makeSteps(point.step, schedule.nextLook(point.step));
      if (failure) {
        point = backFrom(failure, point, training);
        await run.dispose();
        onEvent?.({ type: 'rollback', step: failure.step, to: point.step, rate: rateOf(point) });
        run = await openRun(atRate(training, point), point.state, target, steps);
        continue;
      }
      const began = schedule.elapsed();
      point = await look(point);
      const reason = whyOver(point);
      await onCheckpoint?.(point);
      schedule.looked(began);
      if (reason === null) continue;
      const kept = keep === 'last' ? point : (point.best ?? point);
      onEvent?.({ type: 'done', step: point.step, kept: kept.step, reason });
      return kept.state;
    }
  } finally {
    await run.dispose();
  }

  /** Why no more steps are made; null if there are more. */
  function whyOver({ step, since }: Checkpoint): 'steps' | 'seconds' | 'patience' | null {
    if (step >= steps) return 'steps';
    if (schedule.isTimeUp()) return 'seconds';
    return patience !== undefined && since >= patience ? 'patience' : null;
  }

  /** Makes steps up to `end`, or fewer if it is time for a look; gives a step whose loss is no number. */
  async function makeSteps(from: number, end: number): Promise<TrainingStep | undefined> {
    let done = from;
    let last: TrainingStep | undefined;
    const own = point.rollbacks === 0 ? random : random.fork('rollback', point.rollbacks);
    while (done < end && (done === from || !(schedule.isLookDue() || schedule.isTimeUp()))) {
      signal?.throwIfAborted();
      const before = schedule.elapsed();
      const all = await run.steps(done, Math.min(run.stepsAtOnce, end - done), own);
      if (done === (checkpoint?.step ?? 0)) estimate(done, all.length, schedule.elapsed() - before);
      for (const losses of all) {
        signal?.throwIfAborted();
        const step = { step: ++done, steps, losses };
        if (!Object.values(losses).every(Number.isFinite)) return step;
        last = step;
        onStep?.(step);
      }
    }
    const state = run.readState();
    if (!isHealthy(state)) return last;
    point = { ...point, step: done, state };
    return undefined;
  }

  function estimate(done: number, count: number, duration: number): void {
    const whole = (duration / count) * (steps - done);
    const { bytes } = run;
    onEvent?.({ type: 'estimate', steps, seconds: Math.min(whole, seconds), bytes });
  }

  function isOnlyOne(now: Checkpoint): boolean {
    return now.step >= steps && now.step <= schedule.stepsApart && !now.best;
  }

  /** Scores the state, unless it is the only one to choose. */
  async function look(now: Checkpoint): Promise<Checkpoint> {
    if (!training.score || isOnlyOne(now)) return now;
    const score = await training.score(now.state, target);
    return judged(now, score, onEvent);
  }
}

function firstPoint(training: Training, random: Random): Checkpoint {
  return { step: 0, state: training.state(random.fork('weights')), rollbacks: 0, since: 0 };
}

/** Weights can stop being numbers in a step whose losses still are. */
function isHealthy(state: HostTensors): boolean {
  return Object.values(state).every(({ values }) => {
    for (const value of values) if (!Number.isFinite(value)) return false;
    return true;
  });
}

const rateOf = ({ rollbacks }: Checkpoint) => rollback.rate ** rollbacks;

function atRate(training: Training, point: Checkpoint): Training {
  return point.rollbacks > 0 && training.scaleLearningRate
    ? training.scaleLearningRate(rateOf(point))
    : training;
}

/** The point to go back to. */
function backFrom(
  { step, steps, losses }: TrainingStep,
  point: Checkpoint,
  training: Training,
): Checkpoint {
  if (training.scaleLearningRate && point.rollbacks < rollback.most) {
    return { ...point, rollbacks: point.rollbacks + 1 };
  }
  const shown = Object.entries(losses).map(([name, loss]) => `${name} loss ${loss}`);
  throw new TrainingError(
    `training diverged at step ${step} of ${steps}: ${shown.join(', ')}. ` +
      'Try another seed, a lower learning rate or fewer steps',
  );
}

/** The point with the best state so far. One that makes rows which are all alike is never the best. */
function judged(
  point: Checkpoint,
  { score, noise = 0, variety, alarm }: Score,
  onEvent: TrainingOptions['onEvent'],
): Checkpoint {
  const { step, state } = point;
  const isCollapsed = variety < leastVariety;
  const highest = point.best?.score ?? Number.NEGATIVE_INFINITY;
  const isHigh = noise > 0 ? score >= highest - noise : score > highest;
  const better = isHigh && !isCollapsed;
  onEvent?.({ type: 'score', step, score, best: better });
  if (isCollapsed) onEvent?.({ type: 'collapse', step, variety });
  if (alarm !== undefined) onEvent?.({ type: 'alarm', step, problem: alarm });
  const best = better ? { step, score: Math.max(score, highest), state } : point.best;
  return { ...point, best, since: better || !best ? 0 : point.since + 1 };
}
