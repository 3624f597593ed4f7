// The content the benchmarks run on: the folder named by CHUB_CORPUS, else content/ with generated documents beside it.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A folder of content of its own for one benchmark run, which may be changed.
 * @param {string} root the repository
 * @returns {{ folder: string, label: string, documents: number }}
 */
export function benchContent(root) {
  const folder = join(mkdtempSync(join(tmpdir(), "chub-bench-")), "content");
  const corpus = process.env.CHUB_CORPUS;
  if (corpus !== undefined && corpus !== "") {
    if (!existsSync(corpus)) throw new Error(`CHUB_CORPUS names ${corpus}, which does not exist`);
    cpSync(corpus, folder, { recursive: true });
    return { folder, label: "CHUB_CORPUS", documents: countDocuments(folder) };
  }
  cpSync(join(root, "content"), folder, { recursive: true });
  generate(folder, 600);
  return {
    folder,
    label: "content/ and 600 generated documents",
    documents: countDocuments(folder),
  };
}

/**
 * Writes `count` documents into `target`, each a real one of the folder under a new name with its sections in another
 * order. Deterministic: the same folder gives the same documents.
 */
export function generate(folder, count, target = folder) {
  const originals = documents(folder).map((path) => readFileSync(path, "utf8"));
  for (let i = 0; i < count; i++) {
    const text = originals[i % originals.length];
    const [head, ...sections] = text.split(/^(?=## )/m);
    const turn = sections.length === 0 ? 0 : i % sections.length;
    const body = [...sections.slice(turn), ...sections.slice(0, turn)].join("");
    const name = `generated-${String(i).padStart(6, "0")}`;
    const place = join(target, `bench-${String(i % 97).padStart(2, "0")}`, "docs", name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "DOC.md"), generatedHead(head, name) + body);
  }
}

/** Nobody owns the namespaces of generated documents, so they claim no more than anybody may. */
function generatedHead(head, name) {
  return head.replace(/^name:.*$/m, `name: ${name}`).replace(/^( *source:).*$/m, "$1 community");
}

/** Paths of the entry files of documents, sorted. */
export function documents(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith("DOC.md"))
    .sort()
    .map((path) => join(folder, path));
}

function countDocuments(folder) {
  return readdirSync(folder, { recursive: true }).filter(
    (path) => /(DOC|SKILL)\.md$/.test(path) && statSync(join(folder, path)).isFile(),
  ).length;
}
