import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";

const FOLDER = fileURLToPath(new URL("../../../schemas/", import.meta.url));

const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strict: true,
  strictRequired: false,
});
for (const file of readdirSync(FOLDER)) {
  if (file.endsWith(".schema.json"))
    ajv.addSchema(JSON.parse(readFileSync(`${FOLDER}${file}`, "utf8")));
}

/** What is wrong with a JSON answer according to `schemas/<name>.schema.json`; empty when nothing is. */
export function schemaProblems(name: string, value: unknown): string[] {
  const validate = ajv.getSchema(`https://chub.dev/schemas/${name}.schema.json`);
  if (validate === undefined) throw new Error(`there is no schema ${name}`);
  // As a program gets it: what JSON cannot hold is gone.
  void validate(JSON.parse(JSON.stringify(value)));
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

/** Every schema of an answer of the command line, parsed. */
export function cliSchemas(): {
  readonly name: string;
  readonly schema: Record<string, unknown>;
}[] {
  return readdirSync(FOLDER)
    .filter((file) => file.startsWith("cli-"))
    .map((file) => ({
      name: file.replace(".schema.json", ""),
      schema: JSON.parse(readFileSync(`${FOLDER}${file}`, "utf8")),
    }));
}
