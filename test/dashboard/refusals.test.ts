import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { formats } from '../../shared/dashboard/browser/formats.ts'
import { tellIn } from '../../shared/dashboard/browser/languages.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { openBrowser, signedIn } from './browser.ts'
import { namur, others } from './rows.ts'
import { hole, textsSaid } from './said.ts'
import { type Site, startSite } from './site.ts'

const languages = ['fr', 'nl', 'de'] as const
const token = 'a-token-of-a-reader'
let site: Site
let browser: Browser

before(async () => {
  const app = { ...new World(town()).app(), now: Date.now }
  await Promise.all([namur(app.store, Date.now()), others(app.store, Date.now())])
  const tokenSha256 = createHash('sha256').update(token).digest('hex')
  const known = { OPERATORS: [{ name: 'lea@namur.example', role: 'reader' as const, tokenSha256 }] }
  ;[site, browser] = await Promise.all([startSite(app, known), openBrowser()])
})

after(async () => {
  await browser?.close()
  await site?.stop()
})

/** Where what the page orders is refused, by the person or by the order. */
const refusing = /^(?:operators|commands\/(?:act|calendar-actions|done|triable|update|update-faults)|calendar\/windows)\.ts$/
/** What is no sentence of its own, or begins with one that is put in; and what stands in the settings. */
const inside =
  /^(?:\0[:; ]|was |, or |say it in|a JSON list|expected (?:the SHA|a list|at least|another|operator|a name$|a name of at most 254 characters$))|^holder of/
const fillings = ['1', 'ready', '2026-11-03', ', or cancel this one']

test('every refusal of an order that the page gives is told in every language', async () => {
  const whole = textsSaid().filter(({ path, text }) => refusing.test(path) && /^\S+(?: \S+){3}/.test(text) && !inside.test(text))
  const said = [...new Set(whole.map(({ text }) => text))].filter(text => text.split(hole).join('').trim().length > 20)
  assert.ok(said.length > 30, String(said.length))
  for (const language of languages) {
    const tell = await tellIn(language, formats(language, Date.now))
    const isTold = (text: string) =>
      fillings.some(one => tell(text.split(hole).join(one)).every(piece => !piece.english || piece.text === one))
    assert.deepEqual(
      said.filter(text => !isTold(text)),
      [],
      language,
    )
  }
})

const remedy = 'say it in the playbook as it was and give the order again; what must differ is a matter for another wave'

test('why a wave cannot take a playbook is told whole in every language', async () => {
  const faults = [
    `was “rfc2136”, is “manual”: the wave has begun with it; ${remedy}`,
    `was {"name":"done"}, is nothing: it may be owed to somebody already; ${remedy}`,
    `was “owners”, is “all”: others may have been told already; ${remedy}`,
    `was “rfc2136”, is “none”: the wave was posted with domains to switch; ${remedy}`,
    `was “none”, is “rfc2136”: the wave was posted without domains to switch; ${remedy}`,
    `was [], is ["BE"]: hours of the wave would move; ${remedy}`,
    `was nothing, is “Old”: anna@town.example has it at “Projets/2024” already; ${remedy}`,
    'anna@town.example is of class school, whose window is 2026-12-01 to 2026-12-05: not 2026-11-03 (POST …/reschedule names another day)',
  ]
  for (const language of languages) {
    const tell = await tellIn(language, formats(language, Date.now))
    for (const fault of faults)
      assert.deepEqual(
        tell(fault).filter(({ text, english }) => english || text.includes('the wave')),
        [],
        `${language}: ${fault}`,
      )
  }
})

test('where something failed the page says how a corrected playbook is taken, and elsewhere it does not', async () => {
  const { page } = await signedIn(browser, site, '#/waves/charleroi')
  const words = page.getByText('store it corrected, then “Take the newest playbook” here')
  await page.getByRole('link', { name: 'a@charleroi.example' }).waitFor()
  assert.equal(await words.count(), 0)
  await page.goto(`${site.url}#/waves/namur`)
  await words.waitFor()
  await page.getByRole('link', { name: 'accueil@namur.example' }).click()
  await page.getByRole('dialog').getByText('store it corrected, then “Take the newest playbook” here').waitFor()
  await page.context().close()
})

test('who may give no orders is told so in his language, without a word of English', async () => {
  const told = {
    fr: /peut regarder, mais ni donner d’ordres/,
    nl: /mag kijken, maar geen opdrachten/,
    de: /darf zusehen, aber weder/,
  }
  for (const language of languages) {
    const { page } = await signedIn(browser, site, '#/waves/namur', { locale: language })
    await page.evaluate(`sessionStorage.setItem('releve.token', '${token}')`)
    await page.reload()
    await page.locator('[data-key=hold]').click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('textarea').fill('Probe')
    await dialog.locator('button.main').click()
    const alert = dialog.getByRole('alert')
    await alert.waitFor()
    assert.match(await alert.innerText(), told[language])
    assert.equal(await alert.locator('[lang=en]').count(), 0)
    await page.context().close()
  }
})
