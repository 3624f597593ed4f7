import { expect, it } from "vitest";
import { run } from "../src/run.ts";
import { plainPorts } from "./plain-ports.ts";

// A command line, and what its error has to say. All of them end before a source is opened.
const TABLE: readonly (readonly [string, string])[] = [
  ["serch", 'Unknown command "serch". Did you mean `chub search`? See `chub help`'],
  ["gte stripe/api", 'Unknown command "gte". Did you mean `chub get`? See `chub help`'],
  ["lst", 'Unknown command "lst". Did you mean `chub list`? See `chub help`'],
  ["bulid content", 'Unknown command "bulid". Did you mean `chub build`? See `chub help`'],
  ["lnt", 'Unknown command "lnt". Did you mean `chub lint`? See `chub help`'],
  ["stripe/api", 'Unknown command "stripe/api". See `chub help`'],
  ["frobnicate", 'Unknown command "frobnicate". See `chub help`'],
  ["-", 'Unknown command "-". See `chub help`'],
  ["SEARCH x", 'Unknown command "SEARCH". Did you mean `chub search`? See `chub help`'],
  ["--jsno", 'Unknown option "--jsno". Did you mean --json? Options of a command follow its name.'],
  ["--verion", 'Unknown option "--verion". Did you mean --version? Options'],
  ["-v", 'Unknown option "-v". Did you mean -h?'],
  ["-x search", 'Unknown option "-x".'],
  ["--lang js get stripe/api", 'Unknown option "--lang". Options of a command follow its name.'],
  ["--json=yes search", 'Unknown option "--json=yes".'],
  ["help serch", 'No help for unknown command "serch". Did you mean `chub help search`?'],
  ["help nothing", 'No help for unknown command "nothing". See `chub help`'],
  ["help get search", 'Unexpected argument "search" for `chub help`. Usage: chub help [command]'],
  ["help --lang js", 'Unknown option "--lang" for `chub help`. See `chub help --help`'],
  [
    "search --limit abc",
    'Option --limit must be a whole number, from 1 to 1000, got "abc". `--limit <n>`:',
  ],
  ["search --limit -1", 'Option --limit must be a whole number, from 1 to 1000, got "-1".'],
  ["search --limit 0", 'Option --limit must be a whole number, from 1 to 1000, got "0".'],
  ["search --limit 1001", 'got "1001".'],
  ["search --limit 1.5", 'got "1.5".'],
  ["search --limit 1e3", 'got "1e3".'],
  ["search --limit 0x10", 'got "0x10".'],
  ["search --limit 99999999999999999999", 'got "99999999999999999999".'],
  ["search --limit Infinity", 'got "Infinity".'],
  ["search --limit ١", 'got "١".'],
  ["search --limit", "Option --limit needs a value."],
  ["search --limit=", "Option --limit needs a value."],
  ["search --limit --json", "Option --limit needs a value."],
  ["search --limit 1 --limit 2", 'Option --limit is given more than once, with "1" and "2".'],
  ["search --offset -5", 'Option --offset must be a whole number, 0 or more, got "-5".'],
  ["search --offset x", 'Option --offset must be a whole number, 0 or more, got "x".'],
  ["search --offset", "Option --offset needs a value."],
  ["search --type doc,skill", 'Option --type must be one of doc, skill, got "doc,skill".'],
  ["search --type Doc", 'Option --type must be one of doc, skill, got "Doc".'],
  ["search --type", "Option --type needs a value."],
  [
    "search --tier gold",
    'Option --tier must be one of official, maintainer, community, got "gold".',
  ],
  [
    "search --tier official,gold",
    'Option --tier must be one of official, maintainer, community, got "gold".',
  ],
  ["search --tags ,", 'Option --tags has an empty item in ",".'],
  ["search --tags a,,b", 'Option --tags has an empty item in "a,,b".'],
  ["search --tags", "Option --tags needs a value."],
  ["search --lang klingon", 'Unknown language "klingon".'],
  ["search --lang pyhton", 'Unknown language "pyhton". Did you mean python?'],
  ["search --lang javascrpt", 'Unknown language "javascrpt". Did you mean javascript?'],
  ["search --lang", "Option --lang needs a value."],
  ["search --lang js --lang py", 'Option --lang is given more than once, with "js" and "py".'],
  ["search --langg js", 'Unknown option "--langg" for `chub search`. Did you mean --lang?'],
  ["search --explian", 'Unknown option "--explian" for `chub search`. Did you mean --explain?'],
  ["search --explain=1", 'Option --explain takes no value, got "1".'],
  ["search --source", "Option --source needs a value."],
  ["search --author", "Option --author needs a value."],
  ["search --version 1", 'Unknown option "--version" for `chub search`. See `chub search --help`'],
  ["search -q", 'Unknown option "-q" for `chub search`.'],
  ["search -n 5", 'Unknown option "-n" for `chub search`.'],
  ["list stripe", 'Unexpected argument "stripe" for `chub list`. Usage: chub list [options]'],
  ["list --limit none", 'Option --limit must be a whole number, from 1 to 1000, got "none".'],
  ["list --explain", 'Unknown option "--explain" for `chub list`.'],
  ["list --type document", 'Option --type must be one of doc, skill, got "document".'],
  ["cache", "`chub cache` needs an action. Usage: chub cache <status|clear|verify>"],
  ["lock a/b --lang klingon", 'Unknown language "klingon".'],
  ["lock --freeze", 'Unknown option "--freeze" for `chub lock`.'],
  ["scan stripe", 'Unexpected argument "stripe" for `chub scan`.'],
  ["completion", "`chub completion` needs a shell. Usage: chub completion"],
  ["completion tcsh", 'Unknown shell "tcsh". Known: bash, zsh, fish, pwsh'],
  ["get a/b --frozne", 'Unknown option "--frozne" for `chub get`. Did you mean --frozen?'],
  ["cache statsu", 'Unknown action "statsu" for `chub cache`. Did you mean status?'],
  ["cache __proto__", 'Unknown action "__proto__" for `chub cache`. Usage: chub cache'],
  ["update now", 'Unexpected argument "now" for `chub update`.'],
  ["sources add", "`chub sources add` needs more arguments."],
  ["install", "`chub install` needs an agent. Usage: chub install <agent...> [options]"],
  ["install emacs", 'Unknown agent "emacs". Known: claude-code, cline'],
  ["install cursor --only skills", 'Option --only must be one of skill, rule, mcp, got "skills".'],
  ["uninstall cursorr", 'Unknown agent "cursorr". Did you mean cursor?'],
  ["get", "`chub get` needs an address. Usage: chub get <address...> [options]"],
  ["get --lang js", "`chub get` needs an address."],
  ["get --full", "`chub get` needs an address."],
  ["get a/b --lang klingon", 'Unknown language "klingon".'],
  ["get a/b --lang --full", "Option --lang needs a value."],
  ["get a/b --version", "Option --version needs a value."],
  [
    "get a/b --version 1 --version 2",
    'Option --version is given more than once, with "1" and "2".',
  ],
  ["get a/b --max-tokens 0", 'Option --max-tokens must be a whole number, 1 or more, got "0".'],
  [
    "get a/b --max-tokens lots",
    'Option --max-tokens must be a whole number, 1 or more, got "lots".',
  ],
  ["get a/b --max-tokens 2k", 'got "2k".'],
  ["get a/b --max-tokens", "Option --max-tokens needs a value."],
  [
    "get a/b --maxtokens 5",
    'Unknown option "--maxtokens" for `chub get`. Did you mean --max-tokens?',
  ],
  ["get a/b --file", "Option --file needs a value."],
  ["get a/b --file a.md,,b.md", 'Option --file has an empty item in "a.md,,b.md".'],
  ["get a/b --files a.md", 'Unknown option "--files" for `chub get`. Did you mean --file?'],
  ["get a/b --section", "Option --section needs a value."],
  ["get a/b --symbol", "Option --symbol needs a value."],
  ["get a/b -o", "Option --output needs a value."],
  ["get a/b --output=", "Option --output needs a value."],
  ["get a/b -o --full", "Option --output needs a value."],
  ["get a/b --full --file x.md", "--full and --file do not go together: --full gives all files."],
  ["get a/b --full --section x", "--full and --section do not go together"],
  ["get a/b --full --symbol x", "--full and --symbol do not go together"],
  ["get a/b --section x --symbol y", "--section and --symbol do not go together"],
  ["get a/b --outline --full", "--outline and --full do not go together: an outline has no text."],
  ["get a/b --outline --section x", "--outline and --section do not go together"],
  ["get a/b --outline --symbol x", "--outline and --symbol do not go together"],
  ["get a/b --outline --max-tokens 5", "--outline and --max-tokens do not go together"],
  ["get a/b --outline -o x", "--outline and --output do not go together"],
  ["get a/b --match-project --version 1", "--match-project and --version do not go together"],
  ["get a/b --query words", "--query does nothing without --max-tokens."],
  ["get a/b --full=true", 'Option --full takes no value, got "true".'],
  ["get a/b --outlin", 'Unknown option "--outlin" for `chub get`. Did you mean --outline?'],
];

it.each(TABLE)("chub %s", async (commandLine, expected) => {
  const argv = commandLine.split(" ");
  const { reply } = await run(argv, plainPorts());
  const text = reply.err
    .flatMap((block) => (block.kind === "line" ? block.spans.map((span) => span.text) : []))
    .join("");
  expect({ exitCode: reply.exitCode, out: reply.out, lines: reply.err.length }).toEqual({
    exitCode: 2,
    out: [],
    lines: 1,
  });
  expect(text.startsWith("Error USAGE: ")).toBe(true);
  expect(text).toContain(expected);
});

it("has at least eighty bad inputs, each once", () => {
  expect(new Set(TABLE.map(([commandLine]) => commandLine)).size).toBe(TABLE.length);
  expect(TABLE.length).toBeGreaterThanOrEqual(80);
});

it("shows controls of an argument and cuts it, so that an error stays one line", async () => {
  const { reply } = await run([`\u001B[2J\n${"x".repeat(500)}`], plainPorts());
  expect(reply.json).toEqual({
    error: `Unknown command "␛[2J␊${"x".repeat(75)}…"`,
    code: "USAGE",
    exitCode: 2,
    hint: "See `chub help`",
  });
});

it("answers an empty argument", async () => {
  const { reply } = await run(["get", ""], plainPorts());
  expect(reply.json).toMatchObject({ code: "USAGE", error: "`chub get` needs an address" });
});
