import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { describe as inWords } from '../sandbox/mail/compare.ts'
import { generateMailbox } from '../sandbox/mail/generator.ts'
import { type MailboxSnapshot, snapshot } from '../sandbox/mail/snapshot.ts'
import { checkMailbox, checkMailboxes, spoil } from '../sandbox/world/check.ts'
import { withoutKeywords } from '../sandbox/world/mail.ts'
import type { Posted } from '../sandbox/world/post.ts'
import { startWorld, type World } from '../sandbox/world.ts'
import { type HostProcess, startHostProcess, until } from './host-process.ts'

const now = Date.UTC(2026, 10, 1)

describe('a whole wave over the whole world', { timeout: 180_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'world-'))
  const options = { dir, mailboxes: 3, mailboxDelayMs: 1500, ttlSeconds: 4, lateSeconds: 6 }
  let world: World
  let host: HostProcess
  let atFirst: Map<string, MailboxSnapshot>
  const posted: Posted[] = []

  before(async () => {
    world = await startWorld(options)
    await world.fill((_, i) => withoutKeywords(generateMailbox({ seed: `world ${i}`, messages: 50, size: 'small', now })))
    atFirst = await originals()
    const { FUNCTIONS_HOST_KEY: _, ...settings } = world.settings
    host = await startHostProcess(settings)
  })

  after(async () => {
    await host?.stop()
    await world?.clear()
    rmSync(dir, { recursive: true, force: true })
  })

  const originals = async () =>
    new Map(
      await Promise.all(
        world.residents.map(async ({ address }) => [address, await snapshot(world.signIn('old', address))] as const),
      ),
    )

  test('it ends complete, while mail from outside goes on arriving', async () => {
    const someone = world.sender()
    const stale = world.sender({ remembers: true })
    await stale.learn(world.domains)
    const { name, text } = world.playbook
    const put = await host.call('PUT', `playbooks/${name}`, text, { 'content-type': 'application/yaml' })
    assert.equal(put.status, 201, put.text)
    const post = await host.call('POST', 'waves', world.wave('w1'))
    assert.equal(post.status, 202, post.text)
    for (const { address } of world.residents) posted.push(await someone.write(address, 'avant'))
    assert.deepEqual(new Set(posted.map(({ side }) => side)), new Set(['old']))

    await until(host, 'waves/w1', ({ domains }) => switched(domains).length === world.domains.length, 90_000)
    for (const { address } of world.residents) posted.push(await someone.write(address, 'après'))
    assert.deepEqual(new Set(posted.slice(3).map(({ side }) => side)), new Set(['new']))
    const late = await stale.write(world.residents[0]?.address ?? '', 'en retard')
    assert.equal(late.side, 'old')
    posted.push(late)

    const wave = await until(host, 'waves/w1', ({ verdict }) => verdict !== null, 90_000)
    assert.equal(wave.verdict, 'complete', JSON.stringify(wave))
  })

  test('each mailbox is its original byte for byte, has each letter once and one notice in its inbox', async () => {
    for (const { address, messages, differences, notices, astray } of await checkMailboxes(world, posted)) {
      assert.deepEqual(inWords(differences), [], address)
      assert.deepEqual(astray, [], address)
      assert.equal(notices, 1, address)
      assert.ok(messages > 50)
    }
  })

  test('both name servers answer the MX that Microsoft named, and nothing else', async () => {
    for (const domain of world.domains)
      assert.deepEqual(await world.mx(domain), [
        { server: 'BIND', exchangers: [world.newExchanger(domain)] },
        { server: 'Knot', exchangers: [world.newExchanger(domain)] },
      ])
  })

  test('the old server has all that it had, as it was', async () => {
    for (const [address, now] of await originals()) {
      const had = atFirst.get(address)
      assert.ok(had)
      for (const [folder, messages] of had) assert.deepEqual(now.get(folder)?.slice(0, messages.length), messages, folder)
    }
  })

  test('the same world is there again after a stop and a start', async () => {
    const { settings, playbook } = world
    await world.stop()
    world = await startWorld(options)
    assert.deepEqual(world.settings, settings)
    assert.equal(world.playbook.text, playbook.text)
    const [first] = world.residents
    assert.ok(first)
    const again = await checkMailbox(
      world,
      first.address,
      posted.filter(({ address }) => address === first.address),
    )
    assert.deepEqual([inWords(again.differences), again.notices, again.astray], [[], 1, []])
    const wave = await until(host, 'waves/w1', ({ verdict }) => verdict !== undefined)
    assert.equal(wave.verdict, 'complete')
    assert.equal((await world.sender().write(first.address, 'encore')).side, 'new')
  })

  test('a copy that lacks one message is told from a whole one', async () => {
    const [, second] = world.residents
    assert.ok(second)
    await spoil(world, second.address)
    const { differences } = await checkMailbox(
      world,
      second.address,
      posted.filter(({ address }) => address === second.address),
    )
    assert.deepEqual(inWords(differences), ['INBOX: 1 lost'])
  })
})

function switched(domains: unknown): string[] {
  return (
    (domains as { domain: string; switchedAt?: string }[] | undefined)?.flatMap(one => (one.switchedAt ? [one.domain] : [])) ?? []
  )
}
