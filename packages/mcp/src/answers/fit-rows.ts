/** Rows that fit into a number of bytes as JSON, at least one; the rest is a matter of paging. */
export function fitRows<Row>(rows: readonly Row[], maxBytes: number): readonly Row[] {
  let bytes = 0;
  for (const [index, row] of rows.entries()) {
    bytes += Buffer.byteLength(JSON.stringify(row)) + 1;
    if (bytes > maxBytes && index > 0) return rows.slice(0, index);
  }
  return rows;
}

/** Where a page stands in its answer: `nextOffset` leads to the next one. */
export function pageOf(total: number, offset: number, showing: number) {
  const next = offset + showing;
  return { total, offset, showing, ...(next < total && showing > 0 ? { nextOffset: next } : {}) };
}

/** The page in words. */
export function pageWords(total: number, offset: number, showing: number): string {
  if (showing === total) return `${total}`;
  if (showing === 0) return `${total}, none from ${offset + 1} on`;
  return `${total}, ${offset + 1} to ${offset + showing}`;
}

/** JSON Schema of the properties that `pageOf` gives. */
export const PAGE_PROPERTIES = {
  total: { type: "integer", description: "Rows of the whole answer" },
  offset: { type: "integer" },
  showing: { type: "integer" },
  nextOffset: { type: "integer", description: "offset of the next page" },
} as const;
