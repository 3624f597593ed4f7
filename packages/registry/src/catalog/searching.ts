// What only a search needs, so that it is loaded in one piece when the first one is asked for: a `get` does without.
export { answerSearch, suggestIds } from "./answer-search.ts";
export { openBackend } from "./open-backend.ts";
