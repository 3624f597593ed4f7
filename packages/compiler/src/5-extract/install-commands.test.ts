import { expect, it } from "vitest";
import { installedPackages } from "./install-commands.ts";

it.each([
  ["npm install stripe@19.1.0 --save-exact", ["stripe"]],
  ["$ pnpm add -D @types/node @acme/api@^2", ["@types/node", "@acme/api"]],
  ["yarn add left-pad && npm i express; bun add zod", ["left-pad", "express", "zod"]],
  ["npm ci && npm install", []],
  ["npm run install scripts", []],
  ["pip install -r requirements.txt 'acme[async]>=1.4,<2' \"uvicorn\"", ["acme", "uvicorn"]],
  ["python -m pip install --index-url https://pypi.example/simple boto3==1.40", ["boto3"]],
  [
    "uv add httpx\nuv pip install ruff\npoetry add fastapi --group dev",
    ["httpx", "ruff", "fastapi"],
  ],
  ["pip install \\\n  torch \\\n  numpy", ["torch", "numpy"]],
  ["go get github.com/acme/acme-go/v2@latest", ["github.com/acme/acme-go/v2"]],
  ["cargo add serde --features derive", ["serde"]],
  ["gem install rails -v 8.0", ["rails"]],
  ["composer require acme/client", ["acme/client"]],
  ["dotnet add package Acme.Client --version 2.0", ["Acme.Client"]],
  ["npm install acme > install.log # or yarn", ["acme"]],
  ["pip install git+https://github.com/acme/acme", []],
])("reads %s", (command, packages) => {
  expect(installedPackages(command)).toEqual(packages);
});
