/** Tokens of an encoding by rank: text, or bytes where they are no valid UTF-8. May have holes. */
export type Vocabulary = readonly (string | readonly number[] | undefined)[];
