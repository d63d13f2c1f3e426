import type { Locator, Page } from 'playwright-core';
import { savePicture } from './pictures';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/**
 * A window as a person at it uses it: by keyboard and mouse, waiting for what is to be seen. All
 * waiting ends in an error after the time limit of Playwright.
 */
export class Workbench {
  constructor(
    readonly page: Page,
    /** The copy of the workspace that is open. */
    readonly folder: string,
    private readonly closeWindow: () => Promise<void>,
  ) {}

  /** Ends the window and its server. */
  close(): Promise<void> {
    return this.closeWindow();
  }

  /** @returns the file of the picture, `out/pictures/<name>.png` */
  async screenshot(name: string): Promise<string> {
    return savePicture(name, await this.page.screenshot());
  }

  /** Opens a file by its name in Go to File, and waits for its editor. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.answer(name, { submit: false });
    await this.choose(name);
    await this.tab(name).waitFor();
    await this.page.locator('.editor-instance .view-lines').first().waitFor();
  }

  /**
   * Runs a command by its full title in the command palette, such as `MCP Auth: Show Log`. The list
   * is made when the palette opens: while the window still starts, a command may come a little later.
   */
  async runCommand(title: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('F1');
      await this.answer(`>${title}`, { submit: false });
      const isLast = attempt === 5;
      const listed = this.choice(title).waitFor(isLast ? {} : { timeout: 4000 });
      if (isLast || (await listed.then(() => true).catch(() => false))) {
        await listed;
        // The list is filtered anew while one looks for a row: the mouse could meet another one.
        const inFocus = this.choice(title).and(this.page.locator('.focused'));
        for (let moves = 0; moves < 50 && (await inFocus.count()) === 0; moves++) {
          await this.page.keyboard.press('ArrowDown');
        }
        return this.page.keyboard.press('Enter');
      }
      await this.page.keyboard.press('Escape');
    }
  }

  /** The entries of the quick pick that is open. */
  get choices(): Locator {
    return this.quickInput.locator('.monaco-list-row');
  }

  /** Chooses the entry of the open quick pick that has this label. */
  async choose(label: string): Promise<void> {
    await this.choice(label).click();
  }

  /** Types into the input box or quick pick that is open. */
  async answer(text: string, { submit = true } = {}): Promise<void> {
    const input = this.quickInput.locator('input[type="text"], input[type="password"]').first();
    await input.fill(text);
    if (submit) {
      await input.press('Enter');
    }
  }

  /** Settles when the input box that is open holds `value`, to be read. */
  async waitForInput(value: string): Promise<void> {
    await this.page.waitForFunction(
      `document.querySelector('.quick-input-widget input[type="text"]')?.value === ${JSON.stringify(value)}`,
    );
  }

  /**
   * The notification with this text, once it is there. VS Code shows no toast where several come at
   * once; the bell has it all the same.
   */
  async waitForNotification(text: string | RegExp): Promise<Locator> {
    const notification = this.page
      .locator('.notifications-toasts, .notifications-center')
      .locator('.notification-list-item')
      .filter({ hasText: text })
      .first();
    const asToast = notification.waitFor({ timeout: 15_000 });
    if (!(await asToast.then(() => true).catch(() => false))) {
      await this.page.locator('[id="status.notifications"]').click();
      const all = this.page.locator('.notifications-center .notification-list-item-message');
      await notification.waitFor().catch(async (error: unknown) => {
        const messages = (await all.allInnerTexts()).join('\n');
        throw new Error(`No message is "${String(text)}". These are:\n${messages}`, {
          cause: error,
        });
      });
    }
    return notification;
  }

  /** So that no message of before lies over the editor, or is taken for a new one. */
  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page
      .locator('.notifications-center.visible, .notifications-toasts .notification-list-item')
      .first()
      .waitFor({ state: 'detached' });
  }

  /** The modal dialog, once it is there. */
  async waitForDialog(text: string | RegExp): Promise<Locator> {
    const dialog = this.page.locator('.monaco-dialog-box').filter({ hasText: text });
    await dialog.waitFor();
    return dialog;
  }

  /** Opens a container of the activity bar by its title and shows its views. */
  async openView(container: string): Promise<void> {
    const icon = this.activityBarIcon(container);
    if ((await icon.getAttribute('aria-selected')) !== 'true') {
      await icon.click();
    }
    await this.page.locator('.sidebar .composite.title', { hasText: container }).waitFor();
  }

  activityBarIcon(container: string): Locator {
    return this.page.locator('.activitybar').getByRole('tab', { name: container });
  }

  /** The rows of the tree in the side bar, those that are expanded. */
  get treeItems(): Locator {
    return this.page.locator('.sidebar .monaco-list-row[role="treeitem"]');
  }

  /** The tab of an open editor. */
  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name });
  }

  /** The lines of the editor that are in sight. */
  get lines(): Locator {
    return this.editor.locator('.view-line');
  }

  /** The underlines of problems in the editor. */
  squiggles(severity: Severity): Locator {
    return this.editor.locator(`.cdr.squiggly-${severity}`);
  }

  /** Puts the cursor into the first place in the editor that shows `text`. */
  async clickText(text: string): Promise<void> {
    const { x, y } = await this.middleOf(this.token(text));
    await this.page.mouse.click(x, y);
  }

  /**
   * Clicks a part of a lens until `effect` settles: lenses are drawn anew while their text changes,
   * and a click that falls between is lost.
   */
  async clickLens(lens: Locator, part: string, effect: Promise<unknown>): Promise<void> {
    const seen = effect.then(() => true);
    for (let attempt = 1; attempt <= 5; attempt++) {
      const { x, y } = await this.middleOf(lens.getByText(part, { exact: true }));
      await this.page.mouse.click(x, y);
      if (await Promise.race([seen, this.page.waitForTimeout(4000).then(() => false)])) {
        return;
      }
    }
    throw new Error(`Nothing happened on ${part} of the lens.`);
  }

  /** Rests the mouse on `text` in the editor. @returns what the hover says */
  async hover(text: string): Promise<string> {
    const { x, y } = await this.middleOf(this.token(text));
    await this.page.mouse.move(x, y);
    const hover = this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
    await hover.waitFor();
    return hover.innerText();
  }

  /**
   * Opens the lightbulb on `text` until it offers `title`: lines still move while VS Code puts its
   * own lenses over them, and a click may meet another one. @returns the actions
   */
  async openLightbulb(text: string, title: string): Promise<Locator> {
    const actions = this.page.locator('.action-widget .monaco-list-row');
    const wanted = actions.filter({ hasText: title }).first();
    for (let attempt = 1; ; attempt++) {
      await this.clickText(text);
      await this.page.keyboard.press('Control+.');
      const isLast = attempt === 5;
      const offered = wanted.waitFor(isLast ? {} : { timeout: 4000 });
      if (isLast || (await offered.then(() => true).catch(() => false))) {
        await offered;
        return actions;
      }
      await this.page.keyboard.press('Escape');
    }
  }

  /** Takes an action of the lightbulb on `text` by its title. */
  async takeLightbulb(text: string, title: string): Promise<void> {
    const actions = await this.openLightbulb(text, title);
    const action = actions.filter({ hasText: title }).first();
    // The list lies under a shield until the mouse moves; Playwright would wait for it to go.
    await action.click({ force: true });
    await action.waitFor({ state: 'detached' });
  }

  /** Takes back the last change in the editor that has the focus. */
  async undo(): Promise<void> {
    await this.page.keyboard.press('Control+Z');
  }

  /** Saves the file in the editor that has the focus. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tabs-container .tab.active:not(.dirty)').waitFor();
  }

  /** What the clipboard holds. */
  clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /**
   * The middle of an element once it stands still. Playwright's own clicks scroll whatever holds
   * the element when something lies over it for a moment, also what VS Code never scrolls back.
   */
  private async middleOf(element: Locator): Promise<{ readonly x: number; readonly y: number }> {
    await element.waitFor();
    for (let last = ''; ;) {
      const box = await element.boundingBox();
      const place = JSON.stringify(box);
      if (box !== null && place === last) {
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
      last = place;
      await this.page.evaluate('new Promise((next) => requestAnimationFrame(next))');
    }
  }

  private choice(label: string): Locator {
    const name = this.page.locator('.label-name', { hasText: exactly(label) });
    return this.choices.filter({ has: name }).first();
  }

  private get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  private get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor').first();
  }

  private token(text: string): Locator {
    return this.lines.locator('span > span').filter({ hasText: text }).first();
  }
}

function exactly(label: string): RegExp {
  return new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
