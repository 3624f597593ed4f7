import type { Resource, ResourceTemplateType } from "@modelcontextprotocol/server";
import { DOCUMENT_TEMPLATE, REGISTRY_URI, SECTION_TEMPLATE } from "./document-uri.ts";

/** Resources with a fixed address. Documents are found by the templates, so that a list stays short. */
export const RESOURCES: readonly Resource[] = [
  {
    uri: REGISTRY_URI,
    name: "registry",
    title: "Registry",
    description:
      "Every document and skill with its languages and versions; continued at the URI under `next`",
    mimeType: "application/json",
  },
];

/** In the order of the list. */
export const RESOURCE_TEMPLATES: readonly ResourceTemplateType[] = [
  {
    uriTemplate: DOCUMENT_TEMPLATE,
    name: "document",
    title: "Document or skill",
    description:
      "A document or skill; lang may be left out when there is only one, version for the recommended one",
    mimeType: "text/markdown",
  },
  {
    uriTemplate: SECTION_TEMPLATE,
    name: "section",
    title: "Section of a document",
    description: "One section, by its slug",
    mimeType: "text/markdown",
  },
];
