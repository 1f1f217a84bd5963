import { setTimeout as sleep } from 'node:timers/promises';
import { type Observable, type OperatorFunction, Subject } from 'rxjs';

/** What a source was asked, and what came out, frame by frame. */
export interface Played<Out> {
  /** In the language of the source's marbles, a character a frame. */
  readonly marbles: string;
  readonly values: readonly Out[];
  readonly error: unknown;
  /** How often the source was subscribed to, and let go of. */
  readonly subscribed: number;
  readonly released: number;
}

/**
 * Plays marbles through an operator whose work is real: 'a' to 'z' are values, '(ab)' come at once,
 * '-' is nothing, '|' the end, '#' an error, and '!' unsubscribes. A frame lasts until as much has
 * come out as is expected of it, and a little longer.
 *
 * Frames are played one after the other: RxJS's TestScheduler has virtual time, which promises and
 * native code know nothing of.
 */
export async function play<In, Out>(
  marbles: string,
  expected: string,
  values: Readonly<Record<string, In>>,
  operator: OperatorFunction<In, Out>,
  failure: unknown = new Error('source failed'),
): Promise<Played<Out>> {
  const counts = { subscribed: 0, released: 0 };
  const subject = new Subject<In>();
  const source = counted(subject, counts);
  const out: Out[] = [];
  let frame = '';
  let error: unknown;
  const subscription = source.pipe(operator).subscribe({
    next: (value) => {
      out.push(value);
      frame += 'x';
    },
    error: (raised: unknown) => {
      error = raised;
      frame += '#';
    },
    complete: () => {
      frame += '|';
    },
  });
  const frames: string[] = [];
  const awaited = framesOf(expected).map((text) => text.replaceAll(/[()-]/g, '').length);
  for (const [k, events] of framesOf(marbles).entries()) {
    for (const event of events.replaceAll(/[()]/g, '')) {
      if (event === '|') subject.complete();
      else if (event === '#') subject.error(failure);
      else if (event === '!') subscription.unsubscribe();
      else if (event !== '-') subject.next(values[event] as In);
    }
    for (let turns = 0; frame.length < (awaited[k] ?? 0) && turns < 500; turns++) await sleep(10);
    await sleep(10);
    frames.push(frame.length > 1 ? `(${frame})` : frame || '-');
    frame = '';
  }
  subscription.unsubscribe();
  await sleep(5);
  return { marbles: frames.join(''), values: out, error, ...counts };
}

function framesOf(marbles: string): string[] {
  return marbles.match(/\([^)]*\)|./g) ?? [];
}

function counted<Item>(
  source: Observable<Item>,
  counts: { subscribed: number; released: number },
): Observable<Item> {
  const subscribe = source.subscribe.bind(source);
  return Object.assign(Object.create(source), {
    subscribe(...args: Parameters<typeof subscribe>) {
      counts.subscribed++;
      const subscription = subscribe(...args);
      subscription.add(() => {
        counts.released++;
      });
      return subscription;
    },
  });
}
