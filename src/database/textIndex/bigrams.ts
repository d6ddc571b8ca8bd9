/** More would not leave fewer rows, and a search may be as long as a request. */
const MOST = 16;

/**
 * Each two characters (code points) that stand beside each other in a text, the first of them: who holds the text holds
 * them all. None in a single character.
 */
export function bigramsOf(text: string): readonly string[] {
  const characters = [...text].slice(0, MOST + 1);
  const pairs = characters.slice(1).map((character, index) => `${characters[index]}${character}`);
  return [...new Set(pairs)];
}
