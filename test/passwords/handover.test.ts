import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'
import { carryOut } from '../../shared/commands/dry-run.ts'
import { lookOnce, openOnce as openPage } from '../../shared/commands/once.ts'
import {
  handIn,
  passwordBundle,
  passwordLetters,
  passwordList,
  reissue,
  secondFactor,
  trusteeAccess,
} from '../../shared/commands/passwords.ts'
import { passwordAccess } from '../../shared/passwords/access.ts'
import { archiveAccess } from '../../shared/passwords/archive.ts'
import { followPasswords, openMailboxes } from '../../shared/steps/passwords.ts'
import type { WaveRow } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { MortalGate } from '../fakes/gate.ts'
import { World } from '../fakes/world.ts'
import { refusal } from '../intake/refusal.ts'
import { anna, bob, mailboxRow, provisioned, shown, tokenFor, withPasswords } from './town.ts'

/** The page that a POST answers with, where it is one. */
async function openOnce(...given: Parameters<typeof openPage>): Promise<{ status: number; body: string }> {
  const { status, body } = await openPage(...given)
  return { status, body: typeof body === 'string' ? body : '' }
}

const reader = { asked: null, accepted: 'en' }
const hour = 3_600_000
const link = '{ mode: one-time-link }'

/** Everything that is stored, logged and waiting, as one text. */
async function everything(world: World): Promise<string> {
  const tables = await Promise.all(
    Object.values(world.store).map(table => all(table.list({}) as AsyncIterable<{ row: unknown; etag: string }>)),
  )
  return JSON.stringify([tables, world.lines, world.queues.waiting, world.readers.letters.map(({ mime }) => String(mime))])
}

describe('a one-time link', () => {
  test('shows the password that the account has, to one POST; every later look shows nothing', async () => {
    const { world, app } = await provisioned(link)
    const token = await tokenFor(app, anna)
    const page = await openOnce(app, token, undefined, reader)
    assert.equal(page.status, 200)
    assert.equal(shown(page.body), world.accounts.passwords.get(anna))
    for (const again of [await openOnce(app, token, undefined, reader), await lookOnce(app, token, reader)]) {
      assert.equal(again.status, 410)
      assert.equal(shown(again.body), undefined)
      assert.match(again.body, /opened already/)
    }
    const row = (await app.store.passwords.get('town', anna))?.row
    assert.deepEqual([row?.state, row?.sealed, row?.salt, row?.openedAt], ['opened', undefined, undefined, app.now()])
  })

  test('a scanner that follows it a hundred times learns nothing and opens nothing', async () => {
    const { world, app } = await provisioned(link)
    const token = await tokenFor(app, anna)
    const before = await everything(world)
    for (let i = 0; i < 100; i++) {
      const page = await lookOnce(app, token, reader)
      assert.equal(page.status, 200)
      assert.ok(!page.body.includes(world.accounts.passwords.get(anna) ?? '?'))
    }
    assert.equal(await everything(world), before)
    assert.equal(shown((await openOnce(app, token, undefined, reader)).body), world.accounts.passwords.get(anna))
  })

  test('of twenty POSTs at once one is shown the password', async () => {
    const { world, app } = await provisioned(link)
    const token = await tokenFor(app, anna)
    const pages = await Promise.all(Array.from({ length: 20 }, () => openOnce(app, token, undefined, reader)))
    assert.deepEqual(
      pages.flatMap(({ body }) => shown(body) ?? []),
      [world.accounts.passwords.get(anna)],
    )
  })

  test('one process that dies while opening shows nothing twice', async () => {
    for (let n = 1; n < 12; n++) {
      const { world, app } = await provisioned(link)
      const token = await tokenFor(app, anna)
      const gate = new MortalGate({ at: n, when: 'after' })
      const first = await openOnce(world.app(gate), token, undefined, reader).then(
        ({ body }) => shown(body),
        () => undefined,
      )
      const second = shown((await openOnce(app, token, undefined, reader)).body)
      assert.ok(first === undefined || second === undefined, `call ${n}`)
    }
  })

  for (const [what, token] of [
    ['made up', 'AAAAAAAAAAAAAAAAAAAAAA'],
    ['too short', 'A'],
    ['a path', '../../etc/passwd'],
    ['empty', ''],
  ] as const) {
    test(`that is ${what} is unknown`, async () => {
      const { app } = await provisioned(link)
      for (const page of [await lookOnce(app, token, reader), await openOnce(app, token, undefined, reader)]) {
        assert.equal(page.status, 404)
        assert.equal(shown(page.body), undefined)
      }
    })
  }

  test('is the same each time it is asked for, until it is opened; then there is none', async () => {
    const { app } = await provisioned(link)
    const token = await tokenFor(app, anna)
    assert.equal(await tokenFor(app, anna), token)
    assert.notEqual(await tokenFor(app, bob), token)
    await openOnce(app, token, undefined, reader)
    assert.equal((await passwordAccess(app, await mailboxRow(app, anna))).state, 'over')
  })

  test('ends after its life, and what was sealed is destroyed', async () => {
    const { world, app } = await provisioned('{ mode: one-time-link, life: P7D }')
    const token = await tokenFor(app, anna)
    world.clock.move(7 * 24 * hour - 1_000)
    assert.equal((await lookOnce(app, token, reader)).status, 200)
    world.clock.move(2_000)
    assert.equal((await openOnce(app, token, undefined, reader)).status, 410)
    await followPasswords(app)
    await followPasswords(app)
    const row = (await app.store.passwords.get('town', anna))?.row
    assert.deepEqual([row?.state, row?.sealed, row?.dueAt], ['expired', undefined, undefined])
  })

  test('speaks the language asked for, else the browser’s, else French', async () => {
    const { app } = await provisioned(link)
    const token = await tokenFor(app, anna)
    for (const [asked, accepted, lang] of [
      ['nl', 'de', 'nl'],
      [null, 'it, de-BE;q=0.8, en', 'de'],
      [null, null, 'fr'],
      ['xx', 'yy', 'fr'],
    ] as const) {
      const { body } = await lookOnce(app, token, { asked, accepted })
      assert.match(body, new RegExp(`<html lang="${lang}">`))
    }
  })
})

describe('the second factor', () => {
  const coded = '{ mode: one-time-link, secondFactor: code }'

  test('opens with the code that the operator was told, spaces or not; the telling is audited', async () => {
    const { world, app } = await provisioned(coded)
    const token = await tokenFor(app, anna)
    const { code } = await secondFactor(app, 'town', anna, 'Odile')
    const page = await openOnce(app, token, `${code.slice(0, 4)} ${code.slice(4)}`, reader)
    assert.equal(shown(page.body), world.accounts.passwords.get(anna))
    const audit = await all(app.store.audit.list({ partition: 'town' }))
    assert.ok(audit.some(({ action, who }) => action === 'tell-code' && who === 'Odile'))
    assert.ok(!JSON.stringify(audit).includes(code))
  })

  test('after five wrong codes it opens for nobody, not for the right one either', async () => {
    const { app } = await provisioned(coded)
    const token = await tokenFor(app, anna)
    const { code } = await secondFactor(app, 'town', anna, 'Odile')
    const wrong = code === '00000000' ? '11111111' : '00000000'
    for (const status of [403, 403, 403, 403, 410]) assert.equal((await openOnce(app, token, wrong, reader)).status, status)
    const last = await openOnce(app, token, code, reader)
    assert.deepEqual([last.status, shown(last.body)], [410, undefined])
  })

  test('a hundred guesses at once count five', async () => {
    const { app } = await provisioned(coded)
    const token = await tokenFor(app, anna)
    await Promise.all(Array.from({ length: 100 }, (_, i) => openOnce(app, token, String(i).padStart(8, '0'), reader)))
    assert.equal((await app.store.passwords.get('town', anna))?.row.wrong, 5)
  })

  test('without a code nothing opens', async () => {
    const { app } = await provisioned(coded)
    assert.equal((await openOnce(app, await tokenFor(app, anna), undefined, reader)).status, 403)
  })
})

describe('a link that nobody opens', () => {
  const policy = '{ mode: one-time-link, life: P14D, unopened: { nudgeAfter: PT48H, nudge: done, resetAfter: P5D, reset: done } }'

  test('is reminded of after 48 hours, once; after five days the password is another and so is the link', async () => {
    const { world, app } = await provisioned(policy)
    const token = await tokenFor(app, anna)
    const first = world.accounts.passwords.get(anna)
    world.clock.move(47 * hour)
    await followPasswords(app)
    assert.deepEqual(await all(app.store.notices.list({ partition: 'town' })), [])
    world.clock.move(hour + 60_000)
    await followPasswords(app)
    await followPasswords(app)
    assert.equal((await all(app.store.notices.list({ partition: 'town' }))).filter(({ to }) => to === anna).length, 1)
    assert.equal((await lookOnce(app, token, reader)).status, 200)
    world.clock.move(3 * 24 * hour)
    await followPasswords(app)
    assert.notEqual(world.accounts.passwords.get(anna), first)
    assert.equal((await openOnce(app, token, undefined, reader)).status, 410)
    const page = await openOnce(app, await tokenFor(app, anna), undefined, reader)
    assert.equal(shown(page.body), world.accounts.passwords.get(anna))
  })

  test('counts from when its link was made, however long before the password was set', async () => {
    const { world, app } = await provisioned(policy)
    world.clock.move(10 * 24 * hour)
    await followPasswords(app)
    assert.deepEqual(await all(app.store.notices.list({ partition: 'town' })), [])
    await tokenFor(app, anna)
    world.clock.move(47 * hour)
    await followPasswords(app)
    assert.deepEqual(await all(app.store.notices.list({ partition: 'town' })), [])
    world.clock.move(hour)
    await followPasswords(app)
    assert.deepEqual(
      (await all(app.store.notices.list({ partition: 'town' }))).map(({ to }) => to),
      [anna],
    )
    assert.ok(((await app.store.passwords.get('town', anna))?.row.expiresAt ?? 0) > world.clock.now() + 11 * 24 * hour)
  })

  test('of a mailbox that was cancelled is no more reminded of, nor its password changed; it ends with its life', async () => {
    const { world, app } = await provisioned(policy)
    const token = await tokenFor(app, anna)
    const password = world.accounts.passwords.get(anna)
    const mailbox = await app.store.mailboxes.get('town', anna)
    assert.ok(mailbox)
    await app.store.mailboxes.save({ ...mailbox.row, state: 'cancelled' }, mailbox.etag)
    for (let day = 0; day < 13; day++) {
      world.clock.move(24 * hour)
      await followPasswords(app)
    }
    assert.deepEqual(
      (await all(app.store.notices.list({ partition: 'town' }))).map(({ to }) => to).filter(to => to === anna),
      [],
    )
    assert.equal(world.accounts.passwords.get(anna), password)
    assert.equal((await lookOnce(app, token, reader)).status, 200)
    const waiting = (await app.store.passwords.get('town', anna))?.row
    assert.equal(waiting?.dueAt, waiting?.expiresAt)
    world.clock.move(25 * hour)
    await followPasswords(app)
    const row = (await app.store.passwords.get('town', anna))?.row
    assert.deepEqual([row?.state, row?.sealed, row?.salt], ['expired', undefined, undefined])
  })

  test('of a mailbox that was cancelled before its account had the password is destroyed', async () => {
    const { world, app } = await provisioned(policy)
    const [stored, mailbox] = [await app.store.passwords.get('town', anna), await app.store.mailboxes.get('town', anna)]
    assert.ok(stored && mailbox)
    const { setAt: _set, expiresAt: _until, ...row } = stored.row
    await app.store.passwords.save({ ...row, state: 'sealed', dueAt: world.clock.now() }, stored.etag)
    await app.store.mailboxes.save({ ...mailbox.row, state: 'cancelled' }, mailbox.etag)
    await followPasswords(app)
    const now = (await app.store.passwords.get('town', anna))?.row
    assert.deepEqual([now?.state, now?.sealed, now?.salt], ['expired', undefined, undefined])
  })

  test('one that was opened is left alone', async () => {
    const { world, app } = await provisioned(policy)
    await openOnce(app, await tokenFor(app, anna), undefined, reader)
    const password = world.accounts.passwords.get(anna)
    world.clock.move(10 * 24 * hour)
    await followPasswords(app)
    assert.equal((await all(app.store.notices.list({ partition: 'town' }))).filter(({ to }) => to === anna).length, 0)
    assert.equal(world.accounts.passwords.get(anna), password)
  })
})

describe('a new password', () => {
  test('by an operator: the old link is dead, the new one shows what the account has; audited', async () => {
    const { world, app } = await provisioned(link)
    const old = await tokenFor(app, anna)
    const { links } = await reissue(app, 'town', { why: 'lost the mail', mailboxes: [anna] }, 'Odile')
    assert.equal((await openOnce(app, old, undefined, reader)).status, 410)
    const token = links[0]?.url?.split('/').at(-1) ?? ''
    assert.equal(shown((await openOnce(app, token, undefined, reader)).body), world.accounts.passwords.get(anna))
    const audit = await all(app.store.audit.list({ partition: 'town' }))
    assert.ok(audit.some(({ action, why }) => action === 'reissue' && why === 'lost the mail'))
  })

  test('is made once for each: one who is named twice is refused, with all else that is wrong', async () => {
    const { world, app } = await provisioned(link)
    const before = [...world.accounts.passwords]
    const { details } = await refusal(() => reissue(app, 'town', { mailboxes: [anna, bob, 'ANNA@town.example'] }, 'Odile'))
    assert.deepEqual(
      details.map(({ path }) => path),
      ['why', 'mailboxes[2]'],
    )
    assert.deepEqual([...world.accounts.passwords], before)
  })

  for (const passwords of [link, '{ mode: temporary-access-pass }'])
    test(`can be tried first, with ${passwords}: nobody's password is another, no link is told, nothing that is sealed is shown`, async () => {
      const { world, app } = await provisioned(passwords)
      const before = [await everything(world), JSON.stringify([...world.accounts.passwords])]
      const { result } = await carryOut(app, 'true', on =>
        reissue(on, 'town', { why: 'lost the mail', mailboxes: [anna] }, 'Odile'),
      )
      assert.equal(result.changed, 1)
      assert.deepEqual([await everything(world), JSON.stringify([...world.accounts.passwords])], before)
      assert.doesNotMatch(JSON.stringify(result), /api\/once|sealed":|salt|"links"/)
    })

  test('stopped at any call, it ends with the password that the account has', async () => {
    const { app: calm, world: quiet } = await provisioned(link)
    const count = new MortalGate()
    await reissue(quiet.app(count), 'town', { why: 'to count the calls', mailboxes: [anna] }, 'Odile')
    assert.ok(count.names.includes('accounts.setPassword') && (await tokenFor(calm, anna)))
    for (const when of ['before', 'after'] as const) {
      for (const [i] of count.names.entries()) {
        const { world, app } = await provisioned(link)
        const gate = new MortalGate({ at: i + 1, when })
        await reissue(world.app(gate), 'town', { why: 'stopped half-way', mailboxes: [anna] }, 'Odile').catch(() => {})
        world.clock.move(60_000)
        await followPasswords(app)
        const page = await openOnce(app, await tokenFor(app, anna), undefined, reader)
        assert.equal(shown(page.body), world.accounts.passwords.get(anna), `${when} ${count.names[i]}`)
      }
    }
  })

  for (const [what, passwords, mailboxes, message] of [
    ['somebody who is not in the wave', link, ['nobody@town.example'], /not in wave/],
    ['a playbook that makes none', '{ mode: none }', [anna], /passwords\.mode/],
    ['nobody', link, [], /at least one/],
  ] as const) {
    test(`for ${what} is refused`, async () => {
      const { app } = await provisioned(passwords)
      const { details } = await refusal(() => reissue(app, 'town', { why: 'because', mailboxes: [...mailboxes] }, 'Odile'))
      assert.match(details[0]?.message ?? '', message)
    })
  }
})

test('an account’s first password survives a stop at any call: sealed first, then set', { timeout: 60_000 }, async () => {
  const ready = {
    until: async ({ store }: World) => (await all(store.mailboxes.list({}))).filter(row => row.targetReadyAt).length === 2,
  }
  const calm = new MortalGate()
  await new World(withPasswords(link)).run({ ...ready, process: () => calm })
  const ensured = calm.names.lastIndexOf('accounts.ensure')
  let tried = 0
  for (const [i, name] of calm.names.entries()) {
    if (i < calm.names.indexOf('accounts.ensure') - 12 || i > ensured + 6 || !/insert|save|ensure|secret/.test(name)) continue
    for (const when of ['before', 'after'] as const) {
      tried++
      const world = new World(withPasswords(link))
      await world.run({
        ...ready,
        process: (n, pass) => (n === 0 ? new MortalGate({ at: i + 1, when }, pass) : new MortalGate(undefined, pass)),
      })
      for (const address of [anna, bob]) {
        const page = await openOnce(world.app(), await tokenFor(world.app(), address), undefined, reader)
        assert.equal(shown(page.body), world.accounts.passwords.get(address), `${when} call ${i + 1} (${name})`)
      }
    }
  }
  assert.ok(tried > 20, `only ${tried} steps were tried`)
})

describe('a Temporary Access Pass', () => {
  const pass = '{ mode: temporary-access-pass, lifetime: PT6H, usableOnce: true }'
  test('is made when the mailbox opens, not before; it is behind a link and ends with itself', async () => {
    const { world, app } = await provisioned(pass)
    assert.deepEqual(world.accounts.passes, [])
    assert.equal((await passwordAccess(app, await mailboxRow(app, anna))).state, 'not-yet')
    const wave = await world.wave()
    assert.deepEqual(await openMailboxes(app, wave as WaveRow), { open: 2, waiting: [] })
    await openMailboxes(app, wave as WaveRow)
    assert.deepEqual(
      world.accounts.passes,
      Array.from({ length: 2 }, () => ({ startsAt: app.now(), lifetimeMinutes: 360, usableOnce: true })),
    )
    const page = await openOnce(app, await tokenFor(app, anna), undefined, reader)
    assert.equal(shown(page.body), world.accounts.passwords.get(anna))
    world.clock.move(6 * hour + 1)
    assert.equal((await passwordAccess(app, await mailboxRow(app, bob))).state, 'over')
  })
})

describe('a sealed bundle', () => {
  const bundle = '{ mode: sealed-bundle }'
  test('has every password of the wave, opens with what its link shows once, is counted and audited, and ends after 14 days', async () => {
    const { world, app } = await provisioned(bundle)
    assert.equal((await passwordAccess(app, await mailboxRow(app, anna))).state, 'by-trustee')
    const { zip, link: url } = await passwordBundle(app, { wave: 'town' }, 'Odile')
    assert.ok(!Buffer.from(zip).includes(world.accounts.passwords.get(anna) ?? '?'))
    const page = await openOnce(app, url.split('/').at(-1) ?? '', undefined, reader)
    const entries = await new ZipReader(new BlobReader(new Blob([new Uint8Array(zip)]))).getEntries()
    assert.deepEqual(
      entries.map(({ filename }) => filename),
      ['passwords.csv', 'letters.pdf'],
    )
    const [csv] = entries
    assert.ok(csv && !csv.directory)
    const text = await csv.getData(new TextWriter(), { password: shown(page.body) ?? '' })
    for (const address of [anna, bob])
      assert.ok(text.includes(`"${address}","${address}","${world.accounts.passwords.get(address)}"`), text)
    assert.match(String(await passwordLetters(app, { wave: 'town' }, 'Odile')).slice(0, 5), /%PDF-/)
    const { passwords } = await passwordList(app, 'town')
    assert.deepEqual(
      passwords.map(({ address, handedOut }) => [address, handedOut]),
      [
        [anna, 2],
        [bob, 2],
      ],
    )
    const audit = await all(app.store.audit.list({ partition: 'town' }))
    assert.equal(audit.filter(({ action }) => action === 'fetch-passwords').length, 2)
    world.clock.move(14 * 24 * hour + 1)
    await refusal(() => passwordBundle(app, { wave: 'town' }, 'Odile'))
    await followPasswords(app)
    for (const row of await all(app.store.passwords.list({}))) assert.equal(row.sealed, undefined, row.address)
  })

  test('a trustee fetches it through his link as often as he needs to, and opens it with what an operator tells him', async () => {
    const { world, app } = await provisioned(bundle)
    const wave = (await world.wave()) as WaveRow
    const access = await archiveAccess(app, wave, undefined)
    assert.equal((await archiveAccess(app, wave, undefined))?.url, access?.url)
    const token = access?.url.split('/').at(-1) ?? ''
    const look = await lookOnce(app, token, reader)
    assert.match(String(look.body), /Passwords to hand out/)
    const { password } = await trusteeAccess(app, { wave: 'town' }, 'Odile')
    assert.ok(!(await everything(world)).includes(password))
    for (let i = 0; i < 2; i++) {
      const page = await openPage(app, token, undefined, reader)
      assert.ok('file' in page && page.file === 'passwords.zip')
      const [csv] = await new ZipReader(new BlobReader(new Blob([new Uint8Array(page.body)]))).getEntries()
      assert.ok(csv && !csv.directory)
      assert.ok((await csv.getData(new TextWriter(), { password })).includes(world.accounts.passwords.get(anna) ?? '?'))
    }
    const audit = await all(app.store.audit.list({ partition: 'town' }))
    assert.deepEqual(
      audit
        .map(({ action }) => action)
        .filter(action => /fetch|tell/.test(action))
        .sort(),
      ['fetch-passwords', 'fetch-passwords', 'tell-archive-password'],
    )
    world.clock.move(14 * 24 * hour + 1)
    assert.equal((await openPage(app, token, undefined, reader)).status, 410)
    assert.equal(await archiveAccess(app, wave, undefined), undefined)
  })

  test('the trustee of an entity gets the passwords of his entity only', async () => {
    const { world, app } = await provisioned(bundle, 'entities: { north: {}, south: { domains: [town.example] } }\n')
    const wave = (await world.wave()) as WaveRow
    const south = await archiveAccess(app, wave, 'south')
    const { password } = await trusteeAccess(app, { wave: 'town', entity: 'south' }, 'Odile')
    const page = await openPage(app, south?.url.split('/').at(-1) ?? '', undefined, reader)
    assert.ok(typeof page.body !== 'string')
    const [csv] = await new ZipReader(new BlobReader(new Blob([new Uint8Array(page.body)]))).getEntries()
    assert.ok(csv && !csv.directory && (await csv.getData(new TextWriter(), { password })).includes(anna))
    await refusal(() => passwordBundle(app, { wave: 'town', entity: 'north' }, 'Odile'))
  })

  test('of an entity that the wave does not have is refused with those it has, and no link is made', async () => {
    const { app } = await provisioned(bundle, 'entities: { north: {}, south: { domains: [town.example] } }\n')
    const stored = async () => [await all(app.store.passwords.list({})), await all(app.store.links.list({}))]
    const before = await stored()
    for (const entity of ['north', 'South', '', 'x'.repeat(3_000)])
      for (const fetch of [trusteeAccess, passwordBundle, passwordLetters]) {
        const { status, message } = await refusal(() => fetch(app, { wave: 'town', entity }, 'Odile'))
        assert.equal(status, 404)
        assert.match(message, /no entity .*it has south/)
      }
    assert.deepEqual(await stored(), before)
  })

  test('another archive has another password', async () => {
    const { app } = await provisioned(bundle)
    const [one, two] = [
      await passwordBundle(app, { wave: 'town' }, 'Odile'),
      await passwordBundle(app, { wave: 'town' }, 'Odile'),
    ]
    const words = await Promise.all(
      [one, two].map(async ({ link: url }) => shown((await openOnce(app, url.split('/').at(-1) ?? '', undefined, reader)).body)),
    )
    assert.ok(words[0] && words[1] && words[0] !== words[1])
  })
})

describe('passwords that somebody else set', () => {
  test('are sealed when they are handed in, and shown once', async () => {
    const { world, app } = await provisioned(link)
    await handIn(app, 'town', [{ address: anna, password: 'made-by-their-directory' }], 'Odile')
    assert.ok(!(await everything(world)).includes('made-by-their-directory'))
    assert.equal(shown((await openOnce(app, await tokenFor(app, anna), undefined, reader)).body), 'made-by-their-directory')
  })
  test('are refused by path without being repeated', async () => {
    const { app } = await provisioned(link)
    const { details } = await refusal(() => handIn(app, 'town', [{ address: anna, password: 'short77' }], 'Odile'))
    assert.equal(details[0]?.path, '[0].password')
    assert.ok(!JSON.stringify(details).includes('short77'))
  })

  test('are refused for all that is wrong at once: one twice, one that is not there, one too short; none is stored', async () => {
    const { app } = await provisioned(link)
    const before = await all(app.store.passwords.list({}))
    const right = { address: anna, password: 'correct horse battery' }
    const twice = { address: 'Anna@Town.example', password: 'another horse battery' }
    const sent = [right, twice, { address: 'nobody@town.example', password: 'short77' }, { address: bob }]
    const { details } = await refusal(() => handIn(app, 'town', sent, 'Odile'))
    assert.deepEqual(
      details.map(({ path }) => path),
      ['[2].password', '[3].password', '[1].address', '[2].address'],
    )
    assert.match(details[2]?.message ?? '', /already stands at \[0\]\.address/)
    assert.deepEqual(await all(app.store.passwords.list({})), before)
  })
})

test('mode none: no password is made known, changed or reset, and no row of one is made', async () => {
  const { world, app } = await provisioned('{ mode: none }')
  assert.equal((await passwordAccess(app, await mailboxRow(app, anna))).state, 'unchanged')
  await openMailboxes(app, (await world.wave()) as WaveRow)
  await followPasswords(app)
  assert.deepEqual(await all(app.store.passwords.list({})), [])
  assert.deepEqual([...world.accounts.passwords], [])
})

test('an account that was there before keeps its password', async () => {
  const world = new World(withPasswords(link))
  world.accounts.there.add(anna)
  await world.run({
    until: async ({ store }) => (await all(store.mailboxes.list({}))).filter(row => row.targetReadyAt).length === 2,
  })
  assert.equal((await passwordAccess(world.app(), await mailboxRow(world.app(), anna))).state, 'unchanged')
  assert.equal(world.accounts.passwords.has(anna), false)
})

test('in the mail mode a notice may say the password, and what says it is to be hidden from the record', async () => {
  const { world, app } = await provisioned('{ mode: mail, acceptRisk: { by: the director, why: readers have no other way } }')
  const access = await passwordAccess(app, await mailboxRow(app, anna))
  assert.ok(access.state === 'mailed')
  assert.deepEqual([access.password, access.hide], [world.accounts.passwords.get(anna), [world.accounts.passwords.get(anna)]])
})

for (const passwords of [
  link,
  '{ mode: sealed-bundle }',
  '{ mode: temporary-access-pass }',
  '{ mode: mail, acceptRisk: { by: B, why: W } }',
]) {
  test(`nothing that is stored, logged, queued or sent holds a password or a link: ${passwords}`, async () => {
    const { world, app } = await provisioned(passwords)
    await openMailboxes(app, (await world.wave()) as WaveRow)
    const tokens: string[] = []
    for (const address of [anna, bob]) {
      const access = await passwordAccess(app, await mailboxRow(app, address))
      if (access.state === 'link') tokens.push(access.url.split('/').at(-1) ?? '')
    }
    if (passwords.includes('bundle'))
      tokens.push((await passwordBundle(app, { wave: 'town' }, 'Odile')).link.split('/').at(-1) ?? '')
    const text = await everything(world)
    assert.ok(world.accounts.passwords.size === 2)
    for (const secret of [...world.accounts.passwords.values(), ...tokens])
      for (const form of [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), Buffer.from(secret).toString('hex')])
        assert.ok(!text.includes(form), form)
  })
}
