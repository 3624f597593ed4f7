// The published package carries this one table: the build bundles it, because the package it comes from is 30 MB installed.
import ranks from "gpt-tokenizer/bpeRanks/o200k_base";

/** Tokens of o200k_base by rank: text, or bytes where they are no valid UTF-8. May have holes. */
export const O200K_VOCABULARY: readonly (string | readonly number[] | undefined)[] = ranks;
