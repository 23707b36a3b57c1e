import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type Language, languages } from '../../shared/intake/words.ts'
import { htmlOf } from '../../shared/notices/html.ts'
import { templates } from '../../shared/notices/templates.ts'
import { axeFaults, brokenWords, openBrowser, openPage } from '../dashboard/browser.ts'
import { audiencesOf, exampleLetter, playbook } from './examples.ts'

/*
 * The lint of notices: every template, for each reader, in each language and side by side, in both wordings, on a light and a dark screen, as a browser shows it. With
 * NOTICE_PICTURES=DIR, a picture of each is put there to be looked at.
 */
const pictures = process.env.NOTICE_PICTURES
const layouts: readonly (readonly Language[])[] = [...languages.map(language => [language]), ['fr', 'nl'], [...languages]]
const wordings = ['plain', 'inclusive'] as const

let browser: Browser
let page: Page

before(async () => {
  browser = await openBrowser()
  page = (await openPage(browser)).page
  if (pictures) mkdirSync(pictures, { recursive: true })
})

after(() => browser?.close())

/** How many pixels wider the text is than the window. */
async function tooWide(width: number, zoom: number): Promise<number> {
  await page.setViewportSize({ width, height: 800 })
  await page.evaluate(`document.documentElement.style.fontSize = '${zoom * 100}%'`)
  const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  await page.evaluate("document.documentElement.style.fontSize = ''")
  return Number(over)
}

/** Items of lists whose dot or number does not stand at their first line. */
async function lowDots(): Promise<string[]> {
  return (await page.evaluate(`[...document.querySelectorAll('li')].filter(item => {
    const dot = document.createElement('span')
    dot.textContent = '\u2060'
    item.prepend(dot)
    const low = dot.getBoundingClientRect().top > item.getBoundingClientRect().top + 10
    dot.remove()
    return low
  }).map(item => item.textContent)`)) as string[]
}

/** Pictures of what the page shows: as it stands, on a dark screen, and on a telephone. */
async function take(name: string): Promise<void> {
  const path = (seen: string) => ({ path: `${pictures}/${name}${seen}.png`, fullPage: true })
  const window = page.viewportSize()
  await page.screenshot(path(''))
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot(path('-dark'))
  await page.setViewportSize({ width: 360, height: 640 })
  await page.screenshot(path('-telephone-dark'))
  await page.emulateMedia({ colorScheme: 'light' })
  await page.screenshot(path('-telephone'))
  if (window) await page.setViewportSize(window)
}

for (const name of Object.keys(templates))
  describe(`${name} as a browser shows it`, () => {
    for (const audience of audiencesOf(name))
      test(`to ${audience}: nothing that axe finds, nothing wider than 320 pixels or than the window at 200 %, no broken words`, async () => {
        const wrong: string[] = []
        for (const layout of layouts)
          for (const wording of wordings) {
            if (wording === 'inclusive' && !layout.includes('fr')) continue
            const letter = exampleLetter(name, layout, audience, { ...playbook, wording })
            await page.setViewportSize({ width: layout.length > 1 ? 1100 : 760, height: 900 })
            await page.setContent(htmlOf(letter.parts, letter.dress))
            const where = `${layout.join('+')} ${wording}`
            if (pictures && wording === 'plain') await take(`${name}-${audience}-${layout.join('')}`)
            // Inclusive wording changes words, not what axe looks at.
            if (wording === 'plain') wrong.push(...(await axeFaults(page)).map(fault => `${where}: ${fault}`))
            if (layout.length === languages.length && wording === 'plain') {
              await page.emulateMedia({ colorScheme: 'dark' })
              wrong.push(...(await axeFaults(page)).map(fault => `${where}, on a dark screen: ${fault}`))
              await page.emulateMedia({ colorScheme: 'light' })
            }
            await page.setViewportSize({ width: 360, height: 640 })
            wrong.push(...(await brokenWords(page)).map(word => `${where}: “${word}” is broken`))
            wrong.push(...(await lowDots()).map(item => `${where}: the dot of “${item}” is too low`))
            for (const [width, zoom] of [
              [320, 1],
              [640, 2],
            ] as const) {
              const over = await tooWide(width, zoom)
              if (over > 0) wrong.push(`${where}: ${over} px too wide at ${width} px and ${zoom * 100} %`)
            }
          }
        assert.deepEqual(wrong, [])
      })
  })
