// Stands in the place of the SDK's module of the same exports when the program is bundled; see build.mjs.
import process from "node:process";
import { noClientInput } from "./no-client-input.ts";

export { process };

/** Without the JSON Schema library that the SDK would bring for it. */
export class DefaultJsonSchemaValidator {
  getValidator(): never {
    return noClientInput.getValidator();
  }
}
