/** Text of which each code point stands for itself: no marks that combine, no joiners, no line ends. */
const plain =
  /^[\u0020-\u02ff\u0370-\u0482\u048a-\u0530\u2010-\u2027\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]*$/;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A text → its graphemes: what a reader takes for one character, of one or several code points. */
export function splitText(text: string): string[] {
  if (plain.test(text)) return [...text];
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
