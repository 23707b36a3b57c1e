import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { measure, measureQuota } from '../../shared/imap/measure.ts'
import type { Endpoint } from '../../shared/imap/session.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { type Dovecot, startDovecot } from '../sandbox/mail/dovecot.ts'
import { Wire } from '../sandbox/mail/wire.ts'
import { handsOn } from './hands-imap.ts'
import { measureContract, quotaContract } from './measure.ts'
import { sourceContract } from './source.ts'
import { targetContract } from './target.ts'

const master = { user: 'bmaster', password: 'master-secret', separator: '*' }
const anna = 'anna@town.example'

describe('over IMAP', { timeout: 120_000 }, () => {
  const room = 200 * 2 ** 20
  const dir = mkdtempSync(join(tmpdir(), 'contracts-'))
  let old: Dovecot
  let fresh: Dovecot
  let bare: Dovecot

  before(async () => {
    const shape = { users: 'any', password: 'user-secret', master } as const
    ;[old, fresh, bare] = await Promise.all([
      startDovecot({ dir: join(dir, 'old'), layout: 'old', ...shape }),
      startDovecot({ dir: join(dir, 'new'), layout: 'new', ...shape, quotaBytes: room }),
      startDovecot({ dir: join(dir, 'bare'), layout: 'old', ...shape, capability: 'IMAP4rev1' }),
    ])
  })

  after(async () => {
    await Promise.all([old.kill9(), fresh.kill9(), bare.kill9()])
    rmSync(dir, { recursive: true, force: true })
  })

  for (const [what, server] of Object.entries({ 'Dovecot (maildir)': () => old, 'Dovecot (IMAP4rev1 only)': () => bare })) {
    sourceContract(what, async () => {
      const hands = await handsOn(owner(server()))
      const source = await openImapSource(endpoint(server()), anna)
      const close = async () => void (await Promise.all([source.close(), hands.close()]))
      return { source, hands, close, condstore: server() === old }
    })
  }

  // A mailbox of its own for each: what others leave behind has dates too.
  for (const [what, server] of Object.entries({ 'Dovecot (maildir)': () => old, 'Dovecot (IMAP4rev1 only)': () => bare })) {
    measureContract(what, async () => {
      const eve = 'eve@town.example'
      const hands = await handsOn(owner(server(), eve))
      return { look: () => measure(endpoint(server(), eve), eve), hands, close: () => hands.close() }
    })
  }

  for (const [what, server, most] of [
    ['Dovecot (sdbox)', () => fresh, room],
    ['Dovecot (IMAP4rev1 only)', () => bare, undefined],
  ] as const)
    quotaContract(what, most, async () => {
      const eve = 'eve@town.example'
      const hands = await handsOn(owner(server(), eve))
      return { look: () => measureQuota(endpoint(server(), eve), eve), hands, close: () => hands.close() }
    })

  for (const [what, server] of Object.entries({ 'Dovecot (sdbox)': () => fresh, 'Dovecot (IMAP4rev1 only)': () => bare })) {
    targetContract(what, async () => {
      const hands = await handsOn(owner(server()))
      const target = await openImapTarget(endpoint(server()), anna)
      return { target, hands, close: async () => void (await Promise.all([target.close(), hands.close()])) }
    })
  }

  test('a parent that its owner deleted above its children is no folder any more, though Dovecot lists it', async () => {
    const carl = 'carl@town.example'
    const wire = await Wire.open(owner(old, carl))
    const names = ['Projets', '&AMk-t&AOk-', 'A B']
    for (const name of names.flatMap(name => [name, `${name}.2024`])) await wire.must(`CREATE "${name}"`)
    await wire.must('LIST "" "*"')
    for (const name of names) await wire.must(`DELETE "${name}"`)
    wire.close()
    const source = await openImapSource(endpoint(old, carl), carl)
    const selectable = (await source.folders()).filter(({ container }) => !container).map(({ path }) => path)
    await source.close()
    assert.deepEqual(selectable.sort(), ['A B.2024', 'INBOX', 'Projets.2024', 'Été.2024'])
  })
})

const owner = ({ host, port }: Dovecot, user = anna) => ({ host, port, user, pass: 'user-secret' })

function endpoint({ host, port }: Dovecot, user = anna): Endpoint {
  return { host, port, tls: 'none', login: async () => ({ user: `${user}*${master.user}`, pass: master.password }) }
}
