import type { FrameLocator } from 'playwright-core';
import type { Workbench } from './workbench';

/** The report that was opened last, as its preview shows it. */
export function report(window: Workbench): FrameLocator {
  return window.page.frameLocator('iframe.webview').last().frameLocator('iframe').last();
}

/** A preview takes the focus when it has come, which would close a list that is open by then. */
export async function closeReport(window: Workbench): Promise<void> {
  await report(window).getByRole('heading', { level: 1 }).first().click();
  await window.runCommand('View: Close All Editors');
  await window.page.locator('iframe.webview').waitFor({ state: 'detached' });
}
