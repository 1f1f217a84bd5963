/** What lines are written to, which may be a terminal. */
export interface TextOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Lines that stay, and one that is drawn anew. */
export interface Terminal {
  /** Whether a line can be drawn anew. */
  readonly redraws: boolean;
  /** A line that stays. */
  line(text: string): void;
  /** The line that the next one takes the place of; without a terminal it stays. */
  update(text: string): void;
}

/** From the start of the line, clear it. */
const clear = '\r\u001b[2K';

/** @param redraws Whether to draw a line anew where that can be done. */
export function openTerminal(output: TextOutput, redraws: boolean): Terminal {
  const canRedraw = redraws && output.isTTY === true;
  let isDrawn = false;
  const line = (text: string) => {
    output.write(`${isDrawn ? clear : ''}gan-augment: ${text}\n`);
    isDrawn = false;
  };
  const redraw = (text: string) => {
    output.write(`${clear}gan-augment: ${text}`);
    isDrawn = true;
  };
  return { redraws: canRedraw, line, update: canRedraw ? redraw : line };
}
