/**
 * Whether a lower-cased word says nothing about what is looked for.
 *
 * Function words and question words only: verbs such as "get" or "use" name API calls too often.
 */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    "a about all also am an and any are as at be been before being best between both but by can " +
    "could did do does doing done each else few for from had has have having he her here hers him his " +
    "how i if in instead into is it its itself just keep let like make many may me might more most " +
    "must my need no nor not of off on one only onto or other our ours out over own please same she " +
    "should so some such than that the their them then there these they this those through to too " +
    "under until up upon use used using very via want was way we well were what when where whether " +
    "which while who whom whose why will with within without would you your yours"
  ).split(" "),
);
