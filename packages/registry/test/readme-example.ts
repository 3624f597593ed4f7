// The example of README.md; a test holds them equal, the compiler checks its types.
import { homedir } from "node:os";
import { installedContent, loadConfiguration, openCatalog } from "@chub/registry";

const environment = {
  variables: process.env,
  workingDirectory: process.cwd(),
  homeDirectory: homedir(),
  contentDirectory: () => installedContent(import.meta.url),
};
const configuration = await loadConfiguration(environment);
const catalog = await openCatalog({ configuration, environment });

const { hits } = await catalog.search({ query: "verify a webhook signature", limit: 3 });
for (const { address, sections } of hits) console.log(address, sections[0]?.address);

const answer = await catalog.get({ address: "stripe/api@19#webhooks", maxTokens: 2000 });
if (answer.outcome === "found") {
  for (const part of answer.parts) process.stdout.write(part.content);
} else {
  console.log(answer.outcome); // a miss is an answer: unknown-id, choose-language, unknown-section …
}
await catalog.close();
