import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const Findings = z.object({ violations: z.array(z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })) })) });

/** What axe calls serious or critical, in words; of colours alone, or of everything. */
export async function findings(tab: Page, only: 'colours' | 'everything' = 'everything'): Promise<string[]> {
  await tab.evaluate(axe.source);
  const options = only === 'colours' ? { runOnly: ['color-contrast'], resultTypes: ['violations'] } : { resultTypes: ['violations'] };
  const { violations } = Findings.parse(await tab.evaluate(`axe.run(document, ${JSON.stringify(options)})`));
  return violations.filter((each) => each.impact === 'serious' || each.impact === 'critical').flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
}

/** By how many pixels the page is wider than a window of this width. */
export async function overflow(tab: Page, width: number): Promise<number> {
  await tab.setViewportSize({ width, height: 800 });
  return Number(await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
}
