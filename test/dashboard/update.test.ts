import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { axeFaults, openBrowser, signedIn } from './browser.ts'
import { type Site, startSite } from './site.ts'

const world = new World(town())
let site: Site
let browser: Browser

before(async () => {
  await world.run({ until: async () => (await world.wave())?.state === 'ready' })
  ;[site, browser] = await Promise.all([startSite(world.app()), openBrowser()])
})

after(async () => {
  await browser?.close()
  await site?.stop()
})

/** Stores the playbook with something said otherwise. */
async function say(from: string, to: string): Promise<void> {
  const text = world.scene.playbook.replace(from, to)
  assert.notEqual(text, world.scene.playbook)
  await storePlaybook(world.app(), 'town', text, 'application/yaml', 'Odile')
}

const posts = () => site.calls.filter(({ method }) => method === 'POST').map(({ path }) => path)

test('a wave takes its newest playbook once it was shown what that changes, and not where it is refused or changes nothing', async () => {
  const { page, wrong } = await signedIn(browser, site, '#/waves/town', { reducedMotion: 'reduce' })
  const open = async () => {
    await page.getByRole('button', { name: 'Take the newest playbook…' }).click()
    return page.getByRole('dialog', { name: 'Take the newest playbook' })
  }
  const confirm = page.getByRole('button', { name: 'Take the newest playbook: wave town' })

  let dialog = await open()
  await dialog.getByText('It has the newest version already, 1').waitFor()
  assert.equal(await confirm.isDisabled(), true)
  await page.keyboard.press('Escape')

  await say('kind: exchange-server', 'kind: exchange-online')
  dialog = await open()
  await dialog.getByText('the wave cannot take that version of its playbook').waitFor()
  const refused = await dialog.getByRole('status').innerText()
  assert.match(refused, /target\.kind: was “exchange-server”, is “exchange-online”: the wave has begun with it/)
  assert.equal(await confirm.isDisabled(), true)
  assert.deepEqual(await axeFaults(page), [])
  await page.keyboard.press('Escape')

  await say('for: PT2M', 'for: PT3M')
  dialog = await open()
  await dialog.getByText('From version 1 to 3.').waitFor()
  assert.match(await dialog.getByRole('status').innerText(), /lateMail\.for: "PT2M" → "PT3M"/)
  assert.equal((await world.wave())?.playbookVersion, 1)
  assert.deepEqual(await axeFaults(page), [])
  await dialog.getByLabel('Your name').fill('Anna')
  await dialog.getByLabel('Reason').fill('late mail comes for longer')
  await confirm.click()
  await page.getByRole('status').filter({ hasText: 'Take the newest playbook: done' }).waitFor()
  assert.equal((await world.wave())?.playbookVersion, 3)
  const tried = 'waves/town/update?dryRun=true'
  assert.deepEqual(posts(), [tried, tried, tried, 'waves/town/update'])
  await page.getByText('town, version 3').waitFor()
  assert.deepEqual(
    wrong.filter(line => !line.includes('409')),
    [],
  )
  await page.context().close()
})

test('where the server does not say what would change, the order cannot be given', async () => {
  const { page } = await signedIn(browser, site, '#/waves/town')
  await page.getByRole('button', { name: 'Take the newest playbook…' }).waitFor()
  site.down = true
  await page.getByRole('button', { name: 'Take the newest playbook…' }).click()
  await page.getByText('The server did not say what would change.').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Take the newest playbook: wave town' }).isDisabled(), true)
  site.down = false
  await page.context().close()
})

test('hours that would move are shown with their step, in the language of the page', async () => {
  const scene = town()
  const playbook = scene.playbook.replace('calendar:\n', 'calendar:\n  - { at: "D-1 18:00", step: prestage }\n')
  const start = Date.UTC(2026, 1, 1)
  const ahead = new World({ ...scene, playbook, start, wave: { ...scene.wave, day: '2026-03-10' } })
  await ahead.enqueue()
  const later = playbook.replace('D-1 18:00', 'D-1 17:00')
  await storePlaybook(ahead.app(), 'town', later, 'application/yaml', 'Odile')
  const there = await startSite(ahead.app())
  const { page } = await signedIn(browser, there, '#/waves/town', { locale: 'fr-BE' })
  await page.getByRole('button', { name: 'Prendre le dernier scénario…' }).click()
  const shown = await page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'première copie' }).innerText()
  await page.context().close()
  await there.stop()
  assert.match(shown, /9 mars.*18:00 → .*9 mars.*17:00/)
})
