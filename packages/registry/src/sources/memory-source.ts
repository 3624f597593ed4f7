import { ChubError } from "../chub-error.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import { memoryFile } from "./memory-file.ts";
import type { Source } from "./source.ts";

/** An artifact whose files are made when they are first asked for, all at once, and kept in memory. */
export function memorySource(
  place: Pick<Source, "name" | "kind" | "location">,
  make: () => Promise<ReadonlyMap<string, Uint8Array>>,
): Source {
  let files: Promise<ReadonlyMap<string, Uint8Array>> | undefined;
  const read = async (path: string): Promise<Uint8Array | null> => {
    const problem = artifactPathProblem(path);
    if (problem !== null) {
      throw new ChubError(
        "INTEGRITY",
        `Refused ${JSON.stringify(path.slice(0, 240))} of source ${place.name}: the path is not allowed: ${problem}`,
        {
          hint: "Nothing was read.",
        },
      );
    }
    files ??= make();
    return (await files).get(path) ?? null;
  };
  return {
    ...place,
    read,
    async open(path) {
      const bytes = await read(path);
      return bytes === null ? null : memoryFile(bytes);
    },
  };
}
