/** Files of a tar stream in ustar format, pax paths included; throws when the stream is not one. For tests: it shares nothing with the writer. */
export function readTar(tar: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let longPath: string | null = null;
  let at = 0;
  while (tar[at] !== 0) {
    const header = tar.subarray(at, at + 512);
    if (header.toString("latin1", 257, 263) !== "ustar\0")
      throw new Error(`no ustar header at ${at}`);
    checkSum(header);
    const size = Number.parseInt(header.toString("latin1", 124, 135), 8);
    const data = tar.subarray(at + 512, at + 512 + size);
    const prefix = text(header, 345, 500);
    const name = `${prefix === "" ? "" : `${prefix}/`}${text(header, 0, 100)}`;
    if (header.toString("latin1", 156, 157) === "x")
      longPath = /^\d+ path=(.*)\n$/s.exec(data.toString("utf8"))![1]!;
    else {
      files.set(longPath ?? name, Buffer.from(data));
      longPath = null;
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  if (tar.length !== at + 1024 || tar.subarray(at).some((byte) => byte !== 0))
    throw new Error("no end of archive");
  return files;
}

function checkSum(header: Buffer): void {
  const stored = Number.parseInt(header.toString("latin1", 148, 154), 8);
  const sum = header.reduce(
    (total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte),
    0,
  );
  if (sum !== stored) throw new Error("wrong checksum");
}

function text(header: Buffer, start: number, end: number): string {
  const field = header.subarray(start, end);
  const zero = field.indexOf(0);
  return field.toString("utf8", 0, zero === -1 ? field.length : zero);
}
