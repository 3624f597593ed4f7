/** How long a registry may take for one body. */
export interface NpmLimits {
  /** Between two pieces, and before the first. */
  readonly idleMs: number;
  /** To the last byte. */
  readonly totalMs: number;
}

/**
 * Bytes of a body that npm's client opened. The client's own timeout ends with the headers of an answer that is
 * streamed, so a registry that stops in the middle would be waited for without end.
 *
 * Errors: those of the stream; an Error with code `EBODYTIMEOUT` when it takes too long.
 */
export async function readPieces(
  body: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  limits: NpmLimits & { readonly maxBytes: number },
): Promise<Uint8Array | "too-large"> {
  const pieces: Buffer[] = [];
  const deadline = AbortSignal.timeout(limits.totalMs);
  const iterator = piecesOf(body);
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await inTime(iterator.next(), limits.idleMs, deadline);
      if (done === true) return new Uint8Array(Buffer.concat(pieces));
      const bytes = Buffer.from(value);
      size += bytes.length;
      if (size > limits.maxBytes) return "too-large";
      pieces.push(bytes);
    }
  } finally {
    // Whatever is left is not wanted; the connection must not keep the process.
    if ("destroy" in body && typeof body.destroy === "function") body.destroy();
  }
}

async function* piecesOf<T>(body: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* body;
}

async function inTime<T>(next: Promise<T>, idleMs: number, deadline: AbortSignal): Promise<T> {
  let end: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    end = () =>
      reject(Object.assign(new Error("the body took too long"), { code: "EBODYTIMEOUT" }));
    timer = setTimeout(end, idleMs);
    deadline.addEventListener("abort", end, { once: true });
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
    if (end !== undefined) deadline.removeEventListener("abort", end);
  }
}
