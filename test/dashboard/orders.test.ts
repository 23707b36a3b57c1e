import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { App } from '../../shared/ports.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { openBrowser, signedIn } from './browser.ts'
import { namur, others } from './rows.ts'
import { type Site, siteKey, startSite } from './site.ts'

let app: App
let site: Site
let browser: Browser

before(async () => {
  app = { ...new World(town()).app(), now: Date.now }
  await Promise.all([namur(app.store, Date.now()), others(app.store, Date.now())])
  ;[site, browser] = await Promise.all([startSite(app), openBrowser()])
})

after(async () => {
  await browser?.close()
  await site?.stop()
})

const posts = () => site.calls.filter(({ method }) => method === 'POST')

test('an action says what it will do, asks who and why, and is sent once', async () => {
  const { page } = await signedIn(browser, site, '#/waves/charleroi')
  const sent = posts().length
  await page.getByRole('button', { name: 'Hold…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Hold' })
  assert.match(await dialog.innerText(), /wave charleroi with all its 1 mailbox/)
  await dialog.getByLabel('Your name').fill('Chloé')
  await dialog.getByRole('button', { name: 'Hold: wave charleroi' }).click()
  assert.equal(posts().length, sent, 'without a reason nothing is sent')
  await dialog.getByLabel('Reason').fill('the town asked for it')
  await dialog.getByRole('button', { name: 'Hold: wave charleroi' }).click()
  await page.getByRole('status').filter({ hasText: 'Hold: done' }).waitFor()
  const order = {
    method: 'POST',
    path: 'waves/charleroi/hold',
    key: siteKey,
    operator: 'Chloe',
    body: { why: 'the town asked for it' },
  }
  assert.deepEqual(posts().slice(sent), [order])
  await page.getByText('On hold: nothing moves until somebody releases it.').waitFor()
  assert.equal((await app.store.waves.get('wave', 'charleroi'))?.row.state, 'held')
  await page.getByRole('button', { name: 'Release…' }).click()
  assert.equal(await page.getByLabel('Your name').inputValue(), 'Chloé')
  await page.getByRole('button', { name: 'Do nothing' }).click()
  assert.equal(posts().length, sent + 1)
  await page.context().close()
})

test('only the picked mailboxes are acted on; what cannot be undone wants the wave’s name', async () => {
  const { page } = await signedIn(browser, site, '#/waves/namur')
  const sent = posts().length
  await page.getByRole('checkbox', { name: 'Pick accueil@namur.example' }).check()
  const bar = page.getByRole('group', { name: 'Actions' }).filter({ hasText: '1 mailbox picked' })
  await bar.getByRole('button', { name: 'Cancel the migration…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your name').fill('Anna')
  await dialog.getByLabel('Reason').fill('left the service')
  await dialog.getByLabel('To confirm').fill('liege')
  await dialog.getByRole('button', { name: 'Cancel the migration: 1 mailbox' }).click()
  assert.match(await dialog.getByRole('alert').innerText(), /not the wave’s name/)
  assert.equal(posts().length, sent)
  await dialog.getByRole('button', { name: 'Do nothing' }).click()
  await bar.getByRole('button', { name: 'Retry…' }).click()
  await dialog.getByLabel('Reason').fill('quota raised')
  await dialog.getByLabel('Your name').fill('Anna')
  await dialog.getByRole('button', { name: 'Retry: 1 mailbox' }).click()
  await page.getByRole('status').filter({ hasText: 'Retry: done' }).waitFor()
  assert.deepEqual(posts().at(-1)?.body, { why: 'quota raised', mailboxes: ['accueil@namur.example'] })
  assert.equal((await app.store.mailboxes.get('namur', 'accueil@namur.example'))?.row.state, 'pre-staging')
  await page.context().close()
})

test('what the API refuses is shown in its own words, and the dialog stays', async () => {
  const { page } = await signedIn(browser, site, '#/waves/mons')
  await page.getByRole('button', { name: 'Roll back…' }).click()
  const mons = await app.store.waves.get('wave', 'mons')
  if (mons) await app.store.waves.put([{ ...mons.row, state: 'cancelled' }])
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your name').fill('Anna')
  await dialog.getByLabel('Reason').fill('the pilot failed')
  await dialog.getByLabel('To confirm').fill('mons')
  await dialog.getByRole('button', { name: 'Roll back: wave mons' }).click()
  await dialog.getByText('the wave is cancelled').waitFor()
  assert.match(await dialog.getByRole('alert').innerText(), /Nothing was changed/)
  await page.context().close()
})

test('a new day and an approval are sent as the API wants them', async () => {
  const { page } = await signedIn(browser, site, '#/waves/namur')
  await page.getByRole('button', { name: 'Reschedule…' }).click()
  const dialog = page.getByRole('dialog')
  assert.equal(await dialog.getByLabel('New day').inputValue(), '2026-11-03')
  await dialog.getByLabel('Your name').fill('Anna')
  await dialog.getByLabel('New day').fill('2026-11-10')
  await dialog.getByLabel('Reason').fill('the school is closed')
  await dialog.getByRole('button', { name: 'Reschedule: wave namur' }).click()
  await page.getByText(/10 November 2026/).waitFor()
  assert.deepEqual(posts().at(-1)?.body, { why: 'the school is closed', day: '2026-11-10' })
  await page.getByRole('button', { name: 'Approve…' }).click()
  await dialog.getByLabel('What is approved').selectOption('confirm')
  await dialog.getByLabel('Reason').fill('both sides agree')
  await dialog.getByRole('button', { name: 'Approve: wave namur' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(posts().at(-1)?.body, { why: 'both sides agree', step: 'confirm' })
  assert.deepEqual(
    (await app.store.waves.get('wave', 'namur'))?.row.approvals?.map(({ step, who }) => [step, who]),
    [['confirm', 'Anna']],
  )
  await page.getByRole('button', { name: 'Approve…' }).click()
  await dialog.getByLabel('What is approved').selectOption('cutover')
  await dialog.getByLabel('Without these domains').fill('ville.namur.example; ')
  await dialog.getByLabel('Reason').fill('its name servers are silent')
  await dialog.getByRole('button', { name: 'Approve: wave namur' }).click()
  await dialog.getByText('expected a domain of the wave whose MX it switches').waitFor()
  const without = ['ville.namur.example']
  assert.deepEqual(posts().at(-1)?.body, { why: 'its name servers are silent', step: 'cutover', without })
  await page.context().close()
})
