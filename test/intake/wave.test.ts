import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { canonicalWave, parseWave, sameWave, type WaveQuery } from '../../shared/intake/wave.ts'
import { chance } from '../fakes/chance.ts'
import { refusal, takes } from './refusal.ts'

const json = 'application/json'
const wave = (mailboxes: unknown = [{ address: 'a@check.test' }], more: object = {}) => ({
  wave: 'check',
  playbook: 'lift',
  mailboxes,
  ...more,
})
const send = (value: unknown) => parseWave(JSON.stringify(value), json)

describe('a wave', () => {
  it('is accepted in the smallest form of the contract', async () => {
    assert.deepEqual(await send(wave()), {
      wave: 'check',
      playbook: 'lift',
      mailboxes: [{ address: 'a@check.test', kind: 'user' }],
    })
  })

  it('is accepted with everything that can stand in it', async () => {
    const box = {
      address: 'anna@town.example',
      kind: 'user',
      source: { user: 'anna', secret: 'OLD_ANNA' },
      target: { user: 'anna.b@town.example' },
      displayName: 'Anna Børg',
      givenName: 'Anna',
      surname: 'Børg',
      phone: '+32 2 555 00 00',
      jobTitle: 'Greffière',
      department: 'Greffe',
      language: 'nl',
      licence: 'SPE_E3',
      usageLocation: 'BE',
    }
    const alias = { address: 'info@town.example', kind: 'alias', aliasOf: 'anna@town.example' }
    const shared = { address: 'post@town.example', kind: 'shared' }
    const sent = wave([box, alias, shared], { day: '2025-04-07' })
    assert.deepEqual(await send(sent), sent)
  })

  it('has its addresses in lower case and keeps what was written', async () => {
    const { mailboxes } = await send(
      wave([{ address: 'Anna.B@Town.Example' }, { address: 'i@town.example', kind: 'alias', aliasOf: 'ANNA.B@town.example' }]),
    )
    assert.deepEqual(mailboxes, [
      { address: 'anna.b@town.example', kind: 'user', addressAsWritten: 'Anna.B@Town.Example' },
      { address: 'i@town.example', kind: 'alias', aliasOf: 'anna.b@town.example' },
    ])
  })

  it('may name the mailbox of an alias as its target', async () => {
    const { mailboxes } = await send(wave([{ address: 'i@town.example', kind: 'alias', target: { user: 'Anna@town.example' } }]))
    assert.deepEqual(mailboxes, [{ address: 'i@town.example', kind: 'alias', aliasOf: 'anna@town.example' }])
  })

  it('may have 10,000 mailboxes, and no more', async () => {
    const boxes = Array.from({ length: 10_000 }, (_, i) => ({ address: `u${i}@town.example` }))
    assert.equal((await send(wave(boxes))).mailboxes.length, 10_000)
    const { details } = await refusal(() => send(wave([...boxes, { address: 'one@town.example' }], { day: 'x' })))
    assert.deepEqual(
      details.map(d => d.path),
      ['mailboxes', 'day'],
    )
    assert.match(details[0]?.message ?? '', /at most 10000 mailboxes \(got 10001\)/)
  })
})

describe('the same request', () => {
  const sent = wave(
    [
      { address: 'a@x.test', displayName: 'A' },
      { address: 'b@x.test', kind: 'shared' },
    ],
    { day: '2025-04-07' },
  )
  const cases: [string, unknown, boolean][] = [
    ['to the letter is one', sent, true],
    [
      'with keys in another order is one',
      {
        mailboxes: [
          { displayName: 'A', address: 'a@x.test' },
          { kind: 'shared', address: 'b@x.test' },
        ],
        day: '2025-04-07',
        playbook: 'lift',
        wave: 'check',
      },
      true,
    ],
    [
      'with mailboxes in another order is one',
      {
        ...sent,
        mailboxes: [
          { address: 'b@x.test', kind: 'shared' },
          { address: 'a@x.test', displayName: 'A' },
        ],
      },
      true,
    ],
    [
      'with other capitals is one',
      {
        ...sent,
        mailboxes: [
          { address: 'A@X.test', displayName: 'A' },
          { address: 'b@x.test', kind: 'shared' },
        ],
      },
      true,
    ],
    [
      'with the default said is one',
      {
        ...sent,
        mailboxes: [
          { address: 'a@x.test', displayName: 'A', kind: 'user' },
          { address: 'b@x.test', kind: 'shared' },
        ],
      },
      true,
    ],
    ['with another day is another', { ...sent, day: '2025-04-08' }, false],
    ['with another playbook is another', { ...sent, playbook: 'other' }, false],
    ['with a mailbox less is another', { ...sent, mailboxes: [{ address: 'a@x.test', displayName: 'A' }] }, false],
    [
      'with another name is another',
      {
        ...sent,
        mailboxes: [
          { address: 'a@x.test', displayName: 'B' },
          { address: 'b@x.test', kind: 'shared' },
        ],
      },
      false,
    ],
  ]
  for (const [what, other, same] of cases) {
    it(what, async () => {
      const [a, b] = [await send(sent), await send(other)]
      assert.equal(sameWave(a, b), same)
      assert.equal(canonicalWave(a) === canonicalWave(b), same)
    })
  }

  it('as a table is one', async () => {
    const csv = 'Kind;address;display name\n;a@x.test;A\nshared;B@x.test;\n'
    const table = await parseWave(csv, 'text/csv', { wave: 'check', playbook: 'lift', day: '2025-04-07' })
    assert.ok(sameWave(table, await send(sent)))
  })
})

const bad: [string, unknown, [string, RegExp][]][] = [
  [
    'a duplicate and a bad address',
    wave([{ address: 'a@check.test' }, { address: 'A@check.test' }, { address: 'not an address' }]),
    [
      ['mailboxes[1].address', /“a@check\.test” already stands at mailboxes\[0\]\.address/],
      ['mailboxes[2].address', /without spaces \(got “not an address”\)/],
    ],
  ],
  [
    'no name, a bad playbook and a bad day',
    { playbook: 'a b', day: '2025-02-30', mailboxes: [{ address: 'a@x.test' }] },
    [
      ['wave', /is missing: expected a name of 1 to 63 letters/],
      ['playbook', /got “a b”/],
      ['day', /YYYY-MM-DD.*got “2025-02-30”/],
    ],
  ],
  ['a name that cannot stand in a URL', wave(undefined, { wave: '../x' }), [['wave', /letters, digits, - and _/]]],
  ['a name too long', wave(undefined, { wave: 'w'.repeat(64) }), [['wave', /1 to 63/]]],
  ['a day of another form', wave(undefined, { day: '07/04/2025' }), [['day', /YYYY-MM-DD/]]],
  ['a day that is nothing', wave(undefined, { day: null }), [['day', /got nothing/]]],
  ['no mailboxes', { wave: 'w', playbook: 'p' }, [['mailboxes', /is missing: expected a list/]]],
  ['an empty list', wave([]), [['mailboxes', /at least one mailbox/]]],
  [
    'mailboxes that are none',
    wave(['a@x.test', null, 4]),
    [
      ['mailboxes[0]', /a mapping \(got text\)/],
      ['mailboxes[1]', /a mapping \(got nothing/],
      ['mailboxes[2]', /a mapping \(got number\)/],
    ],
  ],
  [
    'unknown properties',
    wave([{ adress: 'a@x.test' }], { palybook: 'lift' }),
    [
      ['mailboxes[0].address', /is missing: expected a mail address/],
      ['mailboxes[0].adress', /did you mean address\?/],
      ['palybook', /did you mean playbook\?/],
    ],
  ],
  [
    'a password',
    wave([{ address: 'a@x.test', password: 'hunter2', source: { user: 'a', pass: 'hunter2' } }]),
    [
      ['mailboxes[0].password', /by its name only/],
      ['mailboxes[0].source.pass', /by its name only/],
    ],
  ],
  [
    'a secret in clear',
    wave([{ address: 'a@x.test', source: { secret: 'hunter2 !' } }]),
    [['mailboxes[0].source.secret', /the \*name\* of a secret/]],
  ],
  [
    'an unknown kind and language',
    wave([{ address: 'a@x.test', kind: 'room', language: 'it', usageLocation: 'Belgium', licence: 'E 3' }]),
    [
      ['mailboxes[0].kind', /one of user, shared, alias, list \(got “room”\)/],
      ['mailboxes[0].language', /one of fr, nl, de, en/],
      ['mailboxes[0].usageLocation', /two capital letters/],
      ['mailboxes[0].licence', /SKU/],
    ],
  ],
  [
    'two mailboxes into one account',
    wave([
      { address: 'a@x.test', target: { user: 'c@x.test' } },
      { address: 'b@x.test', target: { user: 'C@x.test' } },
      { address: 'c@x.test' },
    ]),
    [
      ['mailboxes[1].target.user', /same target account as mailboxes\[0\]\.target\.user/],
      ['mailboxes[2].address', /same target account as mailboxes\[0\]\.target\.user/],
    ],
  ],
  [
    'aliases that lead nowhere',
    wave([
      { address: 'a@x.test', kind: 'alias' },
      { address: 'b@x.test', kind: 'alias', aliasOf: 'B@x.test' },
      { address: 'c@x.test', kind: 'alias', aliasOf: 'b@x.test' },
      { address: 'd@x.test', kind: 'alias', aliasOf: 'e@x.test', source: { user: 'd' } },
      { address: 'e@x.test', aliasOf: 'd@x.test' },
      { address: 'f@x.test', kind: 'alias', target: { user: 'effie' } },
      { address: 'g@x.test', kind: 'alias', aliasOf: 'e@x.test', target: { user: 'e@x.test', secret: 'E' } },
    ]),
    [
      ['mailboxes[0].aliasOf', /is missing: an alias needs/],
      ['mailboxes[1].aliasOf', /an alias of itself/],
      ['mailboxes[2].aliasOf', /leads to mailboxes\[1\]\.address, which is an alias too/],
      ['mailboxes[3].source', /no mailbox of its own at the source/],
      ['mailboxes[4].aliasOf', /only an alias has it/],
      ['mailboxes[5].target.user', /expected the address/],
      ['mailboxes[6].target.user', /names its mailbox once/],
      ['mailboxes[6].target.secret', /no account of its own/],
    ],
  ],
  ['a list', [1], [['(document)', /a mapping \(got a list\)/]]],
  ['nothing', null, [['(document)', /a mapping \(got nothing/]]],
]

describe('a wave is refused for', () => {
  for (const [what, value, wanted] of bad) {
    it(what, async () => {
      const { status, details } = await refusal(() => send(value))
      assert.equal(status, 400)
      for (const [path, message] of wanted)
        assert.ok(
          details.some(d => d.path === path && message.test(d.message)),
          `${path}: ${message} in ${JSON.stringify(details)}`,
        )
      assert.equal(details.length, wanted.length, JSON.stringify(details))
      assert.ok(!JSON.stringify(details).includes('hunter2'))
    })
  }

  for (const [what, text, path] of [
    ['JSON that ends early', '{', '1:2'],
    ['JSON with a stray comma', '{"wave": "w",\n "playbook": "p",}', '2:18'],
    ['an open text', '{"wave": "hunter2', '1:18'],
    ['no JSON at all', 'hunter2', '1:1'],
    ['nothing', '  ', '(document)'],
    ['brackets without end', '['.repeat(500_000), ''],
  ] as const) {
    it(what, async () => {
      const { status, details } = await refusal(() => parseWave(text, json))
      assert.equal(status, 400)
      assert.ok(details[0]?.path.startsWith(path) || details[0]?.path === '(document)', JSON.stringify(details))
      assert.ok(!JSON.stringify(details).includes('hunter2'))
    })
  }

  it('another encoding than UTF-8', async () => {
    const { details } = await refusal(() => parseWave(Buffer.from('{"wave": "é"}', 'latin1'), json))
    assert.match(details[0]?.message ?? '', /UTF-8/)
  })

  it('a table that nobody called one, as curl sends a file, is read as a table; a wave in JSON is not', async () => {
    const query = { wave: 'w', playbook: 'p' }
    const table = '\n address;displayName\nanna@old.example;Anna\n'
    const forms = [Buffer.from(table), Buffer.from(`\uFEFF${table}`), Buffer.from(`\uFEFF${table}`, 'utf16le')]
    for (const type of [undefined, 'application/x-www-form-urlencoded', 'application/octet-stream'])
      for (const bytes of forms) assert.equal((await parseWave(bytes, type, query)).mailboxes[0]?.address, 'anna@old.example')
    const sent = ' {"wave":"w","playbook":"p","mailboxes":[{"address":"anna@old.example"}]}'
    assert.equal((await parseWave(sent, 'application/x-www-form-urlencoded')).wave, 'w')
    assert.equal((await refusal(() => parseWave('', undefined))).details[0]?.path, '(document)')
  })

  it('another content type', async () => assert.equal((await refusal(() => parseWave('<a/>', 'application/xml'))).status, 415))

  it('too many bytes', async () =>
    assert.equal((await refusal(() => parseWave(new Uint8Array(17 * 1024 * 1024), json))).status, 413))
})

describe('whatever is sent', () => {
  it('is a wave or a Refusal with faults, never anything else', async () => {
    const random = chance(7042025)
    const json1 = JSON.stringify(
      wave(
        [
          { address: 'a@x.test', kind: 'user', source: { user: 'a' } },
          { address: 'b@x.test', kind: 'alias', aliasOf: 'a@x.test' },
        ],
        { day: '2025-04-07' },
      ),
    )
    const csv = 'address;kind;alias of;source.user\na@x.test;user;;"a;a"\nb@x.test;alias;a@x.test;\n'
    const query: WaveQuery = { wave: 'w', playbook: 'p' }
    let accepted = 0
    for (let round = 0; round < 3000; round++) {
      const [text, type] = round % 2 ? [json1, json] : [csv, 'text/csv']
      const bytes = mutate(Buffer.from(text), random)
      const taken = await takes(bytes.toString(), async () => {
        const parsed = await parseWave(bytes, round % 5 ? type : undefined, query)
        assert.ok(parsed.mailboxes.length > 0)
        const mailboxes = parsed.mailboxes.map(({ addressAsWritten: _, ...mailbox }) => mailbox)
        assert.ok(sameWave(parsed, await parseWave(JSON.stringify({ ...parsed, mailboxes }), json)))
      })
      if (taken) accepted++
    }
    assert.ok(accepted > 200 && accepted < 2800, String(accepted))
  })
})

function mutate(bytes: Buffer, random: () => number): Buffer {
  let out = bytes
  for (let n = 0; n < random() * 3 - 1; n++) {
    const at = Math.floor(random() * out.length)
    const junk = [
      '',
      ' ',
      ':',
      '{',
      '}',
      '[',
      ']',
      '"',
      '\n',
      '\t',
      ';',
      ',',
      '\u0000',
      'é',
      '\u200b',
      'null',
      '__proto__',
      '1',
      '@',
      '.',
      'A',
    ]
    const put =
      random() < 0.1 ? Buffer.from([Math.floor(random() * 256)]) : Buffer.from(junk[Math.floor(random() * junk.length)] ?? '')
    out = Buffer.concat([out.subarray(0, at), put, out.subarray(at + Math.floor(random() * 3))])
  }
  return out
}
