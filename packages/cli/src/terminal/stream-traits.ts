import type { StreamTraits } from "./render-block.ts";

/**
 * How to write to a stream.
 *
 * Colour: FORCE_COLOR decides when set (`0` and `false` mean no), then NO_COLOR, then TERM=dumb, then the stream.
 * Source: https://no-color.org and https://force-color.org
 */
export function streamTraits(
  stream: { readonly isTerminal: boolean; readonly columns?: number | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): StreamTraits {
  return {
    isTerminal: stream.isTerminal,
    hasColour: hasColour(stream.isTerminal, environment),
    columns: stream.columns ?? DEFAULT_COLUMNS,
  };
}

function hasColour(
  isTerminal: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  if ((environment["NO_COLOR"] ?? "") !== "") return false;
  return isTerminal && environment["TERM"] !== "dumb";
}

const DEFAULT_COLUMNS = 80;
