import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'
import { openOnce } from '../../shared/commands/once.ts'
import { passwordBundle, passwordLetters, passwordList, secondFactor, trusteeAccess } from '../../shared/commands/passwords.ts'
import { archiveAccess } from '../../shared/passwords/archive.ts'
import type { App } from '../../shared/ports.ts'
import type { WaveRow } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { seenBy } from '../../shared/whose/store.ts'
import { World } from '../fakes/world.ts'
import { refusal } from '../intake/refusal.ts'
import { anna, bob, withPasswords } from '../passwords/town.ts'

const reader = { asked: null, accepted: 'en' }

/** A wave of two entities in one domain, whose accounts are made; and how it looks to who acts for anna’s alone. */
async function halves(passwords: string): Promise<{ world: World; app: App; lake: App }> {
  const scene = withPasswords(passwords, 'entities: { lake: {}, hill: {} }\n')
  const [one, two] = scene.wave.mailboxes
  assert.ok(one && two)
  const mailboxes = [
    { ...one, entity: 'lake' },
    { ...two, entity: 'hill' },
  ]
  const world = new World({ ...scene, wave: { ...scene.wave, mailboxes } })
  await world.run({
    until: async ({ store }) => (await all(store.mailboxes.list({}))).filter(row => row.targetReadyAt).length === 2,
  })
  const app = world.app()
  return { world, app, lake: seenBy(app, ['lake']) }
}

async function csvIn(zip: Uint8Array, password: string): Promise<string> {
  const [csv] = await new ZipReader(new BlobReader(new Blob([new Uint8Array(zip)]))).getEntries()
  assert.ok(csv && !csv.directory)
  return csv.getData(new TextWriter(), { password })
}

describe('who acts for one entity of a wave', () => {
  let world: World
  let app: App
  let lake: App
  before(async () => {
    ;({ world, app, lake } = await halves('{ mode: sealed-bundle }'))
  })

  test('is listed the passwords of his mailboxes alone', async () => {
    assert.equal((await passwordList(app, 'town')).passwords.length, 2)
    assert.deepEqual(
      (await passwordList(lake, 'town')).passwords.map(({ address }) => address),
      [anna],
    )
  })

  for (const entity of [undefined, 'lake'])
    test(`fetches a bundle of his passwords alone${entity ? ', also where he names his entity' : ''}`, async () => {
      const { zip, link } = await passwordBundle(lake, { wave: 'town', entity }, 'Lina')
      const page = await openOnce(app, link.split('/').at(-1) ?? '', undefined, reader)
      const own = /<output[^>]*>([^<]+)<\/output>/.exec(String(page.body))?.[1] ?? ''
      const text = await csvIn(zip, own)
      assert.ok(text.includes(world.accounts.passwords.get(anna) ?? '?'))
      assert.ok(!text.includes(bob) && !text.includes(world.accounts.passwords.get(bob) ?? '?'), text)
      const audit = await all(app.store.audit.list({ partition: 'town' }))
      const fetched = audit.filter(({ action }) => action === 'fetch-passwords')
      assert.ok(fetched.length > 0 && fetched.every(({ who }) => who === 'Lina'))
      assert.ok(!JSON.stringify(fetched).includes(bob))
      const bobs = (await app.store.passwords.get('town', bob))?.row
      assert.equal(bobs?.handedOut, 0)
    })

  test('the bundle, the letters and the trustee of another entity are not there for him, as of one that nobody has', async () => {
    for (const fetch of [passwordBundle, passwordLetters, trusteeAccess]) {
      const { status, message } = await refusal(() => fetch(lake, { wave: 'town', entity: 'hill' }, 'Lina'))
      const none = await refusal(() => fetch(lake, { wave: 'town', entity: 'nobody' }, 'Lina'))
      assert.equal(status, 404)
      assert.equal(message, none.message.replace('nobody', 'hill'))
      assert.doesNotMatch(message.replace('“hill”', ''), /hill/)
    }
  })

  test('the trustee’s archive of the whole wave is refused with what to do, whether or not it was made before; no link is made', async () => {
    const links = async () => (await all(app.store.links.list({}))).length
    for (const made of [false, true]) {
      if (made) await archiveAccess(app, (await world.wave()) as WaveRow, undefined)
      const before = await links()
      const { status, code, message } = await refusal(() => trusteeAccess(lake, { wave: 'town' }, 'Lina'))
      assert.deepEqual([status, code], [403, 'not-yours'])
      assert.match(message, /\?entity=/)
      assert.equal(await links(), before)
    }
    const { password } = await trusteeAccess(lake, { wave: 'town', entity: 'lake' }, 'Lina')
    assert.ok(password.length > 8)
  })
})

test('the code of another entity’s mailbox is not there for who does not act for it, as of a mailbox that is not there', async () => {
  const { app, lake } = await halves('{ mode: one-time-link, secondFactor: code }')
  assert.match((await secondFactor(app, 'town', bob, 'Odile')).code, /^\d{8}$/)
  assert.match((await secondFactor(lake, 'town', anna, 'Lina')).code, /^\d{8}$/)
  const { status, message } = await refusal(() => secondFactor(lake, 'town', bob, 'Lina'))
  const nobody = await refusal(() => secondFactor(lake, 'town', 'nobody@town.example', 'Lina'))
  assert.deepEqual([status, message], [404, nobody.message.replace('nobody@town.example', bob)])
})
