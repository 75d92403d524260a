// The extension: starts `waypost lsp`, counts what it finds in the status bar, and shows the coverage of tables.
// What is wrong with a page is decided by waypost alone.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { LanguageClient, type ServerOptions } from "vscode-languageclient/node";

const LANGUAGES = ["markdown", "mdx"];
const PRESETS = ["itil-4", "itil-v3", "raci"];
const MEGABYTE = 1024 * 1024;

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("waypost.restart", restart),
    vscode.commands.registerCommand("waypost.showCoverage", showCoverage),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("waypost")) void restart();
    }),
    statusBarItem(context),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
  client = undefined;
}

async function restart(): Promise<void> {
  await deactivate();
  await start();
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("waypost");
  const server: ServerOptions = {
    command: program(),
    args: ["lsp", ...settings.get<string[]>("arguments", [])],
  };
  client = new LanguageClient("waypost", "waypost", server, {
    documentSelector: LANGUAGES.flatMap((language) => [
      { scheme: "file", language },
      { scheme: "untitled", language },
    ]),
    initializationOptions: { features: settings.get("features", {}) },
  });
  try {
    await client.start();
  } catch (problem) {
    const chosen = await vscode.window.showErrorMessage(
      `waypost could not be started as \`${server.command}\`: ${message(problem)}`,
      "Open settings",
    );
    if (chosen) await vscode.commands.executeCommand("workbench.action.openSettings", "waypost.path");
  }
}

function program(): string {
  return vscode.workspace.getConfiguration("waypost").get("path") || "waypost";
}

function statusBarItem(context: vscode.ExtensionContext): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem("waypost.count", vscode.StatusBarAlignment.Left);
  item.name = "waypost";
  item.command = "workbench.actions.view.problems";
  const update = () => {
    const count = counts();
    item.text = `waypost $(error) ${count.errors} $(warning) ${count.warnings}`;
    item.tooltip = `waypost: ${count.errors} errors and ${count.warnings} warnings in this workspace`;
    item.accessibilityInformation = { label: item.tooltip };
  };
  update();
  item.show();
  context.subscriptions.push(vscode.languages.onDidChangeDiagnostics(update));
  return item;
}

function counts(): { errors: number; warnings: number } {
  const ours = vscode.languages
    .getDiagnostics()
    .flatMap(([, diagnostics]) => diagnostics)
    .filter((diagnostic) => diagnostic.source === "waypost");
  const of = (severity: vscode.DiagnosticSeverity) => ours.filter((one) => one.severity === severity).length;
  return { errors: of(vscode.DiagnosticSeverity.Error), warnings: of(vscode.DiagnosticSeverity.Warning) };
}

async function showCoverage(): Promise<void> {
  const folder = await chosenFolder();
  const preset = folder && (await vscode.window.showQuickPick(PRESETS, { title: "The coverage of which preset?" }));
  if (!folder || !preset) return;
  const words = ["tables", "--coverage", preset, "--format", "html", folder.uri.fsPath];
  try {
    const page = await promisify(execFile)(program(), words, { cwd: folder.uri.fsPath, maxBuffer: 64 * MEGABYTE });
    const panel = vscode.window.createWebviewPanel(
      "waypost.coverage",
      `Coverage: ${preset}`,
      vscode.ViewColumn.Active,
      // The page says itself, by hash, that only its own filter may run.
      { enableFindWidget: true, enableScripts: true, localResourceRoots: [] },
    );
    panel.webview.html = page.stdout;
  } catch (problem) {
    void vscode.window.showErrorMessage(`waypost cannot show the coverage: ${message(problem)}`);
  }
}

async function chosenFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return vscode.window.showWorkspaceFolderPick();
  if (folders.length === 0) void vscode.window.showInformationMessage("Coverage is of a folder: open one first.");
  return folders[0];
}

function message(problem: unknown): string {
  const { stderr, message } = problem as { stderr?: string; message?: string };
  return stderr?.trim() || message || String(problem);
}
