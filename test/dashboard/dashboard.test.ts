import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { App } from '../../shared/ports.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { openBrowser, openPage, signedIn, stopClock } from './browser.ts'
import { bobigny, hostileAddress, hostileFolder, namur, others } from './rows.ts'
import { type Site, siteKey, startSite } from './site.ts'

let app: App
let site: Site
let browser: Browser

before(async () => {
  const world = new World(town())
  await world.run()
  app = { ...world.app(), now: Date.now }
  await Promise.all([namur(app.store, Date.now()), bobigny(app.store, Date.now()), others(app.store, Date.now())])
  ;[site, browser] = await Promise.all([startSite(app), openBrowser()])
})

after(async () => {
  await browser?.close()
  await site?.stop()
})

test('without a key only the key is asked for; a wrong one is called wrong; the right one shows the waves', async () => {
  const { page, wrong } = await openPage(browser)
  await page.goto(site.url)
  await page.getByLabel('Host key').fill('guessed')
  await page.getByRole('button', { name: 'Show the waves' }).click()
  assert.match(await page.getByRole('alert').innerText(), /The key or the token is wrong/)
  assert.equal(await page.getByText('namur').count(), 0)
  await page.getByLabel('Host key').fill(siteKey)
  await page.keyboard.press('Enter')
  await page.getByRole('table').getByRole('link', { name: 'namur' }).waitFor()
  assert.equal(site.calls.at(-1)?.key, siteKey)
  await page.getByRole('button', { name: 'Forget the key' }).click()
  await page.getByLabel('Host key').waitFor()
  assert.equal(await page.getByText('namur').count(), 0)
  assert.deepEqual(wrong, [])
  await page.context().close()
})

test('a key in the address is taken over and leaves the address', async () => {
  const { page } = await signedIn(browser, site, '#/waves/town')
  await page.getByRole('heading', { level: 1, name: 'town' }).waitFor()
  assert.equal(page.url(), `${site.url}#/waves/town`)
  await page.context().close()
})

test('behind the panel of one mailbox the list of its wave is not asked for', async () => {
  const { page } = await openPage(browser)
  await stopClock(page)
  await page.goto(`${site.url}?code=${siteKey}#/waves/bobigny`)
  const link = page.getByRole('link', { name: 'agent1200@bobigny.example' })
  await link.waitFor()
  const before = site.calls.length
  await link.click()
  await page.getByRole('dialog').getByRole('heading', { name: 'Folders' }).waitFor()
  const paths = site.calls.slice(before).map(({ path }) => decodeURIComponent(path))
  assert.deepEqual(paths.sort(), ['waves/bobigny', 'waves/bobigny/mailboxes/agent1200@bobigny.example'])
  const again = page.waitForResponse(response => response.url().endsWith('/waves/bobigny/mailboxes'))
  await page.keyboard.press('Escape')
  await again
  await page.context().close()
})

test('the list names the waves that need somebody, and how far each is', async () => {
  const { page, wrong } = await signedIn(browser, site, '')
  await page.getByText('1 wave needs somebody').waitFor()
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'namur' }) })
  assert.match(await row.innerText(), /Preparing[\s\S]*1 of 40 held[\s\S]*First copy ends/)
  assert.match(await page.getByRole('row').filter({ hasText: 'mons' }).innerText(), /Complete with exceptions/)
  assert.deepEqual(wrong, [])
  await page.context().close()
})

test('a wave that was really run shows its verdict, its domain before and after, and what each name server answers', async () => {
  const { page } = await signedIn(browser, site, '#/waves/town')
  await page.getByText('1 thing is left to do.').waitFor()
  await page.getByText('raise the TTL of the MX of town.example again').waitFor()
  const domain = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'town.example', exact: true }) })
  assert.match(
    await domain.innerText(),
    /Switched[\s\S]*10 mx\.old\.example[\s\S]*0 mx\.new\.example[\s\S]*60 IN MX 0 mx\.new\.example/,
  )
  await page.getByRole('link', { name: 'anna@town.example' }).click()
  const panel = page.getByRole('dialog', { name: 'anna@town.example' })
  await panel.getByText('New mail goes to the target').waitFor()
  assert.match(await panel.innerText(), /Alike[\s\S]*Marked as deleted[\s\S]*Nothing to do/)
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'hidden' })
  await page.waitForURL(`${site.url}#/waves/town`)
  await page.context().close()
})

test('folder names and addresses that are markup stay text', async () => {
  const { page, wrong } = await signedIn(browser, site, '#/waves/namur')
  await page.getByRole('link', { name: hostileAddress }).waitFor()
  await page.getByText(/17 Nov.*, by jo@namur\.example: an election/).waitFor()
  await page.getByRole('link', { name: 'accueil@namur.example' }).click()
  await page.getByRole('dialog').getByRole('rowheader', { name: hostileFolder }).first().waitFor()
  await page.getByRole('dialog').getByText('3 more counted by the old server than it lists').waitFor()
  await page.goto(`${site.url}#/waves/namur/mailboxes/${encodeURIComponent(hostileAddress)}`)
  await page.getByRole('dialog', { name: hostileAddress }).getByText('It is tried again at').waitFor()
  await page.goto(`${site.url}#/waves/namur/exceptions`)
  await page.getByRole('cell', { name: hostileFolder }).first().waitFor()
  assert.equal(await page.locator('img').count(), 0)
  assert.equal(await page.evaluate('window.hit'), undefined)
  assert.deepEqual(wrong, [])
  await page.context().close()
})

test('a mailbox shows what became of its calendars, and offers another try of what is missing', async () => {
  const { page, wrong } = await signedIn(browser, site, '#/waves/mons/mailboxes/a%40mons.example')
  const panel = page.getByRole('dialog', { name: 'a@mons.example' })
  await panel.getByRole('heading', { name: 'Calendars, contacts, tasks' }).waitFor()
  const text = await panel.innerText()
  assert.match(text, /236 brought and 3 there already, of 240 · calendars at the old server: 2, address books: 1 · 12 with less/)
  assert.match(text, /<img src=x.*it recurs by several rules\s+Look it up in the old calendar/)
  await panel.getByRole('button', { name: 'Retry…' }).waitFor()
  assert.deepEqual(wrong, [])
  await page.context().close()
})

test('a running wave is asked for every two seconds, a resting one every fifteen, and none while the tab is hidden', async () => {
  const { page } = await openPage(browser)
  await stopClock(page)
  await page.addInitScript("Object.defineProperty(document, 'hidden', { get: () => window.away === true })")
  await page.goto(`${site.url}?code=${siteKey}#/waves/namur`)
  const answered = async (act: () => Promise<unknown>) => {
    await Promise.all([page.waitForResponse(response => response.url().includes('/api/waves/')), act()])
    await page.waitForFunction("document.querySelector('.fresh time')")
  }
  const asked = () => site.calls.filter(({ path }) => path === 'waves/namur' || path === 'waves/town').length
  await page.getByText('asks every 2 s').waitFor()
  let before = asked()
  await page.clock.runFor(1_500)
  assert.equal(asked(), before)
  await answered(() => page.clock.runFor(1_500))
  assert.equal(asked(), before + 1)
  await page.evaluate("location.hash = '#/waves/town'")
  await page.getByText('asks every 15 s').waitFor()
  before = asked()
  await page.clock.runFor(14_000)
  assert.equal(asked(), before)
  await page.evaluate("window.away = true; document.dispatchEvent(new Event('visibilitychange'))")
  await page.clock.runFor(120_000)
  assert.equal(asked(), before)
  await answered(() => page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))"))
  assert.equal(asked(), before + 1)
  await page.context().close()
})

test('when the server cannot be reached the page says since when, keeps what it had, and goes on when it is back', async () => {
  const { page, wrong } = await openPage(browser)
  await stopClock(page)
  await page.goto(`${site.url}?code=${siteKey}#/waves/namur`)
  await page.getByRole('link', { name: 'accueil@namur.example' }).waitFor()
  site.down = true
  await page.clock.runFor(2_500)
  await page.getByText('The server has not answered since').waitFor()
  assert.equal(await page.getByRole('link', { name: 'accueil@namur.example' }).count(), 1)
  assert.equal(await page.getByRole('status').innerText(), 'The server does not answer.')
  site.down = false
  await page.clock.runFor(6_000)
  await page.getByText('The server has not answered since').waitFor({ state: 'detached' })
  assert.equal(await page.getByRole('status').innerText(), 'The server answers again.')
  assert.deepEqual(wrong, [])
  await page.context().close()
})

test('three thousand mailboxes are a page of a hundred rows; a new answer changes the cells that differ and no others', async () => {
  const { page } = await openPage(browser)
  await stopClock(page)
  await page.goto(`${site.url}?code=${siteKey}#/waves/bobigny`)
  await page.getByText('1 to 100 of 3,000').waitFor()
  assert.equal(await page.locator('table.mailboxes tbody tr').count(), 100)
  await page.evaluate(`
    window.rows = [...document.querySelectorAll('table.mailboxes tbody tr')]; window.touched = 0
    new MutationObserver(seen => { window.touched += seen.length }).observe(document.querySelector('table.mailboxes'), { subtree: true, childList: true, characterData: true, attributes: true })`)
  const first = await app.store.mailboxes.get('bobigny', 'agent1200@bobigny.example')
  assert.ok(first)
  await app.store.mailboxes.put([{ ...first.row, copied: 1_999 }])
  await page.clock.runFor(10_000)
  await page.getByText('1,999 of 2,000').first().waitFor()
  assert.ok(Number(await page.evaluate('window.touched')) < 12, `${await page.evaluate('window.touched')} changes`)
  assert.equal(
    await page.evaluate("[...document.querySelectorAll('table.mailboxes tbody tr')].every((row, i) => row === window.rows[i])"),
    true,
  )
  await page.getByLabel('Search an address').fill('2999')
  await page.getByRole('link', { name: 'agent2999@bobigny.example' }).waitFor()
  assert.equal(await page.locator('table.mailboxes tbody tr').count(), 1)
  assert.equal(await page.evaluate('document.activeElement.id'), 'search')
  await page.context().close()
})

test('a report is fetched with the key and saved', async () => {
  const { page, wrong } = await signedIn(browser, site, '#/waves/town')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Report as CSV' }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'town-report.csv')
  assert.match(await readFile(await download.path(), 'utf8'), /anna@town\.example/)
  assert.deepEqual(wrong, [])
  await page.context().close()
})

test('the page speaks the browser’s language, and another when asked', async () => {
  const { page } = await signedIn(browser, site, '#/waves/town', { locale: 'fr-BE' })
  await page.getByText('Il reste 1 chose à faire.').waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr')
  await page.getByLabel('Langue').selectOption('nl')
  await page.getByText('Er blijft nog 1 zaak te doen.').waitFor()
  await page.reload()
  await page.getByText('Er blijft nog 1 zaak te doen.').waitFor()
  await page.getByLabel('Taal').selectOption('de')
  await page.getByText('1 Aufgabe bleibt zu erledigen.').waitFor()
  await page.context().close()
})

test('what went wrong and what to do is said in the page’s language, and what another server said is marked as English', async () => {
  const { page, wrong } = await signedIn(browser, site, '#/waves/namur', { locale: 'nl-BE' })
  const row = page.getByRole('row', { name: /accueil@namur\.example/ })
  await row.getByText('Het doelpostvak is vol: verhoog het quotum of de licentie en geef het postvak dan vrij.').waitFor()
  assert.deepEqual(await row.locator('[lang=en]').allInnerTexts(), ['Quota exceeded: mailbox is 50 GB'])
  await page.getByLabel('Taal').selectOption('fr')
  await row.getByText('La boîte cible est pleine').waitFor()
  await page.getByLabel('Langue').selectOption('en')
  await row.getByText('The target mailbox is full').waitFor()
  assert.deepEqual(wrong, [])
  await page.context().close()
})

test('sentences are fetched in the page’s own language alone', async () => {
  const { page } = await openPage(browser, { locale: 'de-DE' })
  const fetched: string[] = []
  page.on('request', request => fetched.push(request.url().replace(/.*\//, '')))
  await page.goto(`${site.url}?code=${siteKey}`)
  await page.getByRole('table').waitFor()
  const sentences = fetched.filter(name => /^(?:causes|waits|hints|warnings)-/.test(name))
  assert.deepEqual(sentences.sort(), ['causes-de.js', 'hints-de.js', 'waits-de.js', 'warnings-de.js'])
  await page.context().close()
})

test('the page allows nothing but its own program, and no browser keeps it', async () => {
  const { headers } = await fetch(site.url)
  const policy = headers.get('content-security-policy') ?? ''
  assert.match(policy, /^default-src 'none'; script-src 'nonce-[\w+/=]{24}'; style-src 'nonce-/)
  assert.doesNotMatch(policy, /unsafe|\*/)
  assert.equal(headers.get('cache-control'), 'no-store')
  const again = (await fetch(site.url)).headers.get('content-security-policy')
  assert.notEqual(policy, again)
  const main = await fetch(`${site.url}/main.js`)
  const known = await fetch(`${site.url}/main.js`, { headers: { 'if-none-match': main.headers.get('etag') ?? '' } })
  assert.deepEqual([main.status, known.status, (await fetch(`${site.url}/..%2fpage.js`)).status], [200, 304, 404])
})
