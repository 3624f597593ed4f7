/** A word as one argument of a POSIX shell: commands we print are made from documents, and get pasted. */
export function shellQuote(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

const PLAIN = /^[A-Za-z0-9_@%+=:,./#-]+$/;
