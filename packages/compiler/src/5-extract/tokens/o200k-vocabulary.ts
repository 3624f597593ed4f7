// The published package carries this one table: the build bundles it, because the package it comes from is 30 MB installed.
import ranks from "gpt-tokenizer/bpeRanks/o200k_base";
import type { Vocabulary } from "./vocabulary.ts";

/** Tokens of o200k_base by rank. */
export const O200K_VOCABULARY: Vocabulary = ranks;
