import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { axeFaults, openBrowser, openPage } from './browser.ts'
import { namur, others } from './rows.ts'
import { type Site, siteKey, startSite } from './site.ts'

let site: Site
let browser: Browser

before(async () => {
  const app = { ...new World(town()).app(), now: Date.now }
  await Promise.all([namur(app.store, Date.now()), others(app.store, Date.now())])
  ;[site, browser] = await Promise.all([startSite(app), openBrowser()])
})

after(async () => {
  await browser?.close()
  await site?.stop()
})

/** On a dark screen the markup is the same: only the colours are not. */
const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, in ${colorScheme}`, async () => {
    const { page, wrong } = await openPage(browser, { colorScheme, reducedMotion: 'reduce' })
    const found: Record<string, string[]> = {}
    const faults = (of: Page) => axeFaults(of, colorScheme === 'dark' ? colours : undefined)
    await page.goto(site.url)
    await page.getByLabel('Host key').fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    found['sign in'] = await faults(page)
    await page.goto(`${site.url}?code=${siteKey}`)
    await page.getByRole('table').waitFor()
    found.waves = await faults(page)
    await page.goto(`${site.url}#/waves/namur`)
    await page.getByRole('checkbox', { name: 'Pick accueil@namur.example' }).check()
    found.wave = await faults(page)
    await page.getByRole('link', { name: 'accueil@namur.example' }).click()
    await page.getByRole('heading', { name: 'History' }).waitFor()
    found.mailbox = await faults(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Reschedule…' }).click()
    found.order = await faults(page)
    await page.keyboard.press('Escape')
    await page.goto(`${site.url}#/waves/namur/exceptions`)
    await page.getByRole('rowheader').first().waitFor()
    found.exceptions = await faults(page)
    await page.goto(`${site.url}#/waves/mons`)
    await page.getByRole('heading', { name: 'Why the verdict is not “complete”' }).waitFor()
    found.closed = await faults(page)
    assert.deepEqual(
      Object.entries(found).filter(([, lines]) => lines.length > 0),
      [],
    )
    assert.deepEqual(wrong, [])
    await page.context().close()
  })
}

for (const width of [1100, 360])
  test(`at ${width} pixels one sees which mailbox is in trouble, its state and why, without moving sideways; axe finds nothing`, async () => {
    const { page } = await openPage(browser, { viewport: { width, height: 800 } })
    await page.goto(`${site.url}?code=${siteKey}#/waves/namur`)
    const row = page.getByRole('row', { name: /accueil@namur\.example/ })
    for (const one of [row.getByRole('link'), row.getByText('Held'), row.getByText('OVERQUOTA')]) {
      const box = await one.boundingBox()
      assert.ok(box && box.x >= 0 && box.x + box.width <= width, JSON.stringify(box))
    }
    assert.deepEqual(await axeFaults(page), [])
    await page.context().close()
  })

for (const locale of ['en-GB', 'fr-BE', 'nl-BE', 'de-DE'])
  test(`on a small laptop, what went wrong stands in the window: ${locale}`, async () => {
    const { page } = await openPage(browser, { locale })
    await page.goto(`${site.url}?code=${siteKey}#/waves/namur`)
    const frame = page.locator('.frame:has(table.mailboxes)')
    await frame.waitFor()
    const tooWide: number[] = []
    for (const width of [1440, 1366, 1280, 1100, 1024]) {
      await page.setViewportSize({ width, height: 800 })
      if (await frame.evaluate(one => one.scrollWidth > one.clientWidth)) tooWide.push(width)
    }
    assert.deepEqual(tooWide, [])
    await page.context().close()
  })

test('by keyboard alone: past the header, into a mailbox, and back to where one was', async () => {
  const { page } = await openPage(browser)
  await page.goto(`${site.url}?code=${siteKey}#/waves/namur`)
  const link = page.getByRole('link', { name: 'accueil@namur.example' })
  await link.waitFor()
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to the content')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate('document.activeElement.id'), 'content')
  assert.match(page.url(), /#\/waves\/namur$/)
  await link.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'accueil@namur.example' }).waitFor()
  assert.equal(await page.evaluate("document.activeElement.closest('dialog') !== null"), true)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  assert.equal(await page.evaluate('document.activeElement.textContent'), 'accueil@namur.example')
  await page.context().close()
})

test('whoever uses the keyboard stands in the page after signing in, and after an order whose button is gone', async () => {
  const { page } = await openPage(browser)
  const focused = () => page.evaluate('document.activeElement.textContent')
  await page.goto(`${site.url}#/waves/charleroi`)
  await page.getByLabel('Host key').fill(siteKey)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'a@charleroi.example' }).waitFor()
  assert.equal(await focused(), 'charleroi')
  await page.getByRole('button', { name: 'Hold…' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('Anna')
  await page.keyboard.press('Tab')
  await page.keyboard.type('the town asked for it')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Release…' }).waitFor()
  await page.getByRole('button', { name: 'Hold…' }).waitFor({ state: 'detached' })
  assert.equal(await focused(), 'charleroi')
  await page.context().close()
})

test('what the server answers instead of data is read aloud', async () => {
  const { page } = await openPage(browser)
  await page.goto(`${site.url}?code=${siteKey}#/waves/nowhere`)
  await page.getByRole('status').filter({ hasText: 'there is no wave “nowhere”' }).waitFor()
  await page.context().close()
})

test('at 320 pixels, as at 400 %, nothing is wider than the window, nor a table than its frame', async () => {
  const wide = `[...document.querySelectorAll('.frame, dialog')].filter(one => one.scrollWidth > one.clientWidth)`
  for (const locale of ['fr-BE', 'nl-BE', 'de-DE', 'en-GB']) {
    const { page } = await openPage(browser, { viewport: { width: 320, height: 640 }, locale })
    for (const route of ['', '/namur', '/namur/exceptions', '/namur/mailboxes/accueil@namur.example', '/mons']) {
      await page.goto(`${site.url}?code=${siteKey}#/waves${route}`)
      await page.reload()
      await page.locator('.frame').first().waitFor()
      if (route.includes('@')) await page.locator('dialog .frame').first().waitFor()
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320, `${locale} ${route}`)
      assert.deepEqual(await page.evaluate(`${wide}.map(one => one.ariaLabel)`), [], `${locale} ${route}`)
    }
    await page.context().close()
  }
})

for (const locale of ['fr-BE', 'nl-BE', 'de-DE'])
  test(`axe finds nothing where the server’s words are told in another language: ${locale}`, async () => {
    const { page } = await openPage(browser, { locale })
    for (const route of ['namur', 'namur/mailboxes/accueil@namur.example', 'namur/exceptions', 'mons']) {
      await page.goto(`${site.url}?code=${siteKey}#/waves/${route}`)
      await page.reload()
      await page.getByRole('heading', { level: 2 }).first().waitFor()
      assert.deepEqual(await axeFaults(page), [], route)
    }
    await page.context().close()
  })
