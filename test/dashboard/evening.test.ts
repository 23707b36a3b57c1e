import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { App } from '../../shared/ports.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { axeFaults, openBrowser, signedIn } from './browser.ts'
import { evening, raiseTtl } from './evening-rows.ts'
import { type Site, startSite } from './site.ts'

let app: App
let site: Site
let browser: Browser

before(async () => {
  app = { ...new World(town()).app(), now: Date.now }
  await evening(app.store, Date.now())
  ;[site, browser] = await Promise.all([startSite(app), openBrowser()])
})

after(async () => {
  await browser?.close()
  await site?.stop()
})

const sent = () => site.calls.filter(({ method }) => method === 'POST').at(-1)
const confirm = async (page: Page, why: string, button: string) => {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your name').fill('Odile')
  await dialog.getByLabel('Reason').fill(why)
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

test('the list says of each wave what needs somebody, and of none that nothing does', async () => {
  const { page } = await signedIn(browser, site, '')
  const row = (wave: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: wave, exact: true }) })
  await row('ath').getByText('2 approvals are waited for. 1 step of its calendar needs somebody. 3 warnings.').waitFor()
  await row('seraing').getByText('1 approval is waited for.').waitFor()
  await row('huy').getByText('1 approval is waited for. 2 things are left to do.').waitFor()
  await page.getByText('3 waves need somebody:').waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await page.context().close()
})

test('on a telephone the list says what needs somebody without being moved sideways', async () => {
  const { page } = await signedIn(browser, site, '', { locale: 'de-DE', viewport: { width: 390, height: 800 } })
  const box = await page.getByText('2 Genehmigungen werden erwartet.').boundingBox()
  assert.ok(box && box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box))
  assert.equal(await page.locator('.frame').evaluate(one => one.scrollWidth > one.clientWidth), false)
  assert.deepEqual(await axeFaults(page), [])
  await page.context().close()
})

test('approve offers what the wave waits for, first; the cutover goes without whom it names, a word is given in a role', async () => {
  const { page } = await signedIn(browser, site, '#/waves/seraing')
  await page.getByText('1 approval is waited for.').waitFor()
  await page.getByRole('button', { name: 'Approve…' }).click()
  const dialog = page.getByRole('dialog')
  const step = dialog.getByLabel('What is approved')
  assert.deepEqual(await step.locator('option').allTextContents(), ['The cutover – waited for', 'The date (confirmation)'])
  assert.equal(await dialog.getByLabel('Without these domains').inputValue(), 'late.example')
  assert.deepEqual(await axeFaults(page), [])
  await confirm(page, 'its name servers are silent', 'Approve: wave seraing')
  assert.deepEqual(sent()?.body, { why: 'its name servers are silent', step: 'cutover', without: ['late.example'] })
  await page.goto(`${site.url}#/waves/ath`)
  await page.getByRole('button', { name: 'Approve…' }).click()
  const offered = ['The date (confirmation) – waited for', 'The old server is closed to people – waited for', 'The cutover']
  assert.deepEqual(await step.locator('option').allTextContents(), offered)
  assert.equal(await dialog.getByLabel('Without these domains').isVisible(), false)
  await dialog.getByText('Waited for: operator, coordinator.').waitFor()
  assert.equal(await dialog.getByLabel('In which role').inputValue(), 'operator')
  await confirm(page, 'both sides agree', 'Approve: wave ath')
  assert.deepEqual(sent()?.body, { why: 'both sides agree', step: 'confirm', as: 'operator' })
  await page.getByRole('button', { name: 'Approve…' }).click()
  await step.selectOption('freeze')
  await confirm(page, 'sign-ins are off', 'Approve: wave ath')
  assert.deepEqual(sent()?.body, { why: 'sign-ins are off', step: 'freeze' })
  await page.context().close()
})

test('a pilot is judged where it has closed', async () => {
  const { page } = await signedIn(browser, site, '#/waves/huy')
  await page.getByRole('button', { name: 'Approve…' }).click()
  assert.deepEqual(await page.getByLabel('What is approved').locator('option').allTextContents(), [
    'The pilot is good – waited for',
  ])
  await confirm(page, 'nobody called', 'Approve: wave huy')
  assert.deepEqual(sent()?.body, { why: 'nobody called', step: 'pilot' })
  await page.context().close()
})

test('what was missed is done now, or left, beside the warning that says so', async () => {
  const { page } = await signedIn(browser, site, '#/waves/ath')
  const warning = page.getByRole('listitem').filter({ hasText: 'was past before it could be done' })
  await warning.getByRole('button', { name: 'Leave it undone…' }).click()
  await page.getByRole('dialog').getByText('notice:soon').waitFor()
  await confirm(page, 'told by telephone', 'Leave it undone: wave ath')
  assert.deepEqual([sent()?.path, sent()?.body], ['waves/ath/skip', { why: 'told by telephone', steps: ['notice:soon'] }])
  await warning.waitFor({ state: 'detached' })
  await page.context().close()
})

test('what is left to do is said done, one by one, and then stands below with who said so', async () => {
  const { page, wrong } = await signedIn(browser, site, '#/waves/huy')
  await page.getByRole('heading', { name: 'To do (2)' }).waitFor()
  await page.getByRole('button', { name: 'All of it is done…' }).waitFor()
  const line = page.getByRole('listitem').filter({ hasText: raiseTtl })
  await line.getByRole('button', { name: 'Done…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(raiseTtl).waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await confirm(page, 'raised at the registrar', 'Done: wave huy')
  await page.getByRole('heading', { name: 'To do (1)' }).waitFor()
  assert.deepEqual([sent()?.path, sent()?.body], ['waves/huy/done', { why: 'raised at the registrar', toDo: [raiseTtl] }])
  await page.getByText('Said done (1)').click()
  assert.match(await page.locator('details.said li').innerText(), /raise the TTL .*\(Odile, /)
  assert.deepEqual(
    (await app.store.waves.get('wave', keyPart('huy')))?.row.done?.map(({ what }) => what),
    [[raiseTtl]],
  )
  assert.deepEqual(await axeFaults(page), [])
  assert.deepEqual(wrong, [])
  await page.context().close()
})
