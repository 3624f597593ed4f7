import { expect, it } from "vitest";
import { cliSchemas, schemaProblems } from "./schema-problems.ts";

it.each(cliSchemas().map(({ name, schema }) => [name, schema] as const))(
  "%s accepts its examples",
  (name, schema) => {
    const { examples } = schema as { examples: unknown[] };
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.flatMap((example) => schemaProblems(name, example))).toEqual([]);
  },
);

it.each(cliSchemas().map(({ name, schema }) => [name, schema] as const))(
  "%s describes and shows every field",
  (_, schema) => {
    expect(undescribed(schema, "")).toEqual([]);
  },
);

function undescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties = {}, $defs = {}, items } = schema as Record<string, Record<string, unknown>>;
  const missing = Object.entries(properties).flatMap(([name, field]) => {
    const { description, examples } = field as Record<string, unknown>;
    const isComplete =
      typeof description === "string" && Array.isArray(examples) && examples.length > 0;
    return [...(isComplete ? [] : [`${path}/${name}`]), ...undescribed(field, `${path}/${name}`)];
  });
  const defined = Object.entries($defs).flatMap(([name, definition]) =>
    undescribed(definition, `${path}#${name}`),
  );
  return [...missing, ...defined, ...undescribed(items, `${path}[]`)];
}
