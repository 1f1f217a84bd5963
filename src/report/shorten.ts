/** Characters that are about twice as wide as Latin ones. */
const wideCharacters =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;

/** A text of at most so many Latin characters' width; of a longer one the last is '…'. */
export function shorten(text: string, most: number): string {
  const characters = Array.from(text);
  const widthOf = (character: string) => (wideCharacters.test(character) ? 2 : 1);
  if (characters.reduce((width, own) => width + widthOf(own), 0) <= most) return text;
  let [kept, width] = [0, 1];
  while (width + widthOf(characters[kept] as string) <= most) {
    width += widthOf(characters[kept++] as string);
  }
  return `${characters.slice(0, kept).join('')}…`;
}
