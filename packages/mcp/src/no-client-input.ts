import type { jsonSchemaValidator } from "@modelcontextprotocol/server";

/**
 * In the place of the validator for what a server asks its client to fill in: this server never asks.
 *
 * The SDK's own brings a whole JSON Schema library, a third of the program's start.
 */
export const noClientInput = {
  getValidator(): never {
    throw new Error("Unexpected question to the client, expected none from this server");
  },
} satisfies jsonSchemaValidator;
