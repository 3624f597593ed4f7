/** What an author says of a block behind its language: `ts no-check`, `js file=src/db.js`, `ts expect-error=2339`. */
export interface FenceWords {
  readonly noCheck: boolean;
  /** The code is shown because it is wrong. */
  readonly expectError: boolean;
  /** TypeScript's number of the error that is expected. */
  readonly expectedCode?: number;
  /** Name of the file it is, for imports from other blocks. */
  readonly file?: string;
  readonly carry: "declarations" | "block-before" | "nothing";
}

/** Words that mean nothing here are left to other tools. */
export function fenceWords(meta: string | null): FenceWords {
  const words = (meta ?? "").split(/[\s,{}]+/);
  const error = words.find((word) => /^expect-error(?:=|$)/.test(word));
  const code = /^expect-error=(?:TS)?(\d+)$/.exec(error ?? "")?.[1];
  const file = words.find((word) => word.startsWith("file="))?.slice("file=".length);
  const name = file?.replaceAll(/^["']|["']$/g, "").replace(/^\.?\//, "");
  return {
    noCheck: words.includes("no-check"),
    expectError: error !== undefined,
    ...(code !== undefined && { expectedCode: Number(code) }),
    ...(name !== undefined && PLAIN_PATH.test(name) && { file: name }),
    carry: words.includes("standalone")
      ? "nothing"
      : words.includes("continue")
        ? "block-before"
        : "declarations",
  };
}

const PLAIN_PATH = /^[\w@-][\w.@-]*(?:\/[\w@-][\w.@-]*)*$/;
