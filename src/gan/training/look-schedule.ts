/** A look at the state: at most so many in a training, and so many steps apart at least. */
const looks = { most: 24, stepsApart: 250 } as const;

/** Time that is trained between two looks is at least this many times what the last look took. */
const trainingPerLook = 4;

/** What says when the state of a training is looked at. */
export interface LookScheduleOptions {
  /** Steps in all. */
  readonly steps: number;
  /** Seconds in all. */
  readonly seconds: number;
  /** Steps between two looks. Default: 250, and at most 24 looks. */
  readonly every?: number | undefined;
  /** Milliseconds since whenever. Default: `performance.now`. */
  readonly clock?: (() => number) | undefined;
}

/** When the state of a training is looked at. */
export interface LookSchedule {
  /** Steps between two looks. */
  readonly stepsApart: number;
  /** The step of the next look after `step`, unless time brings one before. */
  nextLook(step: number): number;
  /** Seconds since the schedule was opened. */
  elapsed(): number;
  /** Whether so much time was trained since the last look that another one is due. */
  isLookDue(): boolean;
  /** Whether all seconds are over. */
  isTimeUp(): boolean;
  /** Notes that a look is over which began when `began` seconds had elapsed. */
  looked(began: number): void;
}

/**
 * Looks come every 24th of the steps and every 24th of the seconds, whichever is first; but looks that
 * take long come less often, so that most of the time is trained.
 */
export function openLookSchedule({
  steps,
  seconds,
  every,
  clock = () => performance.now(),
}: LookScheduleOptions): LookSchedule {
  const stepsApart = every ?? Math.max(looks.stepsApart, Math.ceil(steps / looks.most));
  const start = clock();
  const elapsed = () => (clock() - start) / 1000;
  let lastEnd = 0;
  let lastDuration = 0;
  return {
    stepsApart,
    nextLook: (step) => Math.min(steps, (Math.floor(step / stepsApart) + 1) * stepsApart),
    elapsed,
    isLookDue() {
      const secondsApart = Math.max(seconds / looks.most, trainingPerLook * lastDuration);
      return elapsed() - lastEnd >= secondsApart;
    },
    isTimeUp: () => elapsed() >= seconds,
    looked(began) {
      lastEnd = elapsed();
      lastDuration = lastEnd - began;
    },
  };
}
