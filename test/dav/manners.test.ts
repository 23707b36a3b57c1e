import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { openDav } from '../../shared/dav/dav.ts'
import { Failure } from '../../shared/errors.ts'
import type { OldEntry } from '../../shared/items/old.ts'
import { card, event } from '../sandbox/dav/entries.ts'

/*
 * Calendar servers of other habits than Radicale's, told as RFC 4918, 4791, 6352 and 6638 describe them, and ones that fail: what is read, what is not,
 * and where a password goes.
 */
type Answer = { status?: number; headers?: Record<string, string>; body?: string } | undefined
type Asked = { method: string; path: string; body: string; authorization: string | undefined; depth: string | undefined }

let server: Server
let other: Server
let url: string
let otherUrl: string
let asked: Asked[]
let stolen: (string | undefined)[]
let answers: (asked: Asked) => Answer

before(async () => {
  server = createServer((request, response) => void serve(request, response))
  other = createServer((request, response) => {
    stolen.push(request.headers.authorization)
    response.end('thanks')
  })
  url = await listening(server)
  otherUrl = await listening(other)
})
beforeEach(() => {
  asked = []
  stolen = []
  answers = home
})
after(() => {
  server.close()
  other.close()
})

async function listening(one: Server): Promise<string> {
  one.listen(0, '127.0.0.1')
  await once(one, 'listening')
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const piece of request) body += piece
  const { method = '', url: path = '', headers } = request
  const one = { method, path, body, authorization: headers.authorization, depth: headers.depth as string | undefined }
  asked.push(one)
  const answer = answers(one) ?? { status: 404, body: 'nothing here' }
  response.writeHead(answer.status ?? 207, { 'content-type': 'application/xml; charset=utf-8', ...answer.headers })
  response.end(answer.body)
}

const multistatus = (...responses: [href: string, props: string][]): Answer => ({
  body: `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="urn:ietf:params:xml:ns:carddav" xmlns:S="http://calendarserver.org/ns/">${responses
    .map(
      ([href, props]) =>
        `<D:response><D:href>${href}</D:href><D:propstat><D:prop>${props}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`,
    )
    .join('')}</D:multistatus>`,
})
const folder = (types: string, more = '') => `<D:resourcetype><D:collection/>${types}</D:resourcetype>${more}`
const calendar = (more = '') => folder('<C:calendar/>', more)
const data = (text: string) => `<C:calendar-data>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</C:calendar-data>`

/** What lies in the one calendar, by href. */
let entries: Record<string, string> = {}

/** A home with one calendar. */
function home({ method, path, body }: Asked): Answer {
  if (method === 'PROPFIND' && path === '/anna/') return multistatus(['/anna/', folder('')], ['/anna/cal/', calendar()])
  if (method === 'PROPFIND' && path === '/anna/cal/')
    return multistatus(
      ['/anna/cal/', calendar()],
      ...Object.keys(entries).map((href): [string, string] => [href, '<D:resourcetype/>']),
    )
  if (method === 'REPORT')
    return multistatus(
      ...Object.entries(entries)
        .filter(([href]) => body.includes(`>${href}<`))
        .map(([href, text]): [string, string] => [href, data(text)]),
    )
  const text = entries[path]
  return method === 'GET' && text !== undefined ? { status: 200, body: text } : undefined
}

const password = 'annas-very-own'
const open = (more: { url?: string; direct?: boolean; shared?: boolean; signal?: AbortSignal } = {}) =>
  openDav({
    url: `${url}/anna/`,
    direct: true,
    shared: false,
    login: async () => ({ user: 'anna', pass: password }),
    mailbox: 'anna@town.example',
    now: Date.now,
    ...more,
  })

async function read(old = open()): Promise<OldEntry[]> {
  const all: OldEntry[] = []
  for await (const one of old.entries()) all.push(one)
  return all
}

async function failing(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => assert.fail('it did not fail'),
    error => error,
  )
  assert.ok(error instanceof Failure, String(error))
  assert.doesNotMatch(`${error.message} ${error.hint} ${String(error.cause)}`, /annas-very-own|Basic/)
  return error
}

describe('a password', () => {
  for (const [how, answer] of [
    ['a redirect', () => ({ status: 302, headers: { location: `${otherUrl}/dav/` } })],
    [
      'a home that lies there',
      () => multistatus(['/anna/', `<C:calendar-home-set><D:href>${otherUrl}/anna/</D:href></C:calendar-home-set>`]),
    ],
  ] as [string, () => Answer][]) {
    test(`does not go to another host by ${how}, which is named`, async () => {
      answers = answer
      const { code, verdict, message, hint } = await failing(open().shelves())
      assert.deepEqual([code, verdict, stolen], ['REDIRECT', 'permanent', []])
      assert.match(message, new RegExp(otherUrl))
      assert.match(hint, /source\.dav\.url/)
    })
  }

  test('goes along where the redirect stays with its host', async () => {
    answers = one => (one.path === '/old/anna/' ? { status: 301, headers: { location: '/anna/' } } : home(one))
    assert.deepEqual(await open({ url: `${url}/old/anna/` }).shelves(), { calendars: 1, books: 0, others: 0 })
    const basic = `Basic ${Buffer.from(`anna:${password}`).toString('base64')}`
    assert.ok(asked.every(({ authorization }) => authorization === basic))
  })

  test('is not sent round in circles', async () => {
    answers = ({ path }) => ({ status: 302, headers: { location: path } })
    assert.equal((await failing(open().shelves())).code, 'NO-DAV')
    assert.ok(asked.length < 10)
  })
})

describe('a server that fails', () => {
  test('is told apart from an empty one, and its wait is kept', async () => {
    answers = () => ({ status: 503, headers: { 'retry-after': '17' } })
    const { verdict, retryAfterMs } = await failing(open().shelves())
    assert.deepEqual([verdict, retryAfterMs], ['transient', 17_000])
    for (const [body, headers] of [
      ['<html>Welcome</html>', { 'content-type': 'text/html' }],
      ['<html>Welcome</html>', {}],
    ] as [string, Record<string, string>][]) {
      answers = () => ({ status: 200, headers, body })
      const page = await failing(open().shelves())
      assert.deepEqual([page.code, page.verdict], ['NO-DAV', 'permanent'])
    }
  })

  test('in the middle of an answer is not believed', async () => {
    const whole = multistatus(['/anna/', folder('')], ['/anna/cal/', calendar()], ['/anna/book/', folder('<A:addressbook/>')])
    answers = () => ({ body: whole?.body?.slice(0, -80) ?? '' })
    const { code, verdict } = await failing(open().shelves())
    assert.deepEqual([code, verdict], ['CUT-OFF', 'transient'])
  })

  test('in the middle of a calendar loses nothing of it silently', async () => {
    entries = { '/anna/cal/a.ics': event('a', 'A') }
    answers = one => (one.method === 'REPORT' ? { status: 429, headers: { 'retry-after': '3' } } : home(one))
    assert.equal((await failing(read())).retryAfterMs, 3_000)
  })

  test('that nobody reaches is weather', async () => {
    const gone = createServer()
    const at = await listening(gone)
    gone.close()
    const { code, verdict } = await failing(open({ url: `${at}/anna/` }).shelves())
    assert.deepEqual([code, verdict], ['ECONNREFUSED', 'transient'])
  })

  test('is asked for each entry by itself where it knows no multiget, or one entry spoils it', async () => {
    entries = { '/anna/cal/a.ics': event('a', 'A'), '/anna/cal/b.ics': event('b', 'B'), '/anna/cal/gone.ics': 'x' }
    const spoils = [
      { status: 501 },
      { status: 500 },
      { body: '<D:multistatus xmlns:D="DAV:"><D:resp' },
      { body: '<D:multistatus xmlns:D="DAV:">\u0001&broken</D:multistatus>' },
    ]
    for (const spoilt of spoils) {
      answers = one => {
        if (one.method === 'REPORT') return spoilt
        if (one.path === '/anna/cal/b.ics') return { status: 500 }
        return one.path === '/anna/cal/gone.ics' ? undefined : home(one)
      }
      const [a, b, ...more] = await read()
      assert.ok(a && 'text' in a && a.text.includes('SUMMARY:A'))
      assert.ok(b && 'refused' in b && /HTTP 500/.test(b.refused.reason))
      assert.equal(more.length, 0)
    }
  })
})

describe('a look ahead', () => {
  test('lists each calendar once and reads no entry', async () => {
    entries = { '/anna/cal/a.ics': event('a', 'A'), '/anna/cal/b.ics': event('b', 'B') }
    assert.deepEqual(await open().count(), { calendars: 1, books: 0, others: 0, entries: 2, contacts: 0 })
    assert.deepEqual(
      asked.map(({ method, path, depth }) => `${method} ${path} ${depth}`),
      ['PROPFIND /anna/ 0', 'PROPFIND /anna/ 1', 'PROPFIND /anna/cal/ 1'],
    )
  })

  test('ends when whoever asks has waited enough, as weather', async () => {
    const silent = createServer(() => {})
    const at = await listening(silent)
    const { code, verdict } = await failing(open({ url: `${at}/anna/`, signal: AbortSignal.timeout(50) }).count())
    silent.closeAllConnections()
    silent.close()
    assert.deepEqual([code, verdict], ['ETIMEDOUT', 'transient'])
  })
})

describe('a home', () => {
  test('holds no scheduling box, nothing of other people, and knows its usual calendar', async () => {
    const usual = '<C:schedule-default-calendar-URL><D:href>/anna/cal/</D:href></C:schedule-default-calendar-URL>'
    const owner = (who: string) => `<D:owner><D:href>/people/${who}/</D:href></D:owner>`
    const only = (name: string) =>
      `<C:supported-calendar-component-set><C:comp name="${name}"/></C:supported-calendar-component-set>`
    entries = { '/anna/cal/a.ics': event('a', 'A') }
    answers = one => {
      if (one.path === '/')
        return multistatus(['/', '<D:current-user-principal><D:href>/people/anna</D:href></D:current-user-principal>'])
      if (one.path === '/people/anna')
        return multistatus([
          '/people/anna/',
          '<C:calendar-home-set><D:href>/anna/</D:href></C:calendar-home-set><A:addressbook-home-set><D:href>/anna/</D:href></A:addressbook-home-set>',
        ])
      if (one.path === '/anna/' && one.depth === '1')
        return multistatus(
          ['/anna/', folder('')],
          ['/anna/inbox/', folder('<C:schedule-inbox/>', usual)],
          ['/anna/outbox/', folder('<C:schedule-outbox/>')],
          ['/anna/cal/', calendar(owner('anna'))],
          ['/anna/2025/', calendar(`<D:displayname>2025</D:displayname>${only('VEVENT')}`)],
          ['/anna/tasks/', calendar(`<D:displayname>To do</D:displayname>${only('VTODO')}`)],
          ['/anna/ben/', calendar(owner('ben'))],
          ['/anna/choir/', calendar('<S:shared/>').replace('<C:calendar/>', '<C:calendar/><S:shared/>')],
          ['/anna/book/', folder('<A:addressbook/>')],
        )
      if (one.method === 'PROPFIND' && one.path.startsWith('/anna/') && one.path !== '/anna/cal/') {
        const href = `${one.path}x%2Fy%20%23.ics`
        return multistatus([one.path, calendar()], [href, '<D:resourcetype/><D:getcontentlength>200</D:getcontentlength>'])
      }
      if (one.method === 'REPORT' && !one.path.startsWith('/anna/cal/')) return { status: 403 }
      if (one.method === 'GET') return { status: 200, body: one.path.includes('/book/') ? card('x', 'X') : event('x', 'X') }
      return home(one)
    }
    const old = open({ url, direct: false })
    assert.deepEqual(await old.shelves(), { calendars: 3, books: 1, others: 2 })
    const found = await read(old)
    assert.deepEqual(
      found.map(({ at, shelf }) => [at, shelf?.name, shelf?.unlike]),
      [
        ['/anna/cal/a.ics', undefined, undefined],
        ['/anna/2025/x/y #.ics', '2025', ['events']],
        ['/anna/tasks/x/y #.ics', 'To do', ['tasks']],
        ['/anna/book/x/y #.ics', undefined, undefined],
      ],
    )
    assert.ok(
      asked.some(({ method, path }) => method === 'GET' && path === '/anna/2025/x%2Fy%20%23.ics'),
      'asked for as it was named',
    )
  })

  test('of the administrator is not taken for that of everybody, at a server that names it to him wherever he asks', async () => {
    const own =
      '<C:calendar-home-set><D:href>/admin/</D:href></C:calendar-home-set><A:addressbook-home-set><D:href>/admin/</D:href></A:addressbook-home-set>'
    const who = '<D:current-user-principal><D:href>/people/admin/</D:href></D:current-user-principal>'
    answers = ({ path, depth }) =>
      depth === '0'
        ? multistatus([path, `<D:resourcetype><D:principal/></D:resourcetype>${who}${own}`])
        : multistatus([path, folder('')], ...(path === '/admin/' ? [['/admin/cal/', calendar()] as [string, string]] : []))
    const { code } = await failing(
      open({ url: `${url}/people/anna/`, shared: true })
        .shelves()
        .then(shelves => assert.deepEqual(shelves, {})),
    )
    assert.equal(code, 'NO-HOME')
  })

  test('whose server spells its owner in two ways is his all the same', async () => {
    const owner = '<D:owner><D:href>/people/anna@town.example/</D:href></D:owner>'
    answers = one =>
      one.path === '/anna/' && one.depth === '1'
        ? multistatus(['/anna/', folder('')], ['/anna/cal/', calendar(owner)])
        : home(one)
    assert.deepEqual(await open().shelves(), { calendars: 1, books: 0, others: 0 })
  })

  test('is looked for at its well-known places', async () => {
    answers = one => {
      if (one.path === '/.well-known/caldav') return { status: 301, headers: { location: '/dav/' } }
      if (one.path === '/dav/')
        return multistatus(['/dav/', '<D:current-user-principal><D:href>/me/</D:href></D:current-user-principal>'])
      if (one.path === '/me/') return multistatus(['/me/', '<C:calendar-home-set><D:href>/anna/</D:href></C:calendar-home-set>'])
      return home(one)
    }
    assert.equal((await open({ url, direct: false }).shelves()).calendars, 1)
  })

  test('that is empty, or is none, is no success', async () => {
    answers = () => multistatus(['/anna/', folder('')])
    assert.equal((await failing(open().shelves())).code, 'NO-HOME')
    answers = () => multistatus(['/', folder('')])
    assert.equal((await failing(open({ url, direct: false }).shelves())).code, 'NO-HOME')
  })
})
