import type { ResolvedText, VersionMatch } from "@chub/registry";
import { line, toned } from "../reply.ts";
import type { Line } from "../reply.ts";

/** What was resolved and why: for stderr, never for the document. */
export function provenanceLines(
  text: Omit<ResolvedText, "outcome">,
  tokens: number | undefined,
): Line[] {
  const { entry, variant, match, followed } = text;
  const { record } = entry;
  const facts = [
    variant.version === null ? [] : `version ${variant.version} (${matchWords(match)})`,
    variant.language ?? [],
    record.tier,
    `source ${entry.source}`,
    variant.lastUpdated === undefined ? [] : `updated ${variant.lastUpdated}`,
    tokens === undefined ? [] : `${tokens} tokens`,
    digestWords(text),
  ].flat();
  const lines = [line(toned("dim", `${entry.address}: ${facts.join(", ")}`))];
  if (followed !== undefined) {
    const reason = followed.reason === undefined ? "" : ` (${followed.reason})`;
    lines.push(
      line(toned("dim", `${followed.from} is ${FOLLOWED[followed.kind]} ${record.id}${reason}`)),
    );
  }
  if (match.kind === "nearest") {
    lines.push(
      line(
        toned(
          "yellow",
          `Your project has ${match.requested ?? "another version"}: this is the nearest there is, details may differ`,
        ),
      ),
    );
  }
  if (record.status === "deprecated") {
    const instead = record.replacedBy === undefined ? "" : `, use ${record.replacedBy}`;
    lines.push(line(toned("yellow", `${record.id} is deprecated${instead}`)));
  }
  return lines;
}

function matchWords(match: VersionMatch): string {
  switch (match.kind) {
    case "exact":
      return "exact";
    case "range":
      return `for ${match.requested ?? "the range"}`;
    case "nearest":
      return `nearest to ${match.requested ?? "the project's"}`;
    case "default":
      return "recommended";
  }
}

function digestWords({ variant }: Omit<ResolvedText, "outcome">): string[] {
  const digest = variant.files.find(({ path }) => path === variant.entryFile)?.sha256;
  return digest === undefined ? [] : [`sha256 ${digest.slice(0, 12)}`];
}

const FOLLOWED = {
  alias: "another name of",
  redirect: "moved to",
  "short-name": "short for",
} as const;
