import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { waveStatus } from '../../shared/commands/status.ts'
import type { App } from '../../shared/ports.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { smallest } from '../playbooks/examples.ts'
import { axeFaults, openBrowser, signedIn, stopClock } from './browser.ts'
import { domainRow, mailboxRow, waveRow } from './rows.ts'
import { type Site, siteKey, startSite } from './site.ts'

let app: App
let site: Site
let browser: Browser

const mtaSts =
  'it has an MTA-STS policy: let that name the new mail exchangers (0 mx.new.example) a week before the switch, or senders that heed it keep their mail back (RFC 8461)'
const hint = 'Set the environment variable SOURCE_PASSWORD for the app, or name another secret in the playbook.'

before(async () => {
  app = { ...new World(town()).app(), now: Date.now }
  const now = Date.now()
  const body = smallest.replace('playbook: lift', 'playbook: secours')
  const version = { playbook: 'secours', number: 2, body: `${body}copy: { calendars: elsewhere }\n`, at: now }
  await app.store.playbooks.put([
    { ...version, version: '000002' },
    { ...version, version: 'current' },
  ])
  const asked = { day: '2027-11-17', who: 'jo@dinant.example', why: 'an election', at: now }
  const error = { code: 'NO-SECRET', message: 'reading secret SOURCE_PASSWORD: NO-SECRET', hint, at: now }
  await app.store.waves.put([
    waveRow('dinant', now, { state: 'held', heldFrom: 'preparing', day: '2027-11-03', asked, error }),
    waveRow('huy', now, { state: 'closed', verdict: 'complete', closedAt: now }),
    waveRow('quiet', now, { state: 'preparing' }),
  ])
  for (const row of [
    mailboxRow('dinant', 'anna@dinant.example', now, { unlisted: 3 }),
    mailboxRow('huy', 'anna@huy.example', now, { state: 'completed' }),
    mailboxRow('quiet', 'anna@quiet.example', now, {}),
  ])
    await app.store.mailboxes.put([row])
  const many = Array.from(
    { length: 7 },
    (_, i) => `192.0.2.${i} serves dinant.example but has no address: correct its A record or take it out of the NS set`,
  )
  await app.store.domains.put([domainRow('dinant', 'dinant.example', now, { notes: [mtaSts, ...many] })])
  await app.store.domains.put([domainRow('huy', 'huy.example', now, { state: 'switched', notes: [mtaSts] })])
  ;[site, browser] = await Promise.all([startSite(app), openBrowser()])
})

after(async () => {
  await browser?.close()
  await site?.stop()
})

const told = [
  [
    'en-GB',
    'Warnings (10)',
    'To do (1)',
    /dinant\.example: it has an MTA-STS policy/,
    /Set the environment variable/,
    /see that calendars/,
  ],
  [
    'fr-BE',
    'Avertissements (10)',
    'À faire (1)',
    /dinant\.example\s: il a une politique MTA-STS/,
    /Définissez la variable/,
    /vérifiez que les agendas/,
  ],
  [
    'nl-BE',
    'Waarschuwingen (10)',
    'Te doen (1)',
    /dinant\.example: het heeft een MTA-STS-beleid/,
    /Stel de omgevingsvariabele/,
    /ga na of agenda’s/,
  ],
  [
    'de-DE',
    'Warnungen (10)',
    'Zu erledigen (1)',
    /dinant\.example: es gibt eine MTA-STS-Richtlinie/,
    /Setzen Sie die Umgebungsvariable/,
    /prüfen Sie, ob Kalender/,
  ],
] as const

for (const [locale, warnings, toDo, policy, remedy, calendars] of told)
  test(`above all else the page of a wave says what went wrong, what to think of and what is left to do: ${locale}`, async () => {
    for (const width of [1440, 360]) {
      const { page, wrong } = await signedIn(browser, site, '#/waves/dinant', { locale, viewport: { width, height: 800 } })
      const section = page.locator('section.notes').filter({ has: page.getByRole('heading', { name: warnings, exact: true }) })
      await section.getByText(policy).waitFor()
      assert.equal(await section.locator('> ul li').count(), 4)
      assert.match(await page.locator('section.bad').innerText(), remedy)
      await section.getByText(/192\.0\.2\.6/).waitFor({ state: 'hidden' })
      await section.locator('summary').click()
      await section.getByText(/192\.0\.2\.6/).waitFor()
      if (locale !== 'en-GB') assert.deepEqual(await section.locator('[lang=en]').allInnerTexts(), [])
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
      assert.deepEqual(await axeFaults(page), [])
      await page.goto(`${site.url}?code=${siteKey}#/waves/huy`)
      await page.getByRole('heading', { name: toDo, exact: true }).waitFor()
      await page.getByText(calendars).waitFor()
      assert.deepEqual(wrong, [])
      await page.context().close()
    }
  })

test('every warning of the answer is on the page, once; a note that none repeats stands with its domain', async () => {
  const { page } = await signedIn(browser, site, '#/waves/dinant')
  await page.getByRole('heading', { name: 'Warnings (10)' }).waitFor()
  const { warnings = [] } = await waveStatus(app, 'dinant')
  const lines = await page.locator('section.notes li').evaluateAll(items => items.map(({ textContent }) => textContent))
  assert.deepEqual(lines, warnings)
  assert.equal(await page.getByText('MTA-STS').count(), 1)
  await page.goto(`${site.url}?code=${siteKey}#/waves/huy`)
  await page
    .getByRole('row', { name: /huy\.example/ })
    .getByText('MTA-STS')
    .waitFor()
  await page.context().close()
})

test('where something is left to do or to think of, nobody reads that nothing needs him; else nothing is shown', async () => {
  const { page } = await signedIn(browser, site, '#/waves/huy')
  await page.getByText('1 thing is left to do.').waitFor()
  assert.equal(await page.getByText('Nothing needs you.').count(), 0)
  await page.goto(`${site.url}?code=${siteKey}#/waves/quiet`)
  await page.getByText('Nothing needs you.').waitFor()
  assert.equal(await page.locator('.notes').count(), 0)
  await page.context().close()
})

test('the list says of a wave that is held why it is, and which other day is asked for', async () => {
  const { page } = await signedIn(browser, site, '')
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'dinant' }) })
  await row.getByText('reading secret SOURCE_PASSWORD: NO-SECRET').waitFor()
  await row.getByText('Another day asked for: Wednesday, 17 November 2027').waitFor()
  await page.context().close()
})

test('a warning that comes while one listens is read aloud', async () => {
  const { page } = await signedIn(browser, site, '')
  await stopClock(page)
  await page.goto(`${site.url}?code=${siteKey}#/waves/quiet`)
  await page.reload()
  await page.getByText('Nothing needs you.').waitFor()
  await app.store.mailboxes.put([mailboxRow('quiet', 'anna@quiet.example', Date.now(), { unlisted: 2 })])
  await page.clock.runFor(2_500)
  await page.getByRole('status').getByText('1 warning.').waitFor()
  await page.context().close()
})
