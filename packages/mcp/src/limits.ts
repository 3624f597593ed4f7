/** o200k_base tokens of document text in one result: what a client's own limit for results (25,000) leaves room for. */
export const MAX_TOKENS = 20_000;

/** Bytes of the rows of one result, at about three bytes a token as large as a document may be. */
export const MAX_ROW_BYTES = 60_000;

/** Sections that are listed as left out; more are counted. */
export const MAX_OMITTED = 60;

/** Bytes of one resource. Source: 256 KiB is what clients are known to take. */
export const MAX_RESOURCE_BYTES = 256 * 1024;

/** Bytes of one message from a client; the largest honest one has a few thousand. */
export const MAX_REQUEST_BYTES = 1024 * 1024;
