import { annotationTarget, type AnnotationTarget, type Catalog } from "@chub/registry";
import { missFailure } from "../answers/miss-failure.ts";
import { FailureError } from "../failure.ts";
import type { NotesPort, ServerPorts } from "../ports.ts";
import { addressOf } from "../resources/document-uri.ts";
import { withoutUndefined } from "../without-undefined.ts";
import type { Arguments } from "./arguments.ts";
import { languageOf } from "./filter-arguments.ts";

/** What the user keeps on this machine. Errors: `FailureError` POLICY for a client that is not the user's own. */
export function notesOf({ notes }: ServerPorts): NotesPort {
  if (notes !== null) return notes;
  throw new FailureError({
    code: "POLICY",
    message: "There are no notes and no feedback over HTTP",
    hint: "They belong to a server that the user's own client starts over stdio",
  });
}

/** Errors: `FailureError` POLICY when nothing may be written. */
export function requireWriting({ mayWrite }: NotesPort, wanted: "note" | "remove" | "rate"): void {
  if (mayWrite) return;
  throw new FailureError({
    code: "POLICY",
    message: "This server was started with --read-only",
    hint: `Tell the user what you wanted to ${wanted}`,
  });
}

/** What a note or a rating is bound to: what was named, no more. Errors: `FailureError` for what is not there. */
export async function targetOf(catalog: Catalog, args: Arguments): Promise<AnnotationTarget> {
  const { address, ...named } = addressOf(args.text("id") ?? "");
  const asked = withoutUndefined({
    language: languageOf(args) ?? named.language,
    version: args.text("version") ?? named.version,
  });
  const answer = await catalog.get({ address, ...asked });
  // A note on an entry as a whole needs no choice of its language.
  if (answer.outcome === "choose-language" && !address.includes("#")) return { id: answer.id };
  if (answer.outcome !== "found") throw new FailureError(missFailure(answer));
  const { language, version, ...target } = annotationTarget(answer);
  const isPart = target.section !== undefined;
  return {
    ...target,
    ...withoutUndefined({
      language: isPart || asked.language !== undefined ? language : undefined,
      version: isPart || asked.version !== undefined ? version : undefined,
    }),
  };
}
