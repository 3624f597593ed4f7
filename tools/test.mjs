// Runs every test and ends with the plain line `N passed, N failed`. Arguments go to vitest.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = mkdtempSync(join(tmpdir(), "chub-test-"));
const reportPath = join(folder, "report.json");
const args = [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${reportPath}`,
  ...process.argv.slice(2),
];
const { status } = spawnSync(
  process.execPath,
  [join(root, "node_modules/vitest/vitest.mjs"), ...args],
  { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
);

const report = readReport();
rmSync(folder, { recursive: true, force: true });
if (report === null) {
  console.log("The test runner ended without a report.");
  console.log("0 passed, 1 failed");
  process.exit(1);
}
// A file that cannot be loaded is a failed suite without tests.
const brokenFiles = report.testResults.filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
);
for (const file of brokenFiles) console.log(`Could not be loaded: ${file.name}\n${file.message}`);
const failed = report.numFailedTests + brokenFiles.length;
const skipped = report.numPendingTests + report.numTodoTests;
console.log(
  `${report.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
);
process.exit(failed > 0 || report.numPassedTests === 0 ? 1 : (status ?? 1));

function readReport() {
  try {
    return JSON.parse(readFileSync(reportPath, "utf8"));
  } catch {
    return null;
  }
}
