import { checkLock, isChubError, LOCK_FILE } from "@chub/registry";
import type { ChubError, SourceStatus } from "@chub/registry";
import type { Command } from "../command.ts";
import { planWorld } from "../install/apply-plan.ts";
import { sha256Of } from "../install/install-record.ts";
import type { Ports, Reader } from "../ports.ts";
import { done, line, toned } from "../reply.ts";
import type { Line, Reply } from "../reply.ts";

export const doctorCommand: Command = {
  usage: "doctor",
  positionals: { name: "argument", minimum: 0, maximum: 0 },
  options: [],
  examples: [
    { command: "chub doctor", does: "Whether everything is set up, and what mends what is not" },
  ],
  async run(_, ports) {
    const findings: Finding[] = [
      { check: "version", status: "ok", message: `chub ${ports.version()}` },
      ...(await readerFindings(ports)),
      ...agentFindings(ports),
    ];
    return findingsReply(findings);
  },
};

interface Finding {
  readonly check: "version" | "configuration" | "source" | "cache" | "notes" | "lock" | "agents";
  readonly status: "ok" | "warning" | "error";
  readonly message: string;
  /** What mends it. */
  readonly mend?: string;
}

/** What a configuration that cannot be used hides is not looked at. */
async function readerFindings(ports: Ports): Promise<Finding[]> {
  let reader: Reader;
  try {
    reader = await ports.openReader();
  } catch (cause) {
    if (!isChubError(cause)) throw cause;
    return [failure("configuration", cause)];
  }
  const { configuration, catalog, cache, annotations } = reader;
  const { objects, folder } = cache.status();
  return [
    {
      check: "configuration",
      status: "ok",
      message: `settings and notes are in ${configuration.home}`,
    },
    ...configuration.warnings.map((message) =>
      warning(
        "configuration",
        message,
        "Trust the project in your own config.yaml, or remove the keys",
      ),
    ),
    ...catalog.sources().map(sourceFinding),
    { check: "cache", status: "ok", message: `${objects} files in ${folder}` },
    ...annotations
      .list()
      .problems.map((message) =>
        warning("notes", message, "Remove the file, or write the note again"),
      ),
    ...(await lockFindings(reader)),
  ];
}

function sourceFinding({ name, kind, location, entries, problem }: SourceStatus): Finding {
  if (problem === undefined) {
    return { check: "source", status: "ok", message: `${name}: ${entries} entries in ${location}` };
  }
  const mend = kind === "path" ? `chub build <content> -o ${location}` : "chub update --force";
  return { check: "source", status: "error", message: `${name}: ${problem.message}`, mend };
}

async function lockFindings({ lock, catalog }: Reader): Promise<Finding[]> {
  try {
    const known = lock.read();
    if (known === null) return [];
    const findings = await checkLock(catalog, known);
    const wrong = findings.filter(({ outcome }) => outcome !== "same");
    const message = `${findings.length - wrong.length} of ${findings.length} texts in ${LOCK_FILE} are what they were`;
    if (wrong.length > 0) return [{ check: "lock", status: "error", message, mend: "chub lock" }];
    return [{ check: "lock", status: "ok", message }];
  } catch (cause) {
    if (!isChubError(cause)) throw cause;
    return [failure("lock", cause)];
  }
}

/** Whether what `chub install` wrote is still there. */
function agentFindings(ports: Ports): Finding[] {
  const { record, read } = planWorld(ports, "");
  return record.files.map(({ path, agents, sha256 }): Finding => {
    const text = read(path);
    const mend = `chub install ${agents.join(" ")}`;
    if (text === null) return warning("agents", `${path} is gone`, mend);
    if (sha256Of(text) !== sha256)
      return { check: "agents", status: "ok", message: `${path}: edited since it was installed` };
    return { check: "agents", status: "ok", message: `${path}: for ${agents.join(", ")}` };
  });
}

function failure(check: Finding["check"], { message, hint }: ChubError): Finding {
  return { check, status: "error", message, mend: hint };
}

function warning(check: Finding["check"], message: string, mend: string): Finding {
  return { check, status: "warning", message, mend };
}

function findingsReply(findings: readonly Finding[]): Reply {
  const isSound = findings.every(({ status }) => status !== "error");
  return {
    ...done({
      out: findings.flatMap(findingLines),
      json: { status: isSound ? "ok" : "failed", findings },
    }),
    exitCode: isSound ? 0 : 1,
  };
}

function findingLines({ check, status, message, mend }: Finding): Line[] {
  const tone = { ok: "green", warning: "yellow", error: "red" } as const;
  return [
    ...message
      .split("\n")
      .map((text) => line(toned(tone[status], status.padEnd(7)), `  ${check}: ${text}`)),
    ...(mend === undefined ? [] : [line(`         mend: ${mend}`)]),
  ];
}
