import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { headings, propertyOf } from '../../shared/intake/headings.ts'
import { cellName } from '../../shared/intake/table.ts'
import { parseWave, type WaveQuery } from '../../shared/intake/wave.ts'
import { unpackedBytes } from '../../shared/intake/zip.ts'
import { refusal } from './refusal.ts'

const query: WaveQuery = { wave: 'check', playbook: 'lift', day: '2025-04-07' }
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const wanted = {
  wave: 'check',
  playbook: 'lift',
  day: '2025-04-07',
  mailboxes: [
    { address: 'anna@town.example', kind: 'user', displayName: 'Børg, Anna; "A"', source: { user: 'anna' } },
    { address: 'post@town.example', kind: 'shared' },
  ],
}
const rows = [
  ['Adresse mail', 'TYPE', 'Nom affiché', 'source.user'],
  ['anna@town.example', '', 'Børg, Anna; "A"', 'anna'],
  ['', '', '', ''],
  ['post@town.example', 'Shared', '', ''],
]
const csv = (mark: string, end = '\r\n') =>
  rows.map(row => row.map(cell => (/[",;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(mark)).join(end)

describe('a CSV table', () => {
  for (const [what, body, type] of [
    ['with commas', Buffer.from(csv(',')), 'text/csv'],
    ['with semicolons', Buffer.from(csv(';')), 'text/csv; charset=utf-8'],
    ['with tabs', Buffer.from(csv('\t', '\n')), 'text/tab-separated-values'],
    ['with lines ended as of old', Buffer.from(csv(',', '\r')), 'text/csv'],
    ['with a byte order mark', Buffer.from(`\ufeff${csv(';')}`), 'text/csv'],
    ['in windows-1252', Buffer.from(csv(';'), 'latin1'), 'text/csv'],
    ['in windows-1252, as it says', Buffer.from(csv(';'), 'latin1'), 'text/csv; charset="windows-1252"'],
    ['in UTF-16', Buffer.from(`\ufeff${csv('\t')}`, 'utf16le'), 'text/csv'],
    ['as Windows names it', Buffer.from(csv(';')), 'application/vnd.ms-excel'],
    ['after an empty line', Buffer.from(`\n${csv(';', '\n')}`), 'text/csv'],
  ] as const) {
    it(`${what} is a wave`, async () => assert.deepEqual(await parseWave(body, type, query), wanted))
  }

  it('says what a mailbox is in any of the languages', async () => {
    for (const [said, kind] of [
      ['Partagée', 'shared'],
      ['gedeelde mailbox', 'shared'],
      ['freigegeben', 'shared'],
      ['personnelle', 'user'],
    ]) {
      const { mailboxes } = await parseWave(`adresse;type\na@town.example;${said}`, 'text/csv', query)
      assert.equal(mailboxes[0]?.kind, kind, said)
    }
  })

  it('needs no day', async () => {
    assert.equal((await parseWave(csv(','), 'text/csv', { wave: 'check', playbook: 'lift', day: '' })).day, undefined)
  })
})

const whole = await writeXlsx({ sheets: [{ name: 'S', rows }] })

describe('an XLSX table', () => {
  const book = (sheets: WriteSheet[]) => writeXlsx({ sheets })

  it('is a wave', async () => assert.deepEqual(await parseWave(await book([{ name: 'S', rows }]), xlsx, query), wanted))

  it('is known by its bytes where nobody says what it is', async () => {
    for (const type of [undefined, 'application/octet-stream'])
      assert.deepEqual(await parseWave(await book([{ name: 'S', rows }]), type, query), wanted)
  })

  it('is read from the first sheet that is not hidden, with its drop-downs', async () => {
    const dataValidations = [{ type: 'list' as const, values: ['user', 'shared'], range: 'B2:B10' }]
    const sheets = [
      { name: 'lists', hidden: true, rows: [['user'], ['shared']] },
      { name: 'S', rows, dataValidations },
      { name: 'T', rows: [['x']] },
    ]
    assert.deepEqual(await parseWave(await book(sheets), xlsx, query), wanted)
  })

  it('may hold numbers and dates where text is meant', async () => {
    const body = await book([
      {
        name: 'S',
        rows: [
          ['address', 'phone', 'department'],
          ['a@x.test', 25550000, new Date(Date.UTC(2025, 3, 7))],
        ],
      },
    ])
    assert.deepEqual((await parseWave(body, xlsx, query)).mailboxes, [
      { address: 'a@x.test', kind: 'user', phone: '25550000', department: '2025-04-07' },
    ])
  })

  it('names the cell of each fault, also below empty rows', async () => {
    const body = await book([{ name: 'S', rows: [[], ['kind', 'address'], [], ['user', 'a@x.test'], ['user', 'nobody']] }])
    const { details } = await refusal(() => parseWave(body, xlsx, query))
    assert.deepEqual(
      details.map(d => [d.path, d.message.slice(0, 9)]),
      [['mailboxes[1].address', 'cell B5: ']],
    )
  })

  for (const [what, body] of [
    ['a text', Buffer.from('address\na@x.test\n')],
    ['an empty file', Buffer.alloc(0)],
    ['half a workbook', whole.subarray(0, 900)],
    ['a workbook that would unpack to 4 GB', swollen(whole)],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1000000000000000000000000', 'hex')],
  ] as const) {
    it(`that is ${what} is refused`, async () => {
      const { status, details } = await refusal(() => parseWave(body, xlsx, query))
      assert.equal(status, 400)
      assert.match(details[0]?.message ?? '', /not an XLSX workbook/)
    })
  }
})

const bad: [string, string, WaveQuery, [string, RegExp][]][] = [
  [
    'no name in the URL',
    'address\na@x.test\n',
    {},
    [
      ['wave', /is missing.*\?wave=/],
      ['playbook', /is missing.*\?playbook=/],
    ],
  ],
  [
    'faults in cells',
    'address,kind,langue\na@x.test,romo,fr\nA@x.test,,it\n,shared,\n',
    query,
    [
      ['mailboxes[0].kind', /^cell B2: expected one of user, shared, alias/],
      ['mailboxes[1].language', /^cell C3: /],
      ['mailboxes[2].address', /^cell A4: is missing/],
      ['mailboxes[1].address', /^cell A3: “a@x\.test” already stands at mailboxes\[0\]\.address \(cell A2\)/],
    ],
  ],
  [
    'a fault in a column that is not there',
    'address,kind\na@x.test,alias\n',
    query,
    [['mailboxes[0].aliasOf', /^row 2: is missing/]],
  ],
  ['two sources of one column', 'address,e-mail\na@x.test,b@x.test\n', query, [['B1', /address has a column already: A1/]]],
  [
    'an unknown heading',
    'address,kidn,mot de passe\na@x.test,user,hunter2\n',
    query,
    [
      ['B1', /unknown heading “kidn”; did you mean kind\?/],
      ['C1', /unknown heading “mot de passe”/],
    ],
  ],
  [
    'no column of addresses',
    'kind\nuser\nshared\n',
    {},
    [
      ['A1', /no column is headed address/],
      ['wave', /is missing/],
      ['playbook', /is missing/],
    ],
  ],
  ['headings without rows', 'address,kind\n\n', query, [['mailboxes', /at least one mailbox/]]],
  [
    'a stray cell',
    'address,\na@x.test,x\nb@x.test,,y\n',
    query,
    [
      ['B2', /no heading above it \(got “x”\)/],
      ['C3', /no heading above it/],
    ],
  ],
  ['a quote that is not closed', 'address,surname\n"a@x.test,B\nc@x.test,D\n', query, [['(document)', /not closed/]]],
  ['nothing', '\n\n', query, [['A1', /a row of headings/]]],
]

describe('a table is refused for', () => {
  for (const [what, text, given, expected] of bad) {
    it(what, async () => {
      const { status, details } = await refusal(() => parseWave(text, 'text/csv', given))
      assert.equal(status, 400)
      for (const [path, message] of expected)
        assert.ok(
          details.some(d => d.path === path && message.test(d.message)),
          `${path}: ${message} in ${JSON.stringify(details)}`,
        )
      assert.equal(details.length, expected.length, JSON.stringify(details))
      assert.ok(!JSON.stringify(details).includes('hunter2'))
    })
  }
})

describe('an archive', () => {
  it('says what it unpacks to', async () => {
    const unpacked = unpackedBytes(whole) ?? 0
    assert.ok(unpacked > whole.length && unpacked < 100_000, String(unpacked))
    assert.ok((unpackedBytes(swollen(whole)) ?? 0) > 4e9)
  })

  it('that is none, or does not say, is told apart', () => {
    assert.equal(unpackedBytes(new Uint8Array(0)), undefined)
    assert.equal(unpackedBytes(whole.subarray(0, 900)), undefined)
    const silent = Buffer.from(whole)
    silent.writeUInt32LE(0, silent.indexOf(Buffer.from('504b0102', 'hex')) + 24)
    assert.equal(unpackedBytes(silent), undefined)
  })
})

describe('a heading', () => {
  for (const [heading, property] of [
    ['E-Mail', 'address'],
    ['Prénom', 'givenName'],
    ['PRENOM', 'givenName'],
    ['Target user', 'target.user'],
    ['usage_location', 'usageLocation'],
    ['mot de passe', undefined],
    ['', undefined],
  ] as const) {
    it(`“${heading}” is ${property}`, () => assert.equal(propertyOf(heading), property))
  }

  it('can be each property’s own name', () => assert.deepEqual(headings.map(propertyOf), headings))
})

describe('a cell', () => {
  for (const [column, row, name] of [
    [0, 0, 'A1'],
    [1, 4, 'B5'],
    [25, 0, 'Z1'],
    [26, 0, 'AA1'],
    [701, 0, 'ZZ1'],
    [702, 9, 'AAA10'],
  ] as const) {
    it(`is called ${name}`, () => assert.equal(cellName(column, row), name))
  }
})

/** The same workbook, whose directory says of its first part that it unpacks to almost 4 GB. */
function swollen(workbook: Uint8Array): Buffer {
  const copy = Buffer.from(workbook)
  const entry = copy.indexOf(Buffer.from('504b0102', 'hex'))
  copy.writeUInt32LE(0xfffffff0, entry + 24)
  return copy
}
