import { usage } from "../failure.ts";
import { nearestName } from "../nearest-name.ts";
import { quoted } from "../one-line.ts";
import { withoutUndefined } from "../without-undefined.ts";
import type { Arguments } from "./arguments.ts";
import type { InputField, Tool } from "./tool.ts";

/**
 * Reads the arguments of a call by the tool's schema.
 *
 * Names that models invent are taken for what they mean (`language` for `lang`, `max_results` for
 * `limit`), so are numbers and booleans as text, and lists for text with commas or lines. What stays unclear
 * is an error that names the right argument. Errors: `FailureError` USAGE.
 */
export function readArguments(
  tool: Pick<Tool, "name" | "input" | "aliases">,
  raw: unknown,
): Arguments {
  const values = new Map<string, string | number | boolean>();
  for (const [given, value] of Object.entries(asObject(tool, raw))) {
    if (value === undefined || value === null) continue;
    const name = argumentName(tool, given);
    const field = tool.input.properties[name];
    if (field === undefined)
      throw new Error(
        `Unexpected alias ${given} of ${tool.name}, expected the name of an argument`,
      );
    if (values.has(name) && name !== given) continue;
    values.set(name, coerced(name, field, value));
  }
  for (const name of tool.input.required ?? []) {
    const value = values.get(name);
    if (value === undefined || value === "") {
      throw usage(
        `${tool.name} needs the argument ${name}`,
        tool.input.properties[name]?.description ?? "",
        Object.keys(tool.input.properties),
      );
    }
  }
  return accessors(values);
}

function asObject(tool: Pick<Tool, "name" | "input">, raw: unknown): object {
  if (raw === undefined || raw === null) return {};
  if (typeof raw === "object" && !Array.isArray(raw)) return raw;
  throw usage(
    `Unexpected arguments of ${tool.name}, expected an object`,
    "Pass arguments by name",
    Object.keys(tool.input.properties),
  );
}

function argumentName(
  { name, input, aliases }: Pick<Tool, "name" | "input" | "aliases">,
  given: string,
): string {
  const names = Object.keys(input.properties);
  if (names.includes(given)) return given;
  const key = plain(given.slice(0, 64));
  const same = names.find((known) => plain(known) === key);
  if (same !== undefined) return same;
  if (Object.hasOwn(aliases, key)) return aliases[key] ?? key;
  const meant = nearestName(key, names);
  throw usage(
    `${name} has no argument ${quoted(given)}`,
    meant === null ? "Use one of the alternatives" : `Did you mean ${meant}?`,
    names,
  );
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/gu, "");
}

function coerced(name: string, field: InputField, value: unknown): string | number | boolean {
  switch (field.type) {
    case "string":
      return text(name, field, value);
    case "integer":
      return integer(name, field, value);
    case "boolean":
      return flag(name, value);
    case "array":
      return items(name, field, value);
  }
}

/** Its items as lines. */
function items(name: string, field: InputField, value: unknown): string {
  const given = Array.isArray(value)
    ? value
    : typeof value === "string"
      ? value.split(/[,\n]/u)
      : [value];
  const choices = withoutUndefined({ enum: field.items?.enum });
  return given
    .map((item) =>
      text(name, { ...field, ...choices }, typeof item === "string" ? item.trim() : item),
    )
    .join("\n");
}

function text(
  name: string,
  { enum: choices, maxLength = MAX_TEXT }: InputField,
  value: unknown,
): string {
  const given =
    Array.isArray(value) && value.every((item) => typeof item === "string")
      ? value.join("\n")
      : value;
  if (typeof given !== "string" && typeof given !== "number") throw unexpected(name, "text", value);
  const result = String(given);
  if (result.length > maxLength)
    throw usage(
      `${name} has ${result.length} characters, at most ${maxLength} are read`,
      "Shorten it",
    );
  if (choices !== undefined && !choices.includes(result)) {
    throw usage(
      `Unexpected ${name} ${quoted(result)}`,
      `Use one of: ${choices.join(", ")}`,
      choices,
    );
  }
  return result;
}

function integer(
  name: string,
  { minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: InputField,
  value: unknown,
): number {
  const result =
    typeof value === "string" && /^\d{1,15}$/u.test(value.trim()) ? Number(value) : value;
  if (
    typeof result === "number" &&
    Number.isInteger(result) &&
    result >= minimum &&
    result <= maximum
  )
    return result;
  throw unexpected(name, `an integer from ${minimum} to ${maximum}`, value);
}

function flag(name: string, value: unknown): boolean {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw unexpected(name, "true or false", value);
}

function unexpected(name: string, expected: string, value: unknown) {
  const shown =
    typeof value === "object"
      ? Array.isArray(value)
        ? "a list"
        : "an object"
      : quoted(JSON.stringify(value) ?? "value");
  return usage(`Unexpected ${name} ${shown}, expected ${expected}`, `Pass ${expected}`);
}

function accessors(values: ReadonlyMap<string, string | number | boolean>): Arguments {
  const textOf = (name: string): string | undefined => {
    const value = values.get(name);
    return value === undefined || value === "" ? undefined : String(value);
  };
  return {
    text: textOf,
    integer(name) {
      const value = values.get(name);
      return typeof value === "number" ? value : undefined;
    },
    flag: (name) => values.get(name) === true,
    list: (name) => parts(textOf(name), /[,\n]/u),
    lines: (name) => parts(textOf(name), /\n/u),
  };
}

function parts(text: string | undefined, separator: RegExp): readonly string[] | undefined {
  const filled = (text ?? "")
    .split(separator)
    .flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
  return filled.length === 0 ? undefined : filled;
}

const MAX_TEXT = 2000;
