import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { refusal } from '../intake/refusal.ts'

/** What a playbook is told whose parts are these: path and message. */
async function told(parts: Record<string, string>): Promise<string[]> {
  const right = {
    source: '{ imap: { host: imap.old.example, auth: { kind: oauth2 } } }',
    target: '{ kind: exchange-online }',
    routing: '{ kind: none }',
  }
  const lines = Object.entries({ ...right, ...parts }).map(([key, value]) => `${key}: ${value}\n`)
  const text = `playbook: x\ntimeZone: Europe/Paris\n${lines.join('')}`
  const { details } = await refusal(() => parsePlaybook(text, undefined, 'x'))
  return details.map(({ path, message }) => `${path}: ${message}`)
}

const cases: readonly [what: string, parts: Record<string, string>, wanted: readonly RegExp[]][] = [
  [
    'a sign-in of no kind',
    {
      source:
        '{ imap: { host: imap.old.example, auth: { kind: master, user: " x", separator: "", secret: "hunter2!", colour: red } } }',
    },
    [
      /^source\.imap\.auth\.kind: expected one of master-user/,
      /^source\.imap\.auth\.user: expected the master user/,
      /^source\.imap\.auth\.separator: expected at least 1/,
      /^source\.imap\.auth\.secret: expected the \*name\* of a secret/,
      /^source\.imap\.auth\.colour: unknown key; known here: kind, user, separator, secret$/,
    ],
  ],
  [
    'what is right for one kind at least',
    { source: '{ imap: { host: imap.old.example, auth: { kind: master, user: m, separator: "*", secret: OLD } } }' },
    [/^source\.imap\.auth\.kind/],
  ],
  [
    'one of no kind within another',
    { target: '{ kind: exchange, acounts: existing, imap: { host: "a b", auth: { secret: "no!" } } }' },
    [
      /^target\.kind: expected one of exchange-online, exchange-server/,
      /^target\.imap\.host: /,
      /^target\.imap\.auth\.kind: is missing/,
      /^target\.imap\.auth\.secret: /,
      /^target\.acounts: unknown key; did you mean accounts\? \(known here: .*writer.*quota/,
    ],
  ],
  [
    'a switch of no kind',
    { routing: '{ kind: recipients, ttl: -1, frobnicate: 1 }' },
    [
      /^routing\.kind: expected one of .*did you mean recipient\?/,
      /^routing\.ttl: expected a time to live/,
      /^routing\.frobnicate: unknown key/,
    ],
  ],
  ['no mapping at all', { routing: 'none' }, [/^routing: expected a mapping \(got text\)$/]],
  [
    'a notice of no template',
    {
      notices: '[{ notice: n, template: dune, audience: everybody, issuer: it, channel: pigeon }]',
      issuers: '{ it: { name: IT, address: it } }',
    },
    [
      /^notices\[0\]\.template: expected one of .*did you mean done\?/,
      /^notices\[0\]\.audience: /,
      /^notices\[0\]\.channel: /,
      /^issuers\.it\.address: /,
    ],
  ],
]

for (const [what, parts, wanted] of cases) {
  test(`${what} does not hide what else is wrong`, async () => {
    const said = await told(parts)
    assert.equal(said.length, wanted.length, said.join('\n'))
    for (const [i, pattern] of wanted.entries()) assert.match(said[i] ?? '', pattern)
    assert.doesNotMatch(said.join(), /hunter2/)
  })
}
