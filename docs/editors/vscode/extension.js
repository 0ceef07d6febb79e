// Starts `sourcebook lsp` for the folder that is open. Everything else is the program's.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const command = vscode.workspace.getConfiguration("sourcebook").get("command");
  client = new LanguageClient(
    "sourcebook",
    "Sourcebook",
    { command, args: ["lsp"] },
    {
      documentSelector: [
        { scheme: "file", language: "markdown" },
        { scheme: "file", language: "yaml" },
        { scheme: "file", pattern: "**/book.toml" },
        { scheme: "file", pattern: "**/figures/series/*.csv" },
      ],
    },
  );
  await client.start();
}

exports.activate = async (context) => {
  const restart = async () => {
    await client?.stop();
    await start();
  };
  context.subscriptions.push(vscode.commands.registerCommand("sourcebook.restart", restart));
  await start();
};

exports.deactivate = () => client?.stop();
