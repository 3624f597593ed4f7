import { annotationTarget, ChubError, FEEDBACK_LABELS } from "@chub/registry";
import type { AnnotationTarget, Feedback, FeedbackLabel, FeedbackOutcome } from "@chub/registry";
import type { Arguments } from "../arguments/arguments.ts";
import type { Command } from "../command.ts";
import { errorReply } from "../error-reply.ts";
import { languageOf } from "../filters.ts";
import { missFailure } from "../miss.ts";
import { nearest } from "../nearest.ts";
import type { Ports, Reader } from "../ports.ts";
import { documentText, done, line, toned } from "../reply.ts";
import type { Reply } from "../reply.ts";
import { quoteInput } from "../terminal/neutralise.ts";
import { withoutUndefined } from "../without-undefined.ts";

export const feedbackCommand: Command = {
  usage: "feedback [address] [up|down] [comment] [options]",
  positionals: { name: "address", minimum: 0, maximum: 3 },
  options: [
    {
      name: "label",
      kind: "list",
      value: "<labels>",
      description: "What the rating is about",
      choices: FEEDBACK_LABELS,
    },
    { name: "lang", kind: "text", value: "<language>", description: "Language that is rated" },
    { name: "version", kind: "text", value: "<version>", description: "Version that is rated" },
    { name: "doc-version", kind: "text", value: "<version>", description: "The same" },
    { name: "file", kind: "text", value: "<path>", description: "File of the entry that is rated" },
    {
      name: "type",
      kind: "text",
      value: "<type>",
      description: "Known from the address; taken for older scripts",
      choices: ["doc", "skill"],
    },
    { name: "agent", kind: "text", value: "<name>", description: "Program that rates" },
    { name: "model", kind: "text", value: "<name>", description: "Model that rates" },
    { name: "status", kind: "flag", description: "Whether and where feedback is sent" },
    { name: "export", kind: "flag", description: "Print what waits here, as JSON" },
    { name: "send", kind: "flag", description: "Send what waits to feedback_url" },
    { name: "clear", kind: "flag", description: "Throw away what waits" },
  ],
  examples: [
    {
      command:
        'chub feedback stripe/api#webhooks down "Header name is wrong" --label wrong-examples',
      does: "Tell the authors what is wrong; it stays here unless feedback_url is configured",
    },
    { command: "chub feedback stripe/api up", does: "Say that it helped" },
    { command: "chub feedback --status", does: "Whether anything is sent, and where" },
    { command: "chub feedback --export", does: "Hand over what waits yourself" },
  ],
  async run(args, ports) {
    const action = actionOf(args);
    const reader = await ports.openReader();
    switch (action) {
      case "status":
        return statusReply(reader);
      case "export":
        return exportReply(reader);
      case "send":
        return sendReply(reader);
      case "clear":
        return clearReply(reader);
      case "rate":
        return rateReply(args, reader, ports);
    }
  },
};

type Action = "status" | "export" | "send" | "clear" | "rate";

function actionOf(args: Arguments): Action {
  const [address, rating] = args.positionals;
  const flags = (["status", "export", "send", "clear"] as const).filter((name) => args.flag(name));
  const [flag, other] = flags;
  const hint =
    "Usage: chub feedback <address> <up|down> [comment], --status, --export, --send or --clear";
  if (other !== undefined)
    throw new ChubError("USAGE", `--${flag} and --${other} cannot be used together`, { hint });
  if (flag !== undefined) {
    if (address === undefined) return flag;
    throw new ChubError("USAGE", `--${flag} takes no address`, { hint });
  }
  if ((address ?? "").trim() === "")
    throw new ChubError("USAGE", "`chub feedback` needs an address", { hint });
  if (rating === "up" || rating === "down") return "rate";
  const meant = rating === undefined ? null : nearest(rating, ["up", "down"]);
  throw new ChubError(
    "USAGE",
    rating === undefined
      ? "`chub feedback` needs a rating, up or down"
      : `The rating must be up or down, got ${quoteInput(rating)}`,
    { hint: meant === null ? hint : `Did you mean ${meant}? ${hint}` },
  );
}

async function rateReply(args: Arguments, reader: Reader, ports: Ports): Promise<Reply> {
  const target = await targetOf(args, reader);
  if ("exitCode" in target) return target;
  const rating = args.positionals[1] === "down" ? "down" : "up";
  const feedback: Feedback = {
    rating,
    target,
    createdAt: ports.now(),
    ...withoutUndefined({
      comment: args.positionals[2],
      labels: labelsOf(args),
      file: args.text("file"),
      agent: args.text("agent"),
      model: args.text("model"),
    }),
  };
  const outcome = await reader.feedback.submit(feedback, reader.configuration.feedbackUrl);
  return done({
    out: [outcomeLine(target.id, outcome)],
    err:
      outcome.problem === undefined
        ? []
        : [
            line(
              toned(
                "yellow",
                `Warning: ${outcome.problem}. It stays here; \`chub feedback --send\` tries again`,
              ),
            ),
          ],
    json: { ...outcome, id: target.id, rating },
  });
}

function outcomeLine(id: string, { status }: FeedbackOutcome) {
  return status === "sent"
    ? line("Feedback on ", toned("bold", id), " sent.")
    : line("Feedback on ", toned("bold", id), " kept on this machine.");
}

/** What is rated: an entry in several languages may be rated as a whole, an unknown one may not. */
async function targetOf(args: Arguments, reader: Reader): Promise<AnnotationTarget | Reply> {
  const address = args.positionals[0] ?? "";
  const file = args.text("file");
  const answer = await reader.catalog.get({
    address,
    ...withoutUndefined({
      language: languageOf(args),
      version: args.text("version") ?? args.text("doc-version"),
      files: file === undefined ? undefined : [file],
    }),
  });
  if (answer.outcome === "found") return annotationTarget(answer);
  if (answer.outcome === "choose-language" && !address.includes("#")) return { id: answer.id };
  return errorReply(missFailure(answer, address));
}

function labelsOf(args: Arguments): readonly FeedbackLabel[] | undefined {
  const given = args.list("label");
  return given && FEEDBACK_LABELS.filter((label) => given.includes(label));
}

function statusReply({ configuration, feedback }: Reader): Reply {
  const { feedbackUrl } = configuration;
  const waiting = feedback.list().length;
  return done({
    out: [
      line(
        "Feedback:  ",
        feedbackUrl === undefined
          ? "kept on this machine; nothing is sent"
          : `sent to ${new URL(feedbackUrl).origin}`,
      ),
      line(`Waiting:   ${waiting}`),
      line("Telemetry: none"),
      line(`Labels:    ${FEEDBACK_LABELS.join(", ")}`),
    ],
    json: {
      feedback: feedbackUrl !== undefined,
      telemetry: false,
      endpoint: feedbackUrl ?? null,
      waiting,
      valid_labels: FEEDBACK_LABELS,
    },
  });
}

/** The same text with and without --json, so that a file of it can be read by a program. */
function exportReply({ feedback }: Reader): Reply {
  const queue = feedback.list();
  return done({
    out: [documentText(`${JSON.stringify({ feedback: queue }, null, 2)}\n`)],
    json: { feedback: queue },
  });
}

async function sendReply({ configuration, feedback }: Reader): Promise<Reply> {
  const { feedbackUrl } = configuration;
  if (feedbackUrl === undefined) {
    throw new ChubError("CONFIG", "There is nowhere to send feedback to", {
      hint: "Set `feedback: true` and `feedback_url` in ~/.chub/config.yaml, or use --export",
    });
  }
  const sent = await feedback.send(feedbackUrl);
  return done({ out: [line(`Sent: ${sent}`)], json: { sent, waiting: feedback.list().length } });
}

function clearReply({ feedback }: Reader): Reply {
  const removed = feedback.list().length;
  feedback.clear();
  return done({ out: [line(`Removed: ${removed}`)], json: { removed, waiting: 0 } });
}
