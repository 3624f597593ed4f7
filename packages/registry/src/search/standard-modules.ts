/**
 * Whether an import names a module that comes with the language: it says nothing about what a document is about.
 *
 * The most used ones of Python and Node; others do no harm, since the main import of a document is the most used.
 */
export function isStandardModule(name: string): boolean {
  return name.startsWith("node:") || STANDARD_MODULES.has(name);
}

/** Whether a package installs others: install commands name it beside what they install. */
export function isInstaller(name: string): boolean {
  return INSTALLERS.has(name);
}

const INSTALLERS: ReadonlySet<string> = new Set([
  "bun",
  "npm",
  "pip",
  "pipx",
  "pnpm",
  "poetry",
  "setuptools",
  "uv",
  "wheel",
  "yarn",
]);

const STANDARD_MODULES: ReadonlySet<string> = new Set(
  (
    "__future__ abc argparse asyncio base64 collections concurrent contextlib copy csv dataclasses datetime " +
    "decimal enum functools getpass hashlib hmac http importlib inspect io itertools json logging math " +
    "multiprocessing os pathlib pickle random re secrets shutil signal socket sqlite3 ssl string struct " +
    "subprocess sys tempfile textwrap threading time traceback types typing unittest urllib uuid warnings " +
    "xml zipfile zoneinfo assert buffer child_process cluster crypto dns events fs https net path process " +
    "querystring readline stream timers tls url util worker_threads zlib"
  ).split(" "),
);
