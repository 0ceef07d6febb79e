// A reader of a site: a browser and a server for the tests of a suite, and a tab of their own for each.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch, watch } from './browser.js';
import { open } from './rendered.js';
import { serve } from './server.js';

const DESK = { viewport: { width: 1280, height: 900 } };

/**
 * Serves the site in `root` while the tests of the surrounding `describe` run.
 * @param usual what every tab is opened with, as Playwright names it
 */
export function reader(root, usual = {}) {
  const reader = { browser: null, server: null, reading, addressOf: (path) => reader.server.base + path };

  before(async () => {
    reader.browser = await launch();
    reader.server = await serve(root);
  });
  after(async () => {
    await reader.browser?.close();
    await reader.server?.close();
  });

  /**
   * Opens one page after the other in a browser of their own and hands the tab to `work`; nothing may go wrong meanwhile.
   * @param addresses below the site's root: one or several
   */
  async function reading(addresses, options, work) {
    const context = await reader.browser.newContext({ ...DESK, ...usual, ...options });
    context.setDefaultTimeout(15_000);
    try {
      const tab = await context.newPage();
      const take = watch(tab, reader.server.origin);
      for (const address of [addresses].flat()) {
        await open(tab, reader.addressOf(address));
        await work(tab, address);
        assert.deepEqual(take(), [], address);
      }
    } finally {
      await context.close();
    }
  }

  return reader;
}

/** Whether an element is seen; a browser that is busy goes to its place only after the page is there. */
export async function assertInView(tab, locator) {
  const { height } = tab.viewportSize();
  let box;
  for (let tries = 0; tries < 50; tries += 1) {
    box = await locator.boundingBox();
    if (box && box.y < height && box.y + box.height > 0) return;
    await tab.waitForTimeout(100);
  }
  assert.fail(`not in view: ${JSON.stringify(box)}`);
}
