import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openOnce } from '../../shared/commands/once.ts'
import { owe } from '../../shared/notices/owed.ts'
import { followPasswords } from '../../shared/steps/passwords.ts'
import { all } from '../../shared/store/store.ts'
import { World } from '../fakes/world.ts'
import { anna, bob, shown, withPasswords } from './town.ts'

const notices = `notices:
  - { notice: first, template: password, audience: owner, issuer: ict, languages: [fr, nl], channel: append }
  - { notice: again, template: password-unopened, audience: owner, issuer: ict, languages: [en], channel: append }
  - { notice: done, template: done, audience: owner, issuer: ict, languages: [fr, nl], channel: append }
`

/** A world whose notices tell of passwords; everything in it has been sent. */
async function told(passwords: string): Promise<World> {
  const scene = withPasswords(passwords)
  const playbook = scene.playbook
    .replace(/notices:\n.*\n/, notices)
    .replace('  - { on: copied, notice: done }', '  - { on: copied, notice: first }')
  const world = new World({ ...scene, playbook })
  await world.run()
  return world
}

const lettersTo = (world: World, address: string) =>
  world.readers.letters.filter(({ to }) => to === address).map(({ mime }) => plain(String(mime)))

/** A letter without the encoding of its text. */
function plain(mime: string): string {
  return mime.replaceAll(/=\r?\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

test('each owner is told a link of his own, and what it shows is his password', async () => {
  const world = await told('{ mode: one-time-link }')
  const tokens = [anna, bob].map(address => /api\/once\/([\w-]{22})/.exec(lettersTo(world, address).join())?.[1] ?? '')
  assert.equal(new Set(tokens).size, 2)
  for (const [i, address] of [anna, bob].entries()) {
    assert.equal(lettersTo(world, address).length, 1)
    const { body } = await openOnce(world.app(), tokens[i] ?? '', undefined, { asked: null, accepted: 'fr' })
    assert.equal(shown(String(body)), world.accounts.passwords.get(address))
  }
})

test('no letter of any mode but the mail holds a password', async () => {
  for (const passwords of ['{ mode: one-time-link }', '{ mode: sealed-bundle }', '{ mode: none }']) {
    const world = await told(passwords)
    const text = JSON.stringify([lettersTo(world, anna), lettersTo(world, bob)])
    for (const password of world.accounts.passwords.values()) assert.ok(!text.includes(password), passwords)
  }
})

test('where somebody accepted the risk, the letter holds it, and no table does', async () => {
  const world = await told('{ mode: mail, acceptRisk: { by: the director, why: no other way } }')
  const password = world.accounts.passwords.get(anna) ?? '?'
  assert.ok(lettersTo(world, anna).join().includes(password))
  for (const table of Object.values(world.store)) {
    const rows = JSON.stringify(await all(table.list({}) as AsyncIterable<{ row: unknown; etag: string }>))
    assert.ok(!rows.includes(password))
  }
})

test('a reminder of a link that was opened meanwhile is not sent', async () => {
  const world = await told('{ mode: one-time-link, unopened: { nudge: again } }')
  const app = world.app()
  const token = /api\/once\/([\w-]{22})/.exec(lettersTo(world, anna).join())?.[1] ?? ''
  const mailbox = await app.store.mailboxes.get('town', anna)
  assert.ok(mailbox)
  await owe(app, await app.playbook('town', 1), mailbox.row, 'again')
  await openOnce(app, token, undefined, { asked: null, accepted: null })
  await followPasswords(app)
  const before = lettersTo(world, anna).length
  await world.run({ until: async ({ store }) => (await all(store.notices.list({ states: ['due'] }))).length === 0 })
  assert.equal(lettersTo(world, anna).length, before)
  const states = (await all(app.store.notices.list({ partition: 'town' })))
    .filter(({ notice }) => notice === 'again')
    .map(({ state }) => state)
  assert.deepEqual(states, ['cancelled'])
})
