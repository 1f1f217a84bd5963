import { describe, expect, it } from 'vitest';
import { trainingNotes } from '../../src/cli/training-notes.js';
import type { TrainingEvent } from '../../src/gan/training/events.js';

/** What is said of some events. */
function notesOf(...events: readonly TrainingEvent[]): string {
  let said = '';
  const tell = trainingNotes({
    note: (line) => {
      said += `${line}\n`;
    },
  });
  for (const event of events) tell(event);
  return said;
}

const collapse = { type: 'collapse', step: 250, variety: 0.034 } as const;

describe('trainingNotes', () => {
  it('should say nothing of a training as it should be', () => {
    const said = notesOf(
      { type: 'estimate', steps: 500, seconds: 9, bytes: 1 },
      { type: 'score', step: 250, score: 0.1, best: false },
      collapse,
      { type: 'checkpoint', step: 250 },
      { type: 'score', step: 500, score: 0.5, best: true },
      { type: 'done', step: 500, kept: 500, reason: 'steps' },
    );

    expect(said).toBe('');
  });

  it('should say which columns synthetic rows do not get, and which rules they keep', () => {
    const said = notesOf(
      {
        type: 'column',
        column: 'id',
        becomes: 'null',
        reason: 'it names the rows',
        remedy: 'Drop it',
      },
      { type: 'rules', rules: [{ kind: 'order', columns: ['start', 'end'], rows: 99 }] },
    );

    expect(said).toBe(
      "training: column 'id' is not learned, and is null in synthetic rows: it names the rows. Drop it\n" +
        'training: every synthetic row keeps what every row keeps: end ≥ start\n',
    );
  });

  it('should say which state is kept, and why training ended', () => {
    const early = notesOf({ type: 'done', step: 1000, kept: 750, reason: 'patience' });
    const late = notesOf({ type: 'done', step: 40, kept: 40, reason: 'seconds' });
    const all = notesOf({ type: 'done', step: 500, kept: 250, reason: 'steps' });

    expect(early).toBe(
      'training: ends after 1,000 steps, as nothing got better; keeps the best state, of step 750\n',
    );
    expect(late).toBe('training: ends after 40 steps, as the time is up\n');
    expect(all).toBe('training: ends after 500 steps; keeps the best state, of step 250\n');
  });

  it('should warn of a state that is kept although its rows are much alike', () => {
    const said = notesOf(collapse, { type: 'done', step: 250, kept: 250, reason: 'steps' });

    expect(said).toMatch(
      /^training: the synthetic rows are much alike \(variety 0.03, of real rows 1\)/,
    );
  });

  it('should say where it goes on from', () => {
    const said = notesOf(
      { type: 'resumed', step: 100 },
      { type: 'rollback', step: 130, to: 100, rate: 0.5 },
    );

    expect(said).toBe(
      'training: goes on from step 100\n' +
        'training: step 130 gave no number; goes on from step 100 with 0.5 of the rates\n',
    );
  });
});
