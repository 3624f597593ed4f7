// Measures how well `chubc verify` tells drift from sound code, with blocks that are known to be good or broken.
// Usage: pnpm eval verify [--misses] [--store <folder>]. Exit code 1 when precision is below 0.95 or recall below 0.90.
// Needs the npm registry the first time; packages are kept in the store.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const LEAST = { precision: 0.95, recall: 0.9 };

/** Prints precision and recall of the verdict on drift; gives the exit code. */
export function evaluateVerify({ misses, store }) {
  const cases = readFileSync(join(here, "verify/blocks.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const folder = mkdtempSync(join(tmpdir(), "chub-eval-verify-"));
  try {
    cases.forEach((item, index) => writeCase(join(folder, "content"), item, index));
    return report(cases, verdicts(join(folder, "content"), store), misses);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A document of its own for each case: what it needs as an earlier block, then the block that is judged. */
function writeCase(root, { package: spec, language, setup, code }, index) {
  const at = spec.lastIndexOf("@");
  const name = spec.slice(0, at).replace("@", "%40");
  const place = join(root, "eval/docs", `case-${index}`);
  mkdirSync(place, { recursive: true });
  const text = [
    "---",
    `name: case-${index}`,
    'description: "One labelled block."',
    "metadata:",
    `  languages: "${language === "js" ? "javascript" : "typescript"}"`,
    `  versions: "${spec.slice(at + 1)}"`,
    `  packages: "pkg:npm/${name}@${spec.slice(at + 1)}"`,
    "---",
    `\n# Case\n\n\`\`\`${language}\n${setup}\n\`\`\`\n\n\`\`\`${language}\n${code}\n\`\`\`\n`,
  ];
  writeFileSync(join(place, "DOC.md"), text.join("\n"));
}

function verdicts(root, store) {
  const chubc = join(here, "../../packages/compiler/dist/chubc.cjs");
  const args = [
    chubc,
    "verify",
    root,
    "--json",
    ...(store === undefined ? [] : ["--store", store]),
  ];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0 && status !== 1) throw new Error(`Not measured: chubc verify says\n${stderr}`);
  const files = new Map(JSON.parse(stdout).files.map((file) => [file.path, file]));
  return (index) => {
    const blocks = files.get(`eval/docs/case-${index}/DOC.md`).blocks;
    return { setup: blocks[0].verification, judged: blocks[1].verification };
  };
}

function report(cases, verdictOn, misses) {
  const count = { hit: 0, missed: 0, wrong: 0, sound: 0, unproved: 0 };
  cases.forEach(({ drift, package: spec, code, why }, index) => {
    const { setup, judged } = verdictOn(index);
    const found = judged.status === "failed";
    const kind = drift ? (found ? "hit" : "missed") : found ? "wrong" : "sound";
    count[kind] += 1;
    if (!judged.checks.includes("types")) count.unproved += 1;
    if (setup.status === "failed") throw new Error(`The setup of ${spec} fails: ${setup.message}`);
    if (misses && (kind === "missed" || kind === "wrong"))
      console.log(`${kind}: ${spec} ${why ?? ""}\n  ${code}\n  ${judged.message ?? ""}`);
  });
  const { hit, missed, wrong, sound, unproved } = count;
  const precision = hit / (hit + wrong);
  const recall = hit / (hit + missed);
  const packages = new Set(cases.map((item) => item.package)).size;
  console.log(
    `drift: ${cases.length} blocks of ${packages} packages, ${hit + missed} broken, ${sound + wrong} sound; precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}; types had nothing to say of ${unproved}`,
  );
  return precision >= LEAST.precision && recall >= LEAST.recall ? 0 : 1;
}
