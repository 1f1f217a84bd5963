import { counted } from '../augment/progress/words.js';
import type { ColumnNote } from '../encode/column-notes.js';
import { describeRule, type Rule } from '../encode/rules/rule.js';
import type { TrainingEvent } from '../gan/training/events.js';
import { inFlags } from './flag-words.js';
import type { Progress } from './progress/progress.js';

type TrainingEventOf<Type extends TrainingEvent['type']> = Extract<
  TrainingEvent,
  { readonly type: Type }
>;

/** Tells what is to be known of a training: what went wrong, why it ended, and which state is kept. */
export function trainingNotes({
  note: say,
}: Pick<Progress, 'note'>): (event: TrainingEvent) => void {
  const note = (text: string) => say(`training: ${text}`);
  let alike: { readonly step: number; readonly variety: number } | undefined;
  let alarm: { readonly step: number; readonly problem: string } | undefined;
  return (event) => {
    if (event.type === 'column') note(columnInWords(event));
    else if (event.type === 'rules') note(rulesInWords(event.rules));
    else if (event.type === 'held-back') note(heldBackInWords(event));
    else if (event.type === 'resumed') note(`goes on from step ${event.step}`);
    else if (event.type === 'collapse') alike = event;
    else if (event.type === 'alarm') alarm = event;
    else if (event.type === 'rollback') {
      const { step, to, rate } = event;
      note(`step ${step} gave no number; goes on from step ${to} with ${rate} of the rates`);
    } else if (event.type === 'done') {
      const { step, kept, reason } = event;
      if (reason !== 'steps' || kept !== step) note(endOf(step, kept, reason));
      if (alike?.step === kept) note(warningOf(alike.variety));
      if (alarm?.step === kept) note(`${alarm.problem}. Train longer, or with another seed`);
    }
  };
}

function columnInWords({ column, becomes, reason, remedy }: ColumnNote): string {
  return `column '${column}' is not learned, and is ${becomes} in synthetic rows: ${reason}. ${inFlags(remedy)}`;
}

function rulesInWords(rules: readonly Rule[]): string {
  return `every synthetic row keeps what every row keeps: ${rules.map(describeRule).join('; ')}`;
}

function endOf(step: number, kept: number, reason: 'steps' | 'seconds' | 'patience'): string {
  const why = { steps: '', seconds: ', as the time is up', patience: ', as nothing got better' };
  const best = kept === step ? '' : `; keeps the best state, of step ${kept}`;
  return `ends after ${counted(step, 'step')}${why[reason]}${best}`;
}

function heldBackInWords({ leastRows, columns }: TrainingEventOf<'held-back'>): string {
  const each = columns.map(
    ({ column, levels, rows }) =>
      `${counted(levels, 'value')} of '${column}' (${counted(rows, 'row')})`,
  );
  return (
    `values of fewer than ${leastRows} rows are neither made nor saved: ${each.join(', ')}. ` +
    'If they are no secret, --no-privacy learns them too'
  );
}

/** No state was better than one whose rows are all alike. */
function warningOf(variety: number): string {
  return (
    `the synthetic rows are much alike (variety ${variety.toFixed(2)}, of real rows 1): the generator ` +
    'has collapsed, or was trained too shortly. Train longer, on more rows, or with another recipe or seed'
  );
}
