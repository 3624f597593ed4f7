import type { Miss, ResolveRequest } from "@chub/registry";
import type { Ports } from "../ports.ts";

type Answer = Miss | { readonly outcome: "found" };

/**
 * Asks the catalog, and where there is a choice the user, and then the catalog again. Where nobody can be
 * asked, or nothing is taken, the choice is the answer.
 */
export async function askAgain<Request extends ResolveRequest, Found extends Answer>(
  request: Request,
  question: (request: Request) => Promise<Found>,
  choose: Ports["choose"],
): Promise<Found> {
  let answer = await question(request);
  let asked = request;
  for (let step = 0; choose !== null && step < MOST_QUESTIONS; step += 1) {
    const miss: Answer = answer;
    if (miss.outcome === "choose-entry") {
      const address = await choose(`Several entries match ${request.address}`, miss.choices);
      if (address === null) return answer;
      asked = { ...asked, address };
    } else if (miss.outcome === "choose-language") {
      const language = await choose(`${miss.id} is written for several languages`, miss.available);
      if (language === null) return answer;
      asked = { ...asked, language };
    } else return answer;
    answer = await question(asked);
  }
  return answer;
}

/** An entry, then its language. */
const MOST_QUESTIONS = 2;
