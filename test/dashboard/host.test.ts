import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { type HostProcess, hostKey, startHostProcess } from '../e2e/host-process.ts'
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
  assert.match(await page.getByRole('alert').innerText(), /This key is wrong/)
  await page.getByLabel('Host key').fill(hostKey)
  await page.keyboard.press('Enter')
  await page.getByText('There is no wave yet.').waitFor()
  await page.goto(`${host.url}/api/dashboard#/waves/nowhere`)
  await page.getByText('there is no wave “nowhere”').waitFor()
  assert.deepEqual(
    wrong.filter(line => !line.includes('404')),
    [],
  )
  assert.equal((await fetch(`${host.url}/api/dashboard/none.js`)).status, 404)
})
