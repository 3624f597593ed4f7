import type { FoundText } from "@chub/registry";
import { partCommand } from "../fetch-command.ts";
import { line, toned } from "../reply.ts";
import type { Line } from "../reply.ts";

/** What --max-tokens left out, and how to get it. */
export function omittedLines(found: FoundText): Line[] {
  const { omitted } = found;
  if (omitted.length === 0) return [];
  const tokens = omitted.reduce((sum, item) => sum + item.bodyTokens, 0);
  const shown = omitted.slice(0, MOST_OMITTED);
  const sections = omitted.length === 1 ? "1 section" : `${omitted.length} sections`;
  return [
    line(toned("yellow", `Left out to stay within --max-tokens: ${sections}, ${tokens} tokens`)),
    ...shown.map(({ address, heading, tokens: size }) =>
      line(toned("dim", `  ${partCommand(found, address)}  ${heading}, ${size} tokens`)),
    ),
    ...(omitted.length > shown.length
      ? [line(toned("dim", `  and ${omitted.length - shown.length} more, see --outline`))]
      : []),
  ];
}

const MOST_OMITTED = 10;
