import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { settings } from '../shared/config.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

type Import = { from: string; to: string; typeOnly: boolean; late: boolean }
type File = { path: string; text: string; lines: number; imports: Import[] }

/** Every TypeScript file that ships. */
const files: File[] = ['shared', 'functions'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => {
      const path = `${folder}/${name}`
      const text = readFileSync(join(root, path), 'utf8')
      return { path, text, lines: text.split('\n').length - 1, imports: importsOf(path, text) }
    }),
)

/** What a file imports: paths below the root, or packages. */
function importsOf(from: string, text: string): Import[] {
  const statements = [
    ...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?\bfrom\s+'([^']+)'/gms),
    ...text.matchAll(/^import\s+()'([^']+)'/gm),
  ]
  const dynamic = [...text.matchAll(/\bimport\(()'([^']+)'\)/g)]
  return [...statements, ...dynamic].map(([all, type, to = '']) => ({
    from,
    to: to.startsWith('.') ? normalize(join(dirname(from), to)) : to,
    typeOnly: Boolean(type),
    late: all.startsWith('import('),
  }))
}

const byPath = new Map(files.map(file => [file.path, file]))
const isPackage = (to: string) => !to.startsWith('shared/') && !to.startsWith('functions/') && !to.startsWith('test/')
const under =
  (...places: string[]) =>
  (path: string) =>
    places.some(place => path === place || path.startsWith(place.endsWith('/') ? place : `${place}/`))

/** Each package that speaks to the outside, and who may know it: its adapter. */
const sdks: Record<string, string[]> = {
  '@azure/data-tables': ['shared/store', 'shared/app.ts'],
  '@azure/storage-queue': ['shared/store/queues.ts', 'shared/app.ts'],
  '@azure/identity': ['shared/identity', 'shared/secrets.ts', 'shared/app.ts'],
  '@azure/keyvault-secrets': ['shared/secrets.ts'],
  '@azure/functions': [
    'functions',
    'shared/http.ts',
    'shared/leaving.ts',
    'shared/dashboard/page.ts',
    'shared/receipt/hand-out.ts',
    'shared/commands',
    'shared/whose/orders.ts',
  ],
  '@microsoft/microsoft-graph-client': ['shared/graph'],
  tsdav: ['shared/dav/multistatus.ts'],
  'dns-packet': ['shared/dns/message.ts', 'shared/dns/resolve.ts'],
  'imapflow/lib/special-use.js': ['shared/imap/roles.ts'],
  nodemailer: ['shared/notices/smtp-mail.ts'],
  pdfkit: ['shared/passwords/letters.ts'],
  '@zip.js/zip.js': ['shared/passwords/bundle.ts'],
  'nodemailer/lib/mail-composer': ['shared/notices/mime.ts'],
  'hucre/xlsx': ['shared/intake/workbook.ts', 'shared/inventory'],
  'hucre/csv': ['shared/intake/csv.ts'],
  'node:net': ['shared/imap', 'shared/dns', 'shared/playbooks/host.ts'],
  'node:tls': ['shared/imap'],
  'node:dns': ['shared/app.ts'],
  'node:http': [],
  'node:https': [],
  'node:child_process': [],
}

/** Packages that are large and wanted seldom: loaded where they are used, or every worker would hold them from its start. */
const seldom = ['tsdav', 'nodemailer', 'nodemailer/lib/mail-composer', 'hucre/xlsx', '@zip.js/zip.js', 'pdfkit', 'date-holidays']

/** Packages that only compute. */
const pure = [
  // Loads what only computes, where it is wanted.
  'node:module',
  'zod',
  'yaml',
  'ical-generator',
  'timezones-ical-library',
  'temporal-polyfill',
  'date-holidays',
  'nodemailer/lib/mail-composer',
  'postal-mime',
  'node:crypto',
  'node:zlib',
  'node:buffer',
  'node:url',
]

/** Where node:net is only asked whether a text is an address. */
const readsAddresses = ['shared/dns/presentation.ts', 'shared/playbooks/host.ts']

/** What decides, and what it decides with. */
const core = [
  'shared/machine.ts',
  'shared/run.ts',
  'shared/lives.ts',
  'shared/waiting.ts',
  'shared/sweep.ts',
  'shared/audit.ts',
  'shared/errors.ts',
  'shared/log.ts',
  'shared/life',
  'shared/copy',
  'shared/steps',
  'shared/calendar',
  'shared/dns/records.ts',
  'shared/dns/agreement.ts',
  'shared/dns/zone.ts',
  'shared/notices/templates',
  'shared/notices/write.ts',
  'shared/notices/gather.ts',
  'shared/notices/html.ts',
  'shared/notices/plain.ts',
  'shared/notices/mime.ts',
  'shared/notices/letter.ts',
  'shared/notices/calendar-file.ts',
  'shared/notices/owed.ts',
  'shared/notices/kept.ts',
  'shared/notices/pace.ts',
  'shared/notices/channel.ts',
  'shared/passwords/make.ts',
  'shared/passwords/seal.ts',
  'shared/passwords/passwords.ts',
  'shared/passwords/access.ts',
  'shared/passwords/reveal.ts',
  'shared/passwords/renew.ts',
  'shared/accounts/accounts.ts',
  'shared/source/source.ts',
  'shared/targets/target.ts',
  'shared/store/store.ts',
  'shared/store/schema.ts',
  'shared/store/columns.ts',
  'shared/ports.ts',
]

test('the files are seen', () => {
  assert.ok(files.length > 100, `${files.length} files`)
  assert.ok(files.some(({ imports }) => imports.some(({ to }) => to === 'zod')))
  for (const place of core)
    assert.ok(
      files.some(({ path }) => under(place)(path)),
      `${place} is not there: correct this list`,
    )
})

test('every import is of a file that is there', () => {
  const lost = files.flatMap(({ imports }) => imports.filter(({ to }) => !isPackage(to) && !byPath.has(to)))
  assert.deepEqual(
    lost.map(({ from, to }) => `${from} -> ${to}`),
    [],
  )
})

test('nothing that ships imports a test', () => {
  const wrong = files.flatMap(({ imports }) => imports.filter(({ to }) => to.startsWith('test/') || to.startsWith('..')))
  assert.deepEqual(
    wrong.map(({ from, to }) => `${from} -> ${to}`),
    [],
  )
})

test('each SDK is known to its adapter only', () => {
  const wrong = files.flatMap(({ imports }) =>
    imports.filter(({ to }) => sdks[to] !== undefined).filter(({ from, to }) => !under(...(sdks[to] ?? []))(from)),
  )
  assert.deepEqual(
    wrong.map(({ from, to }) => `${from} -> ${to}`),
    [],
  )
})

test('every package that is imported is in one of the lists', () => {
  const known = new Set([...Object.keys(sdks), ...pure])
  const harmless = /^node:(util|url|events|path|fs|fs\/promises|stream|stream\/promises|timers\/promises|process|string_decoder)$/
  const unknown = files.flatMap(({ imports }) =>
    imports.filter(({ to }) => isPackage(to) && !known.has(to) && !harmless.test(to)),
  )
  assert.deepEqual([...new Set(unknown.map(({ from, to }) => `${from} -> ${to}`))], [])
})

test('what is large and wanted seldom is loaded where it is used, not by every worker at its start', () => {
  const wrong = files.flatMap(({ imports }) =>
    imports.filter(({ to, typeOnly, late }) => seldom.includes(to) && !typeOnly && !late),
  )
  assert.deepEqual(
    wrong.map(({ from, to }) => `${from} -> ${to}`),
    [],
  )
})

describe('the core', () => {
  test('knows no SDK, directly or through what it imports', () => {
    const wrong: string[] = []
    for (const { path } of files.filter(({ path }) => under(...core)(path))) {
      const alien = reached(path).filter(way => isPackage(way.at(-1) ?? '') && !pure.includes(way.at(-1) ?? ''))
      wrong.push(...alien.filter(way => !readsAddresses.includes(way.at(-2) ?? '')).map(way => way.join(' -> ')))
    }
    assert.deepEqual(wrong, [])
  })

  test('does not know who calls it', () => {
    const outside = under('shared/app.ts', 'shared/http.ts', 'shared/commands', 'shared/dashboard', 'functions')
    const wrong = files
      .filter(({ path }) => under(...core)(path))
      .flatMap(({ imports }) => imports.filter(({ to }) => outside(to)))
    assert.deepEqual(
      wrong.map(({ from, to }) => `${from} -> ${to}`),
      [],
    )
  })

  test('reads no clock, no environment and no chance of its own', () => {
    const asks =
      /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bMath\.random\b|\bprocess\.env\b|\bsetTimeout\b|\bsetInterval\b|\brandomUUID\b|\bconsole\./
    const wrong = files.filter(({ path, text }) => under(...core)(path) && asks.test(text)).map(({ path }) => path)
    assert.deepEqual(wrong, [])
  })
})

test('the environment is read in one place', () => {
  const readers = files.filter(({ text }) => /\bprocess\.env\b/.test(text)).map(({ path }) => path)
  assert.deepEqual(readers.sort(), ['shared/app.ts', 'shared/receipt/cli.ts'])
})

test('only app.ts builds clients: nobody else imports what opens a connection, except its own kind', () => {
  const openers = [
    'shared/store/tables.ts',
    'shared/source/imap.ts',
    'shared/targets/imap.ts',
    'shared/targets/graph.ts',
    'shared/graph/client.ts',
    'shared/dav/dav.ts',
    'shared/dns/rfc2136.ts',
    'shared/dns/resolve.ts',
    'shared/secrets.ts',
    'shared/sessions.ts',
    'shared/notices/channels.ts',
  ]
  const wrong = files.flatMap(({ imports }) =>
    imports.filter(
      ({ from, to, typeOnly }) => !typeOnly && openers.includes(to) && from !== 'shared/app.ts' && !sameKind(from, to),
    ),
  )
  assert.deepEqual(
    wrong.map(({ from, to }) => `${from} -> ${to}`),
    [],
  )
})

describe('a function', () => {
  const functions = files.filter(({ path }) => path.startsWith('functions/'))

  test('parses, calls and returns: it imports the app, commands and works', () => {
    const may = under(
      '@azure/functions',
      'shared/app.ts',
      'shared/http.ts',
      'shared/leaving.ts',
      'shared/work.ts',
      'shared/sweep.ts',
      'shared/commands',
      'shared/steps',
      'shared/intake',
      'shared/store/schema.ts',
      'shared/dashboard',
      'shared/receipt',
    )
    const wrong = functions.flatMap(({ imports }) => imports.filter(({ to }) => !may(to)))
    assert.deepEqual(
      wrong.map(({ from, to }) => `${from} -> ${to}`),
      [],
    )
  })

  test('decides nothing', () => {
    const deciding = functions.filter(({ text }) => /^\s*(if|switch|while)\b|\bif \(/m.test(text)).map(({ path }) => path)
    assert.deepEqual(deciding, [])
  })

  test('shows the effect of an order first (?dryRun=true), whatever the order', () => {
    const orders = functions.flatMap(({ path, text }) =>
      text
        .split(/(?=\bapp\.http\(|^on\()/m)
        .filter(one => /^(app\.http|on)\(.*'(POST|PUT)'/s.test(one) && !/authLevel: 'anonymous'|methods: \[method\]/.test(one))
        .map(one => `${path}: ${one}`),
    )
    assert.ok(orders.length >= 14, `${orders.length}`)
    assert.deepEqual(
      orders.filter(one => !/\bordered\(|'dryRun'/.test(one)),
      [],
    )
  })

  test('has at most 25 lines', () => {
    const long = functions.flatMap(({ path, text }) =>
      handlers(text)
        .filter(lines => lines > 25)
        .map(lines => `${path}: ${lines}`),
    )
    assert.deepEqual(long, [])
    assert.ok(functions.every(({ text }) => handlers(text).length > 0))
  })
})

test('no file is longer than 300 lines, and half of them are short', () => {
  // The schema is one document, a table as long as its columns.
  const long = files
    .filter(({ path, lines }) => lines > (path === 'shared/store/schema.ts' ? 700 : 300))
    .map(({ path, lines }) => `${path}: ${lines}`)
  assert.deepEqual(long, [])
  const sorted = files.map(({ lines }) => lines).sort((a, b) => a - b)
  assert.ok((sorted[Math.floor(sorted.length / 2)] ?? 0) <= 120)
})

test('nobody imports in a circle, types apart', () => {
  const circles = files.flatMap(({ path }) =>
    reached(path)
      .filter(way => way.at(-1) === path)
      .map(way => way.join(' -> ')),
  )
  assert.deepEqual(circles, [])
})

test('the example of the settings has every setting, in the order of their meanings', () => {
  const { Values } = JSON.parse(readFileSync(join(root, 'local.settings.example.json'), 'utf8')) as {
    Values: Record<string, string>
  }
  assert.deepEqual(
    Object.keys(Values)
      .filter(name => name !== 'FUNCTIONS_WORKER_RUNTIME')
      .sort(),
    Object.keys(settings).sort(),
  )
})

/** Every way of value imports from a file, to each file and package once; a way back to the file itself is a circle. */
function reached(path: string): string[][] {
  const ways: string[][] = []
  const seen = new Set<string>()
  const queue: string[][] = [[path]]
  for (let way = queue.shift(); way; way = queue.shift()) {
    for (const { to, typeOnly } of byPath.get(way.at(-1) ?? '')?.imports ?? []) {
      if (typeOnly || seen.has(to)) continue
      seen.add(to)
      const longer = [...way, to]
      ways.push(longer)
      if (to !== path) queue.push(longer)
    }
  }
  return ways
}

/** Adapters may stand on one another. */
function sameKind(from: string, to: string): boolean {
  return (
    dirname(from) === dirname(to) ||
    (to.startsWith('shared/graph/') && under('shared/accounts', 'shared/notices', 'shared/targets')(from))
  )
}

/** How long each top-level statement is that registers a function. */
function handlers(text: string): number[] {
  const found: number[] = []
  let begun: number | undefined
  for (const [i, line] of text.split('\n').entries()) {
    if (/^(app\.|for \(|const \w+ = |export )/.test(line)) begun ??= i
    if (begun !== undefined && (/^[})\]]/.test(line) || (begun === i && /[)}\]]$/.test(line)))) {
      found.push(i - begun + 1)
      begun = undefined
    }
  }
  return found
}
