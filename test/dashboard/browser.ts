import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type Site, siteKey } from './site.ts'

/** Debian’s browser without a window, and without a word to anybody but this machine. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A page that is signed in, at a route. */
export async function signedIn(browser: Browser, site: Site, route: string, options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, options)
  await opened.page.goto(`${site.url}?code=${siteKey}${route}`)
  return opened
}

/** Stops the page’s clock, so that only a test moves it; its requests are answered all the same. */
export async function stopClock(page: Page): Promise<void> {
  const time = Date.now()
  await page.clock.install({ time })
  await page.clock.pauseAt(time + 1_000)
}

/** A page that remembers what went wrong on it: errors of its program and violations of its Content-Security-Policy. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<{ page: Page; wrong: string[] }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Brussels',
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const wrong: string[] = []
  page.on('pageerror', error => wrong.push(String(error)))
  page.on('console', message => {
    const text = message.text()
    if (message.type() === 'error' && !/401|ERR_/.test(text)) wrong.push(text)
  })
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI))",
  )
  return { page, wrong }
}

/** Words and days that a line ends in the middle of; what is longer than a narrow column may be. */
export async function brokenWords(page: Page): Promise<string[]> {
  return (await page.evaluate(`(() => {
    const found = []
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      for (const word of node.data.matchAll(/\\be-mail|(?<day>\\d+(?:er)?\\.?\\s\\p{L}+\\s\\d{4})|[\\p{L}\\p{N}]{2,11}(?![\\p{L}\\p{N}])/giu)) {
        if (/[\\p{L}\\p{N}]/u.test(node.data[word.index - 1] ?? '')) continue
        const range = document.createRange()
        range.setStart(node, word.index)
        range.setEnd(node, word.index + word[0].length)
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
        if (lines.size > 1) found.push(word[0])
      }
    return found
  })()`)) as string[]
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2.1 A and AA, and what axe holds to be good besides. */
const wcag = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }

/** What axe finds on a page, a line each. */
export async function axeFaults(page: Page, runOnly: { type: string; values: string[] } = wcag): Promise<string[]> {
  // Half a megabyte of program, which a page keeps until it is left.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe)
  const run = `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})`
  const { violations } = (await page.evaluate(run)) as AxeResults
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}
