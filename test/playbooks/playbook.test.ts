import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { canonical, type Playbook, parsePlaybook, playbookSchema } from '../../shared/playbooks/playbook.ts'
import { chance } from '../fakes/chance.ts'
import { refusal, takes } from '../intake/refusal.ts'
import { full, smallest } from './examples.ts'

describe('a playbook', () => {
  it('is accepted in the smallest form of the contract, to the letter, and gets its defaults', () => {
    const playbook = parsePlaybook(smallest, 'application/yaml', 'lift')
    assert.equal(playbook.source.imap.tls, 'none')
    assert.deepEqual(playbook.target.imap.auth, {
      kind: 'master-user',
      user: 'bmaster',
      separator: '*',
      secret: 'TARGET_PASSWORD',
    })
    assert.deepEqual(playbook.routing, { kind: 'none' })
    assert.equal(playbook.lateMail.for, 'PT0S')
    assert.deepEqual(playbook.calendar, [])
    assert.deepEqual(playbook.issuers, {})
    assert.deepEqual(playbook.copy.folders, { exclude: [], map: {} })
  })

  it('is accepted with everything that can stand in it', () => {
    const playbook = parsePlaybook(full, undefined, 'town')
    assert.deepEqual(playbook.target.imap, {
      host: 'outlook.office365.com',
      port: 993,
      tls: 'implicit',
      auth: { kind: 'oauth2' },
    })
    assert.deepEqual(playbook.calendar[2], { at: 'D-1 16:15', step: 'cutover' })
    assert.equal(playbook.routing.kind === 'rfc2136' && playbook.routing.ttl, 300)
    assert.equal(playbook.lateMail.for, 'PT72H')
  })

  it('may be JSON', () => {
    const json = JSON.stringify(parse(smallest))
    assert.equal(
      canonical(parsePlaybook(json, 'application/json', 'lift')),
      canonical(parsePlaybook(smallest, undefined, 'lift')),
    )
  })

  it('reads back from its canonical text as itself, whatever the order of keys', () => {
    for (const [text, name] of [
      [smallest, 'lift'],
      [full, 'town'],
    ] as const) {
      const playbook = parsePlaybook(text, undefined, name)
      assert.deepEqual(parsePlaybook(canonical(playbook), 'application/json', name), playbook)
      const turned: Playbook = Object.fromEntries(Object.entries(playbook).reverse()) as Playbook
      assert.equal(canonical(turned), canonical(playbook))
    }
  })

  it('can be described as JSON Schema', () => {
    const schema = z.toJSONSchema(playbookSchema, { io: 'input' })
    assert.deepEqual(schema.required?.slice(0, 2), ['playbook', 'timeZone'])
  })

  for (const [port, tls] of [
    [993, 'implicit'],
    [143, 'starttls'],
    [11143, 'starttls'],
  ] as const) {
    it(`without tls on port ${port} means ${tls}`, async () => {
      const text = smallest.replace('port: 11143, tls: none', `port: ${port}`)
      assert.equal(parsePlaybook(text, undefined, 'lift').source.imap.tls, tls)
    })
  }
})

/** What is changed in the smallest playbook, and the faults that must be named: path, and a part of the message. */
const refused: [string, (text: string) => string, [string, RegExp][]][] = [
  [
    'three faults at once',
    t => t.replace('Europe/Paris', 'Europe/Nowhere').replace('tls: none', 'tls: maybe').replace('kind: none', 'kind: pigeon'),
    [
      ['timeZone', /IANA time zone.*“Europe\/Nowhere”/],
      ['source.imap.tls', /one of implicit, starttls, none \(got “maybe”\)/],
      ['routing.kind', /one of none, manual, rfc2136, .*powerdns, recipient \(got “pigeon”\)/],
    ],
  ],
  ['a misspelt zone', t => t.replace('Europe/Paris', 'Europe/Pariss'), [['timeZone', /did you mean Europe\/Paris\?/]]],
  ['an offset as a zone', t => t.replace('Europe/Paris', '"+01:00"'), [['timeZone', /IANA/]]],
  ['no zone', t => t.replace('timeZone: Europe/Paris\n', ''), [['timeZone', /is missing: expected an IANA time zone/]]],
  ['a misspelt key', t => t.replace('lateMail:', 'lateMial:'), [['lateMial', /did you mean lateMail\?/]]],
  ['unknown keys deep inside', t => t.replace('port: 11143', 'prot: 11143'), [['source.imap.prot', /did you mean port\?/]]],
  [
    'a password as a key',
    t => t.replace('secret: SOURCE_PASSWORD', 'password: SOURCE_PASSWORD'),
    [
      ['source.imap.auth.secret', /is missing: expected the \*name\* of a secret/],
      ['source.imap.auth.password', /by its name only/],
    ],
  ],
  [
    'plain text across the network',
    t => t.replaceAll('127.0.0.1', 'imap.town.example'),
    [
      ['source.imap.tls', /only taken for this machine/],
      ['target.imap.tls', /only taken for this machine/],
    ],
  ],
  [
    'plain text beside another fault',
    t => t.replace('127.0.0.1, port: 11143', 'imap.town.example, port: 0'),
    [
      ['source.imap.port', /from 1 to 65535 \(got 0\)/],
      ['source.imap.tls', /only taken/],
    ],
  ],
  ['a port as text', t => t.replace('11143', 'imap'), [['source.imap.port', /a port from 1 to 65535 \(got “imap”\)/]]],
  [
    'a URL as host',
    t => t.replace('host: 127.0.0.1', 'host: "imaps://bmaster:hunter2@imap.town.example"'),
    [['source.imap.host', /not a URL/]],
  ],
  [
    'a way to sign in that is none',
    t => t.replace('kind: master-user', 'kind: master-usr'),
    [
      [
        'source.imap.auth.kind',
        /one of master-user, authzid, passwords, oauth2 \(got “master-usr”; did you mean master-user\?\)/,
      ],
    ],
  ],
  [
    'no way to sign in',
    t => t.replace(/, auth: \{ kind: master-user, user: bmaster, separator: "\*", secret: SOURCE_PASSWORD \}/, ''),
    [['source.imap.auth', /is missing: expected a mapping/]],
  ],
  [
    'passwords without a pattern',
    t => t.replace('kind: master-user, user: bmaster, separator: "*", secret: SOURCE_PASSWORD', 'kind: passwords, secret: ONE'),
    [['source.imap.auth.secret', /\{address\}/]],
  ],
  ['no target', t => t.replace(/target:\n.*\n.*\n.*\n/, ''), [['target', /is missing/]]],
  [
    'accounts that Graph cannot make',
    t => t.replace('accounts: existing', 'accounts: graph'),
    [['target.accounts', /no mailboxes on an Exchange server/]],
  ],
  [
    'graph without a country',
    t => t.replace('exchange-server', 'exchange-online').replace('accounts: existing', 'accounts: graph'),
    [['target.usageLocation', /is missing/]],
  ],
  [
    'an Exchange server without mail exchangers',
    t => t.replace('{ kind: none }', '{ kind: manual }'),
    [['routing.mx', /is missing/]],
  ],
  [
    'mailboxes that are led by themselves, with nothing to prove it',
    t => t.replace('kind: none', 'kind: recipient'),
    [['routing.probe', /is missing|expected/]],
  ],
  [
    'mailboxes that are led by themselves, all faults at once',
    t =>
      t.replace(
        '{ kind: none }',
        '{ kind: recipient, deliverTo: "{lokal}@tenant.mail.example", nextHop: "a b", ttl: 60, probe: { host: mail.town.example, tls: none, user: u, from: "check" } }',
      ),
    [
      ['routing.deliverTo', /\{local\}, \{domain\} or \{address\}.*“\{lokal\}@tenant\.mail\.example”/],
      ['routing.nextHop', /a host name or IP address/],
      ['routing.probe.from', /no @/],
      ['routing.probe.tls', /this machine itself/],
      ['routing.probe.secret', /is missing/],
      ['routing.ttl', /unknown key/],
    ],
  ],
  [
    'a DNS host half given',
    t => t.replace('{ kind: none }', '{ kind: ovh, endpoint: us, applicationKey: "a b", consumerKey: "not a name", ttl: 30 }'),
    [
      ['routing.endpoint', /one of eu, ca/],
      ['routing.applicationKey', /which is public/],
      ['routing.applicationSecret', /is missing/],
      ['routing.consumerKey', /\*name\* of a secret/],
      ['routing.ttl', /from 60 to 86400/],
      ['routing.mx', /is missing/],
    ],
  ],
  [
    'a TTL that Gandi does not take',
    t =>
      t.replace('{ kind: none }', '{ kind: gandi, secret: GANDI, ttl: 60, mx: [{ preference: 1, exchange: mx.town.example }] }'),
    [['routing.ttl', /from 300 to 86400/]],
  ],
  [
    'an API without TLS, or with its key in the address',
    t =>
      t.replace(
        '{ kind: none }',
        '{ kind: powerdns, api: "http://ns1.town.example:8081", secret: PDNS, mx: [{ preference: 1, exchange: mx.town.example }] }',
      ),
    [['routing.api', /beginning with https/]],
  ],
  [
    'a key in the address of an API',
    t =>
      t.replace(
        '{ kind: none }',
        '{ kind: cloudflare, secret: CF, api: "https://u:p@api.example", mx: [{ preference: 1, exchange: mx.town.example }] }',
      ),
    [['routing.api', /beginning with https/]],
  ],
  [
    'a subscription that is none',
    t =>
      t.replace(
        '{ kind: none }',
        '{ kind: azure-dns, subscription: mine, resourceGroup: "a/b", mx: [{ preference: 1, exchange: mx.town.example }] }',
      ),
    [
      ['routing.subscription', /id of an Azure subscription/],
      ['routing.resourceGroup', /name of a resource group/],
    ],
  ],
  [
    'TSIG half given',
    t =>
      t.replace(
        '{ kind: none }',
        '{ kind: rfc2136, server: "ns1.town.example:99999", key: { name: k }, mx: [{ preference: -1, exchange: 192.0.2.1 }] }',
      ),
    [
      ['routing.server', /host:port/],
      ['routing.key.secret', /is missing/],
      ['routing.mx[0].preference', /0 to 65535 \(got -1\)/],
      ['routing.mx[0].exchange', /a host name/],
    ],
  ],
  [
    'hours that are none',
    t =>
      t.replace(
        '\ntarget:',
        '\n  limits: { hours: [{ from: 19:00, to: "7:00" }, { from: "08:00", to: "08:00", days: [monday] }], bytesPerSecond: 1, speed: 3 }\ntarget:',
      ),
    [
      ['source.limits.hours[0].to', /such as "19:00" \(in quotes\) \(got “7:00”\)/],
      ['source.limits.hours[1].days[0]', /one of mon, tue, wed, thu, fri, sat, sun/],
      ['source.limits.hours[1].to', /the same as from/],
      ['source.limits.bytesPerSecond', /from 10000 to/],
      ['source.limits.speed', /unknown key/],
    ],
  ],
  [
    'hours of two servers that never meet',
    t =>
      t
        .replace('\ntarget:', '\n  limits: { hours: [{ from: "19:00", to: "07:00" }] }\ntarget:')
        .replace('\nrouting:', '\n  limits: { hours: [{ from: "07:00", to: "19:00" }] }\nrouting:'),
    [['target.limits.hours', /never open when those of the source are/]],
  ],
  ['no hours at all', t => t.replace('\ntarget:', '\n  limits: { hours: [] }\ntarget:'), [['source.limits.hours', /at least 1/]]],
  [
    'a writer that is none',
    t => t.replace('exchange-server', 'exchange-online').replace('accounts: existing', 'accounts: existing\n  writer: ews'),
    [['target.writer', /one of imap, graph-json, graph-import-mime \(got “ews”\)/]],
  ],
  [
    'Graph as the writer of an Exchange server',
    t => t.replace('accounts: existing', 'accounts: existing\n  writer: graph-json'),
    [['target.writer', /unknown key/]],
  ],
  ['a duration that is none', t => t.replace('PT0S', '72h'), [['lateMail.for', /ISO 8601.*“72h”/]]],
  ['a duration in months', t => t.replace('PT0S', 'P1M'), [['lateMail.for', /ISO 8601/]]],
  ['a duration of years', t => t.replace('PT0S', 'P400D'), [['lateMail.for', /at most 90 days/]]],
  [
    'a day in French',
    t => t.replace('calendar: []', 'calendar: [{ at: "J-14 09:00", step: inventory }]'),
    [['calendar[0].at', /"D-14 09:00"/]],
  ],
  [
    'an hour that is none',
    t => t.replace('calendar: []', 'calendar: [{ at: "D-1 24:00", step: freeze }]'),
    [['calendar[0].at', /wall clock/]],
  ],
  [
    'an entry with too much and too little',
    t => t.replace('calendar: []', 'calendar: [{ at: D 08:00, on: copied, step: open, notice: x }, {}]'),
    [
      ['calendar[0]', /either `at` or `on` \(got both\)/],
      ['calendar[0]', /either `step` or `notice` \(got both\)/],
      ['calendar[1]', /either `at` or `on` \(got neither\)/],
      ['calendar[0].notice', /there is no notice “x”/],
    ],
  ],
  [
    'an unknown step',
    t => t.replace('calendar: []', 'calendar: [{ at: D 08:00, step: cut-over }]'),
    [['calendar[0].step', /did you mean cutover\?/]],
  ],
  [
    'a step twice, and steps the wrong way round',
    t =>
      t.replace(
        'calendar: []',
        'calendar: [{ at: D 08:00, step: open }, { at: D+1 08:00, step: cutover }, { at: D+2 08:00, step: open }]',
      ),
    [
      ['calendar[2].step', /already stands in calendar\[0\]/],
      ['calendar[0].at', /open comes before cutover \(calendar\[1\]\)/],
    ],
  ],
  [
    'calendars that are to be copied from nowhere into a server that takes none',
    t => `${t}copy: { calendars: copy }\n`,
    [
      ['source.dav', /is missing: .*give \{ url/],
      ['copy.calendars', /needs target\.kind: exchange-online/],
    ],
  ],
  [
    'one login for the calendars of all that does not say whose it wants',
    t => t.replace('source:\n', 'source:\n  dav: { url: "https://dav.old.example/" }\n'),
    [['source.dav.url', /no \{user\}.*every home/]],
  ],
  [
    'calendars by a token for mail',
    t =>
      t
        .replace('source:\n', 'source:\n  dav: { url: "https://dav.old.example/{user}/" }\n')
        .replace(/auth: \{ kind: master-user.*SOURCE_PASSWORD \}/, 'auth: { kind: oauth2 }'),
    [['source.dav.auth', /is missing: .*kind: passwords/]],
  ],
  ...[
    'http://dav.old.example/{user}/',
    'https://anna:hunter2@dav.old.example/{user}/',
    'https://dav.old.example/?user={user}',
    'https://{user}.old.example/',
    'https://dav.old.example/{address}/{user}/',
    'dav.old.example',
  ].map((url): [string, (text: string) => string, [string, RegExp][]] => [
    `calendars at ${url}`,
    t => t.replace('source:\n', `source:\n  dav: { url: "${url}" }\n`),
    [['source.dav.url', /beginning with https.*not repeated/]],
  ]),
  [
    'a secret itself for the calendars',
    t =>
      t.replace(
        'source:\n',
        'source:\n  dav: { url: "https://dav.old.example/{user}/", auth: { kind: admin, user: m, secret: "p w" } }\n',
      ),
    [['source.dav.auth.secret', /never the secret itself/]],
  ],
  [
    'accounts made after the switch',
    t => t.replace('calendar: []', 'calendar: [{ at: D-1 16:15, step: cutover }, { at: D-1 18:00, step: provision }]'),
    [['calendar[0].at', /cutover comes before provision.*bounces/]],
  ],
  [
    'a notice that does not agree',
    t =>
      t
        .replace(
          'notices: []',
          'notices: [{ notice: done, template: done, audience: owner, issuer: sgne, languages: [fr, it, fr], channel: graph }, { notice: done, template: done, audience: boss, issuer: sgne, languages: [], channel: smtp }]\nissuers: { sgn: { name: SGN, address: nobody } }',
        )
        .replace('calendar: []', 'calendar: [{ on: copied, notice: dine }]'),
    [
      ['calendar[0].notice', /did you mean done\?/],
      ['notices[0].issuer', /did you mean sgn\?/],
      ['notices[0].languages[1]', /one of fr, nl, de, en/],
      ['notices[0].channel', /channels\.graph\.sender/],
      ['notices[1].audience', /one of owner, coordinator/],
      ['notices[1].languages', /at least one/],
      ['notices[1].channel', /channels\.smtp/],
      ['notices[1].issuer', /did you mean sgn/],
      ['notices[1].notice', /already the name of notices\[0\]/],
      ['issuers.sgn.address', /has no @/],
    ],
  ],
  [
    'a notice that nobody would read',
    t =>
      t.replace(
        'notices: []',
        'notices: [{ notice: n, template: done, audience: trustee, issuer: i, languages: [fr], channel: append }]\nissuers: { i: { name: I, address: i@x.example } }',
      ),
    [['notices[0].audience', /people\.trustee/]],
  ],
  [
    'an entity that does not fit',
    t =>
      `${t}entities:
  north: { domains: [north.example, x], people: { coordinator: [nobody] }, cop: {} }
  south: { domains: [North.example], copy: { trash: burn }, contact: { phne: "1" } }
  "a b": {}
`,
    [
      ['entities.north.domains[1]', /a domain such as/],
      ['entities.north.people.coordinator[0]', /has no @/],
      ['entities.north.cop', /did you mean copy\?/],
      ['entities.south.copy.trash', /one of copy, leave/],
      ['entities.south.contact.phne', /did you mean phone\?/],
      ['entities.south.domains[0]', /already a domain of north/],
      ['entities["a b"]', /not a name that can stand here/],
    ],
  ],
  [
    'a notice that one entity would not read',
    t =>
      t.replace(
        'notices: []',
        `notices: [{ notice: n, template: done, audience: trustee, issuer: i, languages: [fr], channel: append }]
issuers: { i: { name: I, address: i@x.example } }
entities: { north: { people: { trustee: [t@x.example] } }, south: {} }`,
      ),
    [['notices[0].audience', /people\.trustee/]],
  ],
  [
    'a section that is no mapping',
    t => t.replace('lateMail: { for: PT0S }', 'lateMail: PT0S'),
    [['lateMail', /a mapping \(got text\)/]],
  ],
  ['nothing where a list belongs', t => t.replace('notices: []', 'notices:'), [['notices', /a list \(got nothing/]]],
  [
    'another name than the URL',
    t => t.replace('playbook: lift', 'playbook: left'),
    [['playbook', /“lift”, the name in the URL \(got “left”\)/]],
  ],
  ['no mapping at all', () => 'hunter2', [['(document)', /a mapping \(got text\)/]]],
  ['a list', () => '[1, 2]', [['(document)', /a mapping \(got a list\)/]]],
  ['nothing', () => ' \n', [['(document)', /is empty/]]],
  ['too much', t => t + '#'.repeat(40_000), [['(document)', /at most 30000 characters/]]],
]

describe('a playbook is refused for', () => {
  for (const [what, change, wanted] of refused) {
    it(what, async () => {
      const text = change(smallest)
      assert.notEqual(text, smallest)
      const { status, details } = await refusal(() => parsePlaybook(text, 'application/yaml', 'lift'))
      assert.equal(status, 400)
      for (const [path, message] of wanted)
        assert.ok(
          details.some(d => d.path === path && message.test(d.message)),
          `${path}: ${message} in ${JSON.stringify(details)}`,
        )
      assert.ok(new Set(details.map(d => d.path)).size <= wanted.length, `more than was asked: ${JSON.stringify(details)}`)
      assert.ok(!JSON.stringify(details).includes('hunter2'))
    })
  }

  it('a name in the URL that is none', async () => {
    assert.deepEqual(
      (await refusal(() => parsePlaybook(smallest, undefined, 'a b'))).details.map(d => d.path),
      ['playbook'],
    )
  })

  it('being a table', async () => {
    assert.equal((await refusal(() => parsePlaybook(smallest, 'text/csv', 'lift'))).status, 415)
  })
})

describe('what is not well-formed is refused with line and column', () => {
  const cases: [string, string, string][] = [
    ['playbook: }', '1:11', 'a bracket that closes nothing'],
    ['{"playbook": "lift",', '1:', 'JSON that ends early'],
    ['a: 1\na: 2\n', '2:1', 'a key twice'],
    ['a: 1\n---\nb: 2\n', '2:1', 'two documents'],
    ['a:\n\tb: 1\n', '2:1', 'tabs'],
    ['a: "hunter2\n', '2:1', 'an open quote'],
    ['secret: @hunter2\n', '1:9', 'a reserved character'],
    ['a: *hunter2\n', '1:4', 'an alias to nothing'],
    ['a: [hunter2: b: c]', '1:', 'too many colons'],
    ['? [a, b]\n: 1\n', '1:3', 'a list as a key'],
    ['a: !hunter2 b\n', '1:4', 'a tag'],
  ]
  for (const [text, path, what] of cases) {
    it(what, async () => {
      const { status, details } = await refusal(() => parsePlaybook(text, 'application/yaml', 'lift'))
      assert.equal(status, 400)
      assert.ok(
        details.some(d => d.path.startsWith(path) && /^line \d+, column \d+: /.test(d.message)),
        JSON.stringify(details),
      )
      assert.ok(!JSON.stringify(details).includes('hunter2'))
    })
  }

  it('and what nests or repeats without end is refused too', async () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefg'[i]}`).join(', ')}]`),
    ]
    for (const text of ['['.repeat(20_000), bomb.join('\n'), '{a: '.repeat(7_000)])
      assert.equal((await refusal(() => parsePlaybook(text, undefined, 'lift'))).status, 400)
  })
})

describe('a secret', () => {
  for (const clear of [
    'hunter2 !',
    'p@ssw0rd',
    'S3cr3t/with/slashes',
    '0815secret',
    'très-secret',
    'a'.repeat(200),
    '"4711"',
    '4711',
    '[hunter2]',
    '{ hunter2: 1 }',
  ]) {
    it(`given in clear is refused and never repeated: ${clear.slice(0, 20)}`, async () => {
      for (const text of [smallest.replace('SOURCE_PASSWORD', clear), full.replace('secret: TSIG_KEY', `secret: ${clear}`)]) {
        const name = text.startsWith('playbook: lift') ? 'lift' : 'town'
        const { details, message } = await refusal(() => parsePlaybook(text, undefined, name))
        const said = JSON.stringify([details, message])
        assert.match(said, /the \*name\* of a secret/)
        assert.ok(!said.includes(clear.replaceAll(/["[\]{}]|: 1/g, '').trim()), said)
      }
    })
  }
})

describe('whatever is sent', () => {
  it('is a playbook or a Refusal with faults, never anything else', async () => {
    const random = chance(20250407)
    let accepted = 0
    for (let round = 0; round < 1500; round++) {
      const text =
        round % 2 ? mutateText(round % 4 === 1 ? full : smallest, random) : mutateTree(round % 4 ? full : smallest, random)
      const taken = await takes(text, () => {
        const playbook = parsePlaybook(text, undefined, /lift/.test(text) ? 'lift' : 'town')
        assert.deepEqual(parsePlaybook(canonical(playbook), undefined, playbook.playbook), playbook)
      })
      if (taken) accepted++
    }
    assert.ok(accepted > 50 && accepted < 1400, String(accepted))
  })
})

function mutateText(text: string, random: () => number): string {
  let out = text
  for (let n = 0; n < 1 + random() * 3; n++) {
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
      '*',
      '&a',
      '!',
      '\u0000',
      'é',
      '\ud800',
      '- ',
      '---\n',
      '__proto__: 1\n',
    ]
    out = out.slice(0, at) + junk[Math.floor(random() * junk.length)] + out.slice(at + Math.floor(random() * 3))
  }
  return out
}

function mutateTree(text: string, random: () => number): string {
  const root: unknown = parse(text)
  const values = [
    null,
    0,
    -1,
    1.5,
    true,
    '',
    'x',
    'none',
    [],
    {},
    [null],
    { kind: 'graph' },
    '\u202e',
    'a'.repeat(300),
    Number.MAX_SAFE_INTEGER,
  ]
  const visit = (node: unknown): unknown => {
    if (random() < 0.03) return values[Math.floor(random() * values.length)]
    if (Array.isArray(node)) return node.map(visit)
    if (typeof node !== 'object' || node === null) return node
    const kept = Object.entries(node).filter(() => random() > 0.02)
    const all = kept.map(([key, value]) => [random() < 0.01 ? `${key}x` : key, visit(value)])
    return Object.fromEntries(random() < 0.02 ? [...all, ['toString', 1], ['constructor', {}]] : all)
  }
  const changed = visit(root)
  return random() < 0.5 ? stringify(changed) : (JSON.stringify(changed) ?? 'null')
}
