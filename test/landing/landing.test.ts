import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type HostProcess, until } from '../e2e/host-process.ts'
import { passwords, type Site, startSite } from '../e2e/site.ts'
import { type ExchangeFront, startExchangeFront } from '../sandbox/mail/exchange-front.ts'
import { exchangeFolders } from '../sandbox/mail/exchange-words.ts'
import { type GeneratedMailbox, type GeneratedMessage, generateMailbox } from '../sandbox/mail/generator.ts'
import { prngOf } from '../sandbox/mail/prng.ts'

const anna = 'anna@town.test'
const now = Date.UTC(2026, 9, 1)
const largest = 60_000

/** 240 messages in one folder, of which a tenth have lines that Exchange refuses; and in another one of each oddity. */
function oddMailbox(user: string): GeneratedMailbox {
  const regular = generateMailbox({ seed: user, messages: 120, size: 'small', now })
  const prng = prngOf(user)
  const one = (folder: string, n: number, body: string, more: Partial<GeneratedMessage> = {}): GeneratedMessage => {
    const head = `From: a@town.test\r\nMessage-ID: <${folder}.${n}@town.test>\r\nSubject: ${n}\r\nDate: Thu, 1 Oct 2026 08:00:00 +0200\r\n`
    const raw = Buffer.from(`${head}\r\n${body}\r\n`, 'latin1')
    return { folder: [folder], flags: [], keywords: [], internalDate: new Date(now - n * 1000), raw, ...more }
  }
  const long = 'x'.repeat(12_000)
  return {
    folders: [
      ...regular.folders,
      ...['Bulk', 'Odd', 'Été', 'ÉTÉ', 'Blancs ', 'Notes privées'].map(name => ({ path: [name], subscribed: true })),
    ],
    *messages() {
      yield* regular.messages()
      for (let n = 0; n < 240; n++) yield one('Bulk', n, prng.chance(0.1) ? long : 'short')
      for (let n = 0; n < 4; n++) yield one('Odd', n, 'y'.repeat(70).concat('\r\n').repeat(1_000))
      for (let n = 4; n < 9; n++) yield one('Odd', n, long)
      for (let n = 9; n < 12; n++) yield one('Odd', n, 'kept', { keywords: ['$label1', 'Projet'] })
      yield one('Été', 1, 'un')
      yield one('ÉTÉ', 1, 'deux')
      yield one('Blancs ', 1, 'trois')
    },
  }
}

describe('a look ahead, then the wave', { timeout: 120_000 }, () => {
  let site: Site
  let front: ExchangeFront
  let host: HostProcess

  before(async () => {
    const folders = exchangeFolders('fr')
    site = await startSite({ people: [anna], messages: 0, mailbox: oddMailbox, new: { folders } })
    front = await startExchangeFront({
      backend: { port: site.target.port, master: { user: 'bmaster', password: passwords.TARGET_PASSWORD, separator: '*' } },
      token: async () => undefined,
      mailboxExists: async () => true,
      password: async ({ authzid, password }) => (password === passwords.TARGET_PASSWORD ? authzid : undefined),
      folders,
      maxMessageBytes: largest,
    })
    host = await site.host({ SWEEP_SCHEDULE: '*/1 * * * * *' })
    const auth = '{ kind: authzid, user: admin, secret: TARGET_PASSWORD }'
    const text = site.playbook('ahead', {
      target: `{ kind: exchange-server, accounts: existing, imap: { host: 127.0.0.1, port: ${front.port}, tls: none, auth: ${auth} } }`,
      calendar: '[{ at: "D 00:00", step: prestage }]',
      copy: `{ largestMessageBytes: ${largest} }`,
    })
    const put = await host.call('PUT', 'playbooks/ahead', text)
    assert.equal(put.status, 201, put.text)
    const wave = { wave: 'w', playbook: 'ahead', day: '2099-01-01', mailboxes: [{ address: anna }] }
    assert.equal((await host.call('POST', 'waves', wave)).status, 202)
  })

  after(async () => {
    await front?.stop()
    await site?.close()
  })

  const landing = async () => (await host.call('GET', 'waves/w/landing')).json as unknown as Landing
  type Found = { kind: string; seen: number; expected: number; between: [number, number]; remedy: string }
  type Score = { hits: number; misses: number; surprises: number; precision?: number; recall?: number }
  type Landing = { scans: Record<string, number>; findings: Found[]; scores?: Record<string, Score> }
  let original: unknown
  let bulk = 0

  test('it says what would not land, with a remedy, and changes nothing', async () => {
    original = await site.original(anna)
    bulk = [...oddMailbox(anna).messages()].filter(({ raw, folder }) => folder[0] === 'Bulk' && raw.length > 9_900).length
    assert.equal((await host.call('POST', 'waves/w/scan')).status, 202)
    await until(host, 'waves/w/landing', ({ scans }) => (scans as Landing['scans']).scanned === 1, 30_000)
    const { findings, scores } = await landing()
    const kinds = Object.fromEntries(findings.map(finding => [finding.kind, finding]))
    assert.equal(scores, undefined)
    assert.deepEqual([kinds['too-large']?.expected, kinds.keywords && kinds.keywords.expected >= 3], [4, true])
    const [least = 0, most = 0] = kinds['long-line']?.between ?? []
    assert.ok(least <= bulk + 5 && bulk + 5 <= most && most < 100, `${least} ${bulk + 5} ${most}`)
    assert.ok((kinds['long-line']?.seen ?? 0) < bulk + 5, 'not every body is read')
    assert.deepEqual([kinds.collision?.seen, kinds.renamed?.seen], [1, 1])
    assert.ok(findings.every(({ remedy }) => remedy.length > 20))
    assert.deepEqual(await site.original(anna), original, 'the source is as it was')
    assert.equal((await site.copy(anna)).has('Bulk'), false, 'nothing was made at the target')
    const forecast = await host.call('GET', 'waves/w/forecast')
    assert.notEqual(forecast.json.copy, null, `sizes are known from the look: ${forecast.text}`)
  })

  test('asked for again it comes to the same', async () => {
    const { findings } = await landing()
    assert.equal((await host.call('POST', 'waves/w/scan')).json.changed, 1)
    await until(host, 'waves/w/landing', ({ scans }) => (scans as Landing['scans']).scanned === 1, 30_000)
    assert.deepEqual((await landing()).findings, findings)
  })

  test('after the wave it is held against what happened: what it said of sizes, lines, keywords and folders was right', async () => {
    await host.call('POST', 'waves/w/reschedule', { why: 'the day has come', day: '2020-01-01' })
    const ended = await until(host, 'waves/w', ({ verdict }) => verdict !== null, 60_000)
    assert.equal(ended.verdict, 'complete-with-exceptions', JSON.stringify(ended))
    const { scores = {} } = await landing()
    for (const kind of ['too-large', 'long-line', 'keywords', 'collision', 'renamed']) {
      const { precision, recall } = scores[kind] ?? {}
      assert.deepEqual([kind, precision, recall], [kind, 1, 1], JSON.stringify(scores))
    }
    assert.equal(scores['too-large']?.hits, 4)
    const { before } = (await host.call('GET', 'waves/w/forecast')).json as { before?: { belowP90?: boolean } }
    assert.equal(typeof before?.belowP90, 'boolean', 'the forecast was scored as well')
  })
})
