import type { NpmLimits } from "./npm-limits.ts";

/**
 * Bytes of a body that npm's client opened. The client's own timeout ends with the headers of an answer that is
 * streamed, so a registry that stops in the middle would be waited for without end.
 *
 * Errors: those of the stream; an Error with code `EBODYTIMEOUT` when it takes too long.
 */
export function readPieces(
  body: NodeJS.ReadableStream,
  { idleMs, totalMs, maxBytes }: NpmLimits & { readonly maxBytes: number },
): Promise<Uint8Array | "too-large"> {
  const pieces: Buffer[] = [];
  let size = 0;
  let end: () => void = () => undefined;
  const read = new Promise<Uint8Array | "too-large">((resolve, reject) => {
    const late = (): void =>
      reject(Object.assign(new Error("the body took too long"), { code: "EBODYTIMEOUT" }));
    const total = setTimeout(late, totalMs);
    let idle = setTimeout(late, idleMs);
    end = () => {
      clearTimeout(total);
      clearTimeout(idle);
      // Whatever is left is not wanted; the connection must not keep the process.
      if ("destroy" in body && typeof body.destroy === "function") body.destroy();
    };
    // Events, as the iterator of the client's streams leaves a listener behind with each piece.
    body.on("data", (piece: Uint8Array | string) => {
      clearTimeout(idle);
      idle = setTimeout(late, idleMs);
      const bytes = Buffer.from(piece);
      size += bytes.length;
      if (size > maxBytes) resolve("too-large");
      else pieces.push(bytes);
    });
    body.on("error", reject);
    body.on("end", () => resolve(new Uint8Array(Buffer.concat(pieces))));
  });
  return read.finally(() => end());
}
