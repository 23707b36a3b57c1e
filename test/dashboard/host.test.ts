import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { type HostProcess, hostKey, startHostProcess } from '../e2e/host-process.ts'
import { allRows } from '../e2e/storage.ts'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'
import { openBrowser, openPage } from './browser.ts'

let azurite: Azurite
let host: HostProcess
let browser: Browser

before(async () => {
  ;[azurite, browser] = await Promise.all([startAzurite({ dir: 'memory' }), openBrowser()])
  host = await startHostProcess({ AzureWebJobsStorage: azurite.connectionString })
})

after(async () => {
  await browser?.close()
  await host?.stop()
  await azurite?.stop()
})

test('the built app serves the page and its modules to anybody, and its data to whoever has the key', async () => {
  const { page, wrong } = await openPage(browser)
  await page.goto(`${host.url}/api/dashboard`)
  await page.getByLabel('Host key').fill('guessed')
  await page.keyboard.press('Enter')
  assert.match(await page.getByRole('alert').innerText(), /The key or the token is wrong/)
  await page.getByLabel('Host key').fill(hostKey)
  await page.keyboard.press('Enter')
  await page.getByText('There is no wave yet.').waitFor()
  await page.goto(`${host.url}/api/dashboard#/waves/nowhere`)
  await page.locator('#trouble', { hasText: 'there is no wave “nowhere”' }).waitFor()
  assert.deepEqual(
    wrong.filter(line => !line.includes('404')),
    [],
  )
  assert.equal((await fetch(`${host.url}/api/dashboard/none.js`)).status, 404)
})

test('with a token nobody is asked for a name: an operator’s order is in his own, a reader’s is refused and says why', async () => {
  const known = (name: string, role: string) => ({
    name,
    role,
    tokenSha256: createHash('sha256').update(`token of ${name}`).digest('hex'),
  })
  const OPERATORS = JSON.stringify([known('Odile', 'operator'), known('Auditor', 'reader')])
  const strict = await startHostProcess({ AzureWebJobsStorage: azurite.connectionString, OPERATORS })
  try {
    const token = { 'x-operator-token': 'token of Odile' }
    const yaml = { ...token, 'content-type': 'application/yaml' }
    assert.equal((await strict.call('PUT', 'playbooks/far', far, yaml)).status, 201)
    const wave = { wave: 'far', playbook: 'far', day: '2099-01-10', mailboxes: [{ address: 'anna@town.test' }] }
    assert.equal((await strict.call('POST', 'waves', wave, token)).status, 202)
    for (const [name, answered] of [
      ['Auditor', 'Auditor may look, and neither give orders nor be shown passwords'],
      ['Odile', 'Hold: done'],
    ] as const) {
      const { page } = await openPage(browser)
      await page.goto(`${strict.url}/api/dashboard#/waves/far`)
      await page.getByLabel('Host key').fill(hostKey)
      await page.getByLabel('Your token').fill('token of nobody')
      await page.keyboard.press('Enter')
      assert.match(await page.getByRole('alert').innerText(), /The key or the token is wrong/)
      await page.getByLabel('Host key').fill(hostKey)
      await page.getByLabel('Your token').fill(`token of ${name}`)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Hold…' }).click()
      const dialog = page.getByRole('dialog')
      assert.equal(await dialog.getByLabel('Your name').count(), 0)
      await dialog.getByLabel('Reason').fill('to try it')
      await dialog.getByRole('button', { name: 'Hold: wave far' }).click()
      await page.getByText(answered).first().waitFor()
      await page.context().close()
    }
    const { Audit = [] } = await allRows(azurite.connectionString)
    const holds = Audit.filter(({ partitionKey, action }) => partitionKey === 'far' && action === 'hold')
    assert.deepEqual(
      holds.map(({ who }) => who),
      ['Odile'],
    )
  } finally {
    await strict.stop()
  }
})

const imap = '{ host: 127.0.0.1, port: 9, tls: none, auth: { kind: master-user, user: u, separator: "*", secret: S } }'
const far = `playbook: far
timeZone: Europe/Paris
source: { imap: ${imap} }
target: { kind: exchange-server, accounts: existing, imap: ${imap} }
routing: { kind: none }
calendar: [{ at: "D-1 16:00", step: provision }]
notices: []
`
