/** A phrase that is addressed to the model that reads. */
export interface AgentPhrase {
  readonly start: number;
  readonly end: number;
  /** What it tries, for the message. */
  readonly what: string;
}

/**
 * Phrases in a text that speak to an agent instead of about the subject.
 *
 * Known attempts, not a promise: well-written prose cannot be told from a document.
 */
export function agentPhrases(text: string): readonly AgentPhrase[] {
  if (!HINT.test(text)) return [];
  return PHRASES.flatMap(({ pattern, what }) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
      start: index,
      end: index + found.length,
      what,
    })),
  ).sort((a, b) => a.start - b.start);
}

/** Tags that chat formats use for roles, tool calls and their results. */
export const ROLE_TAG =
  /<\/?(?:system|assistant|human|user|tool_calls?|tool_results?|tool_response|function_calls?|function_results?|invoke|antml:\w+|system-reminder|im_start|im_end)\b[^<>]{0,200}>/i;

/** One word that each of the phrases holds: most documents have none and cost one look. */
const HINT =
  /instructions?|prompts?\b|the user|guidelines|jailbreak|developer mode|maintenance mode|AI (?:agent|assistant|model)|tool call|this entry/i;
const SUBJECT = "(?:instructions?|prompts?|rules|guidelines|directions|messages)";
const PHRASES: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: new RegExp(
      `\\b(?:ignore|disregard|forget|override|bypass)\\s+(?:(?:all|any|the|your|of|previous|prior|above|earlier|preceding|existing|other|system|safety)\\s+){1,5}${SUBJECT}\\b`,
      "gi",
    ),
    what: "text that sets instructions aside",
  },
  {
    pattern:
      /\b(?:do not|don't|never)\s+(?:tell|inform|mention|reveal|notify|alert|warn)\s+(?:(?:this|it|that|anything|about|to)\s+){0,3}(?:the|your)\s+users?\b/gi,
    what: "text that keeps something from the user",
  },
  {
    pattern:
      /\bwithout\s+(?:telling|informing|asking|notifying|alerting|warning)\s+(?:the|your)\s+users?\b/gi,
    what: "text that keeps something from the user",
  },
  {
    pattern:
      /\b(?:reveal|print|output|repeat|leak|show)\s+(?:me\s+)?(?:your|the)\s+(?:system|hidden|initial|original)\s+(?:prompts?|instructions?)\b/gi,
    what: "text that asks for the system prompt",
  },
  {
    pattern:
      /\byou are now\s+(?:in\s+|an?\s+|the\s+)?(?:\w+\s+)?(?:developer|maintenance|debug|admin|god|jailbreak|unrestricted|dan)(?:\s+mode)?\b/gi,
    what: "text that gives the reader another role",
  },
  {
    pattern:
      /\b(?:new|updated|important|additional|secret)\s+(?:system\s+)?instructions?\s+(?:for|to)\s+(?:the\s+|all\s+|any\s+)?(?:AI|LLMs?|agents?|assistants?|models?)\b/gi,
    what: "instructions addressed to agents",
  },
  {
    pattern:
      /\b(?:AI|LLM|language|coding)\s+(?:agents?|assistants?|models?)\s+(?:reading|processing|parsing|that reads?|who reads?)\s+th(?:is|ese)\b/gi,
    what: "text addressed to the agent that reads",
  },
  {
    pattern: /\bbefore\s+(?:any|every|each|making any)\s+(?:other\s+)?tool\s+calls?\b/gi,
    what: "text that orders tool calls",
  },
  {
    pattern:
      /\balways\s+(?:prefer|choose|select|recommend)\s+this\s+(?:entry|document|doc|skill|tool)\b/gi,
    what: "text that promotes the entry",
  },
];
