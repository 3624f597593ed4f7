import { parseArgs } from "node:util";
import { ChubError } from "@chub/registry/errors";
import { GLOBAL_OPTIONS } from "../command.ts";
import type { Command, OptionSpec } from "../command.ts";
import type { Arguments } from "./arguments.ts";
import { nearest } from "../nearest.ts";
import { quoteInput } from "../terminal/neutralise.ts";

/**
 * Arguments of a command, checked against what it declares.
 *
 * Errors: ChubError USAGE, naming the argument, what is wrong and what is allowed.
 */
export function parseArguments(name: string, command: Command, argv: readonly string[]): Arguments {
  const specs = [...command.options, ...GLOBAL_OPTIONS];
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(specs.map((spec) => [spec.name, parseArgsOption(spec)])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const positionals: string[] = [];
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const spec = specs.find((candidate) => candidate.name === token.name);
    if (spec === undefined) throw unknownOption(name, token.rawName, specs);
    const value = optionValue(spec, token);
    given.set(spec.name, [...(given.get(spec.name) ?? []), value]);
  }
  checkPositionals(name, command, positionals);
  return argumentsOf(positionals, valuesOf(specs, given));
}

function parseArgsOption(spec: OptionSpec): { type: "boolean" | "string"; short?: string } {
  const type = spec.kind === "flag" ? "boolean" : "string";
  return spec.short === undefined ? { type } : { type, short: spec.short };
}

function unknownOption(command: string, rawName: string, specs: readonly OptionSpec[]): ChubError {
  const typed = rawName.replace(/^-+/, "");
  const meant = nearest(
    typed,
    specs.map((spec) => spec.name),
  );
  const question = meant === null ? "" : `Did you mean --${meant}? `;
  return new ChubError("USAGE", `Unknown option ${quoteInput(rawName)} for \`chub ${command}\``, {
    hint: `${question}See \`chub ${command} --help\``,
  });
}

interface OptionToken {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function optionValue(spec: OptionSpec, token: OptionToken): string {
  if (spec.kind === "flag") {
    if (token.value === undefined) return "true";
    throw usage(spec, `takes no value, got ${quoteInput(token.value)}`);
  }
  const isNextOption = token.inlineValue !== true && /^(--|-[a-zA-Z]$)/.test(token.value ?? "");
  if (token.value === undefined || token.value.trim() === "" || isNextOption) {
    throw usage(spec, "needs a value");
  }
  return token.value;
}

type Values = ReadonlyMap<string, boolean | string | number | readonly string[]>;

function valuesOf(
  specs: readonly OptionSpec[],
  given: ReadonlyMap<string, readonly string[]>,
): Values {
  const values = new Map<string, boolean | string | number | readonly string[]>();
  for (const spec of specs) {
    const texts = given.get(spec.name);
    if (texts !== undefined) values.set(spec.name, checkedValue(spec, texts));
  }
  return values;
}

function checkedValue(
  spec: OptionSpec,
  texts: readonly string[],
): boolean | string | number | readonly string[] {
  if (spec.kind === "flag") return true;
  if (spec.kind === "texts") return texts;
  if (spec.kind === "list") return checkedList(spec, texts);
  const [text = "", ...others] = texts;
  const other = others.find((candidate) => candidate !== text);
  if (other !== undefined) {
    throw usage(spec, `is given more than once, with ${quoteInput(text)} and ${quoteInput(other)}`);
  }
  if (spec.kind === "integer") return checkedInteger(spec, text);
  checkChoice(spec, text);
  return text;
}

function checkedList(spec: OptionSpec, texts: readonly string[]): readonly string[] {
  const items = texts.flatMap((text) => text.split(",")).map((item) => item.trim());
  if (items.includes("")) throw usage(spec, `has an empty item in ${quoteInput(texts.join(","))}`);
  for (const item of items) checkChoice(spec, item);
  return items;
}

function checkedInteger(spec: OptionSpec, text: string): number {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = spec;
  const value = /^[0-9]{1,16}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  const range = spec.maximum === undefined ? `${minimum} or more` : `from ${minimum} to ${maximum}`;
  throw usage(spec, `must be a whole number, ${range}, got ${quoteInput(text)}`);
}

function checkChoice(spec: OptionSpec, text: string): void {
  if (spec.choices === undefined || spec.choices.includes(text)) return;
  throw usage(spec, `must be one of ${spec.choices.join(", ")}, got ${quoteInput(text)}`);
}

function usage(spec: OptionSpec, problem: string): ChubError {
  const shape = spec.value === undefined ? `--${spec.name}` : `--${spec.name} ${spec.value}`;
  return new ChubError("USAGE", `Option --${spec.name} ${problem}`, {
    hint: `\`${shape}\`: ${spec.description}`,
  });
}

function checkPositionals(name: string, command: Command, positionals: readonly string[]): void {
  const { name: what, minimum, maximum } = command.positionals;
  const hint = `Usage: chub ${command.usage}`;
  const blank = positionals.findIndex((value, index) => index < minimum && value.trim() === "");
  if (positionals.length < minimum || blank >= 0) {
    throw new ChubError("USAGE", `\`chub ${name}\` needs ${article(what)} ${what}`, { hint });
  }
  const extra = positionals[maximum];
  if (extra === undefined) return;
  const quoted = maximum > 0 && what === "query" ? ". Quote a query of several words" : "";
  throw new ChubError(
    "USAGE",
    `Unexpected argument ${quoteInput(extra)} for \`chub ${name}\`${quoted}`,
    { hint },
  );
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? "an" : "a";
}

function argumentsOf(positionals: readonly string[], values: Values): Arguments {
  return {
    positionals,
    flag: (name) => values.get(name) === true,
    text: (name) => asType(values.get(name), "string"),
    integer: (name) => asType(values.get(name), "number"),
    list: (name) => {
      const value = values.get(name);
      return Array.isArray(value) ? value : undefined;
    },
  };
}

function asType<Name extends "string" | "number">(
  value: unknown,
  type: Name,
): (Name extends "string" ? string : number) | undefined {
  return typeof value === type ? (value as Name extends "string" ? string : number) : undefined;
}
