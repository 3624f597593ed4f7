/** A line of input: its bytes without the line feed, or that there was one too long to keep. */
export type InputLine =
  | { readonly kind: "line"; readonly bytes: Uint8Array }
  | { readonly kind: "too-long" };

/**
 * Splits chunks of bytes into lines of at most `maxBytes`.
 *
 * A longer line is told once, as soon as it is too long, and dropped up to its end: memory stays bounded
 * by the limit, however long a line without an end goes on.
 */
export function splitLines(maxBytes: number): (chunk: Uint8Array) => readonly InputLine[] {
  let kept: Uint8Array[] = [];
  let size = 0;
  let isDropping = false;
  const lines: InputLine[] = [];

  function keep(piece: Uint8Array): void {
    if (isDropping) return;
    size += piece.length;
    if (size <= maxBytes) {
      kept.push(piece);
      return;
    }
    isDropping = true;
    kept = [];
    lines.push({ kind: "too-long" });
  }

  function end(): void {
    if (!isDropping)
      lines.push({
        kind: "line",
        bytes: kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept),
      });
    kept = [];
    size = 0;
    isDropping = false;
  }

  return (chunk) => {
    let start = 0;
    for (let feed = chunk.indexOf(LINE_FEED); feed !== -1; feed = chunk.indexOf(LINE_FEED, start)) {
      keep(chunk.subarray(start, feed));
      end();
      start = feed + 1;
    }
    if (start < chunk.length) keep(chunk.subarray(start));
    return lines.splice(0);
  };
}

const LINE_FEED = 0x0a;
