import { createInterface } from "node:readline/promises";
import { neutralise } from "./neutralise.ts";

/** Streams of a terminal. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks for one of some choices, by number or name; null when the user names none.
 *
 * Ctrl-C ends the program as it ends any other: by the signal.
 */
export async function askChoice(
  question: string,
  choices: readonly string[],
  { input, output }: Terminal,
): Promise<string | null> {
  const asking = createInterface({ input, output });
  asking.once("SIGINT", () => {
    output.write("\n");
    process.kill(process.pid, "SIGINT");
  });
  const list = choices.map((choice, index) => `  ${index + 1}  ${neutralise(choice)}`);
  output.write(`${neutralise(question)}\n${list.join("\n")}\n`);
  // Ctrl-D closes the input, and then the question is never answered.
  const closed = new Promise<string>((resolve) => asking.once("close", () => resolve("")));
  const answer = (await Promise.race([asking.question("Which? "), closed])).trim();
  asking.close();
  return choices.find((choice) => choice === answer) ?? choices[Number(answer) - 1] ?? null;
}
