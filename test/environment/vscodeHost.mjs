#!/usr/bin/env node
/**
 * A VS Code to be started like the desktop one: `runTests({ vscodeExecutablePath })` of
 * `@vscode/test-electron` takes this file. See runWindow.ts for the switches it understands.
 */
import 'tsx';

await import('./runWindow');
