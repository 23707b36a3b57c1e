import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'
import { type Answered, type HostProcess, startHostProcess } from './host-process.ts'
import { allMessages, allRows, rowsOf } from './storage.ts'

let azurite: Azurite
let host: HostProcess

const imap = (secret: string) =>
  `{ host: 127.0.0.1, port: 9, tls: none, auth: { kind: master-user, user: bmaster, separator: "*", secret: ${secret} } }`
const playbook = (name: string, more = '') => `playbook: ${name}
timeZone: Europe/Paris
source: { imap: ${imap('SOURCE_PASSWORD')} }
target: { kind: exchange-server, accounts: existing, imap: ${imap('TARGET_PASSWORD')} }
routing: { kind: none }
lateMail: { for: PT0S }
calendar: []
notices: []
${more}`
/** Its waves wait for a day that is far away, so that nothing stirs that a refused request could be taken for. */
const dated = playbook('dated').replace('calendar: []', 'calendar: [{ at: "D-1 16:00", step: provision }]')
const yaml = { 'content-type': 'application/yaml' }
const one = { wave: 'w1', playbook: 'dated', day: '2099-01-10', mailboxes: [{ address: 'anna@town.test' }] }

before(async () => {
  azurite = await startAzurite({ dir: 'memory' })
  host = await startHostProcess({ AzureWebJobsStorage: azurite.connectionString })
  assert.equal((await host.call('PUT', 'playbooks/lift', playbook('lift'), yaml)).status, 201)
  assert.equal((await host.call('PUT', 'playbooks/dated', dated, yaml)).status, 201)
})

after(async () => {
  await host?.kill9()
  await azurite?.stop()
})

/** All that is stored, as one text. */
async function stored(): Promise<string> {
  const { connectionString } = azurite
  const all = [await allRows(connectionString), await allMessages(connectionString)]
  return JSON.stringify(all, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

/** Waits until nothing is on its way any more: what was taken before has been looked at and waits for its day. All that is stored then. */
async function quiet(): Promise<string> {
  let last = ''
  for (let now = await stored(); now !== last; now = await stored()) {
    last = now
    await new Promise(after => setTimeout(after, 700))
  }
  return last
}

/** A refusal in the contract’s form, with a fault at each of these places; and nothing of it is stored. */
async function refused(call: () => Promise<Answered>, status: number, paths: readonly string[] = []): Promise<Answered> {
  const before = await stored()
  const answer = await call()
  assert.equal(answer.status, status, answer.text)
  const error = answer.json.error as { code: string; message: string; details: { path: string; message: string }[] } | undefined
  assert.ok(error, answer.text)
  assert.ok(error.code && error.message, answer.text)
  for (const path of paths)
    assert.ok(
      error.details.some(fault => fault.path.includes(path)),
      `no fault at ${path}: ${answer.text}`,
    )
  for (const fault of error.details) assert.ok(fault.path && fault.message, answer.text)
  assert.equal(await stored(), before, 'something was stored')
  return answer
}

const post = (body: unknown, headers: Record<string, string> = {}) => host.call('POST', 'waves', body, headers)

const badWaves: readonly [name: string, body: unknown, status: number, paths: readonly string[]][] = [
  ['nothing at all', '', 400, []],
  ['no JSON', '{"wave": ', 400, []],
  ['a list', [], 400, []],
  ['an empty object', {}, 400, ['wave', 'playbook', 'mailboxes']],
  ['no mailboxes', { ...one, mailboxes: [] }, 400, ['mailboxes']],
  ['mailboxes that are no list', { ...one, mailboxes: 'anna@town.test' }, 400, ['mailboxes']],
  [
    'several faults, all told at once',
    { wave: '', playbook: 'lift', mailboxes: [{ address: 'nobody' }, {}] },
    400,
    ['wave', 'mailboxes[0].address', 'mailboxes[1].address'],
  ],
  [
    'the same address twice',
    { ...one, mailboxes: [{ address: 'anna@town.test' }, { address: 'Anna@Town.test' }] },
    400,
    ['mailboxes[1]'],
  ],
  ['a kind that there is not', { ...one, mailboxes: [{ address: 'anna@town.test', kind: 'robot' }] }, 400, ['mailboxes[0].kind']],
  ['a key that there is not', { ...one, mailbox: [] }, 400, ['mailbox']],
  ['a name that is a path', { ...one, wave: '../w1' }, 400, ['wave']],
  ['a day that there is not', { ...one, day: '2026-02-30' }, 400, ['day']],
  ['no day, where the calendar counts from one', { ...one, day: undefined }, 400, ['day']],
  ['a playbook that nobody has sent', { ...one, playbook: 'nobody' }, 422, ['playbook']],
]

for (const [name, body, status, paths] of badWaves) {
  test(`a wave with ${name} is refused with ${status}, and nothing is stored`, async () => {
    await refused(() => post(body, { 'content-type': 'application/json' }), status, paths)
  })
}

test('a CSV with faults is refused with the place of each, and nothing is stored', async () => {
  const csv = 'address,kind\nanna@town.test,user\nnobody,user\nanna@town.test,user\n'
  const answer = await refused(
    () => host.call('POST', 'waves?wave=c1&playbook=dated&day=2099-01-10', csv, { 'content-type': 'text/csv' }),
    400,
  )
  assert.match(answer.text, /nobody/)
})

test('bytes that only claim to be a workbook are refused', async () => {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const bytes = new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0])
  await refused(() => host.call('POST', 'waves?wave=x1&playbook=dated&day=2099-01-10', bytes, { 'content-type': type }), 400)
})

test('a playbook with faults is refused with every place, and is not stored', async () => {
  const faulty = playbook('faulty', 'colour: red\n')
    .replace('Europe/Paris', 'Europe/Pariss')
    .replace('exchange-server', 'exchange')
  await refused(() => host.call('PUT', 'playbooks/faulty', faulty, yaml), 400, ['timeZone', 'target.kind', 'colour'])
  await refused(() => host.call('PUT', 'playbooks/other', playbook('lift'), yaml), 400, ['playbook'])
  await refused(() => host.call('PUT', 'playbooks/faulty', 'playbook: [', yaml), 400)
})

test('a secret given in clear is refused and never repeated', async () => {
  const clear = playbook('clear').replace('secret: SOURCE_PASSWORD', 'secret: "hunter2!"')
  const answer = await refused(() => host.call('PUT', 'playbooks/clear', clear, yaml), 400, ['source.imap.auth.secret'])
  assert.doesNotMatch(answer.text, /hunter2/)
  assert.doesNotMatch(host.output(), /hunter2/)
})

test('the same playbook twice is one version; a changed one is the next', async () => {
  const again = await host.call('PUT', 'playbooks/lift', playbook('lift'), yaml)
  assert.deepEqual([again.status, again.json.version], [200, 1])
  const next = await host.call('PUT', 'playbooks/lift', playbook('lift', '# changed\n'), yaml)
  assert.deepEqual([next.status, next.json.version], [201, 2])
})

test('the same wave twice is one; another of its name is refused with 409 and leaves no trace', async () => {
  const first = await post(one)
  assert.equal(first.status, 202, first.text)
  assert.equal(first.headers.get('location'), '/api/waves/w1')
  const again = await post(one)
  assert.equal(again.status, 202, again.text)
  const other = await post({ ...one, mailboxes: [{ address: 'bruno@town.test' }] })
  assert.equal(other.status, 409, other.text)
  const mailboxes = await rowsOf(azurite.connectionString, 'Mailboxes')
  assert.deepEqual(
    mailboxes.map(({ rowKey }) => rowKey),
    ['anna@town.test'],
  )
  assert.equal(await enqueued('w1'), 1)
})

test('a mailbox that another wave has is refused with 409 and the name of that wave', async () => {
  const mailboxes = [{ address: 'new@town.test' }, { address: 'Anna@town.test' }]
  const answer = await refused(() => post({ ...one, wave: 'w2', mailboxes }), 409, ['mailboxes[1].address'])
  assert.match(answer.text, /wave “w1”/)
})

test('twenty at once of the same wave are one', async () => {
  const wave = { ...one, wave: 'same', mailboxes: [{ address: 'same@town.test' }] }
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(wave)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    Array.from({ length: 20 }, () => 202),
  )
  assert.equal(await enqueued('same'), 1)
})

test('of twenty different waves of one name at once one is taken, and nothing of the others is stored', async () => {
  const wave = (i: number) => ({
    wave: 'race',
    playbook: 'dated',
    day: '2099-01-10',
    mailboxes: [{ address: `p${i}@town.test` }, { address: 'all@town.test', givenName: `N${i}` }],
  })
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => post(wave(i))))
  const taken = answers.flatMap(({ status }, i) => (status === 202 ? [i] : []))
  assert.equal(taken.length, 1, answers.map(({ status }) => status).join())
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202, 409]))
  const mailboxes = (await rowsOf(azurite.connectionString, 'Mailboxes')).filter(({ partitionKey }) => partitionKey === 'race')
  assert.deepEqual(mailboxes.map(({ rowKey }) => rowKey).sort(), ['all@town.test', `p${taken[0]}@town.test`])
  const shared = mailboxes.find(({ rowKey }) => rowKey === 'all@town.test')
  assert.match(String(shared?.wanted), new RegExp(`"N${taken[0]}"`))
  assert.equal(await enqueued('race'), 1)
})

async function enqueued(wave: string): Promise<number> {
  const audit = await rowsOf(azurite.connectionString, 'Audit')
  return audit.filter(({ partitionKey, action }) => partitionKey === wave && action === 'enqueue').length
}

test('an action needs a reason, in words, and knows its mailboxes', async () => {
  assert.equal((await post({ ...one, wave: 'acts', mailboxes: [{ address: 'acts@town.test' }] })).status, 202)
  await quiet()
  for (const body of [{}, { why: '' }, { why: '  ' }, { why: 7 }, { why: 'long enough', when: 'now' }, '{"why":', '']) {
    await refused(() => host.call('POST', 'waves/acts/hold', body, { 'content-type': 'application/json' }), 400)
  }
  const unknown = { why: 'to try it', mailboxes: ['acts@town.test', 'nobody@town.test'] }
  await refused(() => host.call('POST', 'waves/acts/hold', unknown), 400, ['mailboxes[1]'])
  await refused(() => host.call('POST', 'waves/acts/reschedule', { why: 'to try it' }), 400, ['day'])
  await refused(() => host.call('POST', 'waves/acts/reschedule', { why: 'to try it', day: 'soon' }), 400, ['day'])
  await refused(() => host.call('POST', 'waves/acts/rollback', { why: 'to try it' }), 409)
})

const day = { why: 'to try it', day: '2099-02-10' }
const orders: readonly (readonly [method: string, path: string, body: unknown, type?: string])[] = [
  ['PUT', 'playbooks/dated', `${dated}# another\n`, 'application/yaml'],
  ['POST', 'playbooks/dated/order', {}],
  ['POST', 'playbooks/dated/order/approve', { why: 'to try it', seal: 'a' }],
  ['POST', 'slots/dated', { for: 'w1', wishes: ['2099-02-10'] }],
  ['POST', 'slots/dated/proposal', { waves: [{ for: 'w1' }] }],
  ['POST', 'waves', { ...one, wave: 'tried', mailboxes: [{ address: 'tried@town.test' }] }],
  ...['hold', 'release', 'retry', 'approve', 'rollback', 'send-now', 'skip', 'cancel'].map(
    action => ['POST', `waves/w1/${action}`, { why: 'to try it' }] as const,
  ),
  ['POST', 'waves/w1/reschedule', day],
  ['POST', 'waves/w1/postpone', day],
  ['POST', 'waves/w1/scan', {}],
  ['POST', 'waves/w1/links', { why: 'to try it' }],
  ['POST', 'waves/w1/inventory', {}],
  ['POST', 'waves/w1/answers', 'address,keep\nanna@town.test,no\n', 'text/csv'],
  ['POST', 'waves/w1/answers/follow', {}],
  ['POST', 'waves/w1/passwords', [{ address: 'anna@town.test', password: 'correct horse battery' }]],
  ['POST', 'waves/w1/reissue', { why: 'to try it', mailboxes: ['anna@town.test'] }],
]

let untried: string | undefined
for (const [method, path, body, type = 'application/json'] of orders) {
  test(`${method} ${path} can be tried first: nothing is changed`, async () => {
    const call = (dryRun: string) => host.call(method, `${path}?dryRun=${dryRun}`, body, { 'content-type': type })
    untried ??= await quiet()
    await refused(() => call('perhaps'), 400, ['dryRun'])
    const { status, text } = await call('true')
    assert.ok(status === 200 || status === 400 || status === 404 || status === 409, `${status} ${text}`)
    assert.equal(await stored(), untried, text)
  })
}

test('nor is anything changed later by what was tried', async () => {
  assert.equal(await quiet(), untried)
})

test('a name without end of who asks is refused, and an empty one is none', async () => {
  const names = { long: 'O'.repeat(300), empty: '' }
  const hold = (name: keyof typeof names) =>
    host.call('POST', 'waves/w1/hold', { why: 'to try it' }, { 'x-operator': names[name] })
  await refused(() => hold('long'), 400, ['x-operator'])
  assert.equal((await hold('empty')).status, 202)
  const audit = await rowsOf(azurite.connectionString, 'Audit')
  assert.equal(
    audit.find(({ partitionKey, action }) => partitionKey === 'w1' && action === 'hold')?.who,
    'holder of the host key',
  )
})

test('what is not there is answered with 404 and what there is', async () => {
  await refused(() => host.call('GET', 'waves/none'), 404)
  await refused(() => host.call('GET', 'waves/none/mailboxes'), 404)
  await refused(() => host.call('GET', 'waves/none/exceptions'), 404)
  await refused(() => host.call('GET', 'waves/none/report.json'), 404)
  await refused(() => host.call('POST', 'waves/none/hold', { why: 'to try it' }), 404)
  const mailbox = await refused(() => host.call('GET', 'waves/w1/mailboxes/nobody@town.test'), 404)
  assert.match(mailbox.text, /mailboxes lists them/)
  assert.equal((await host.call('GET', 'waves/w1/report.pdf')).status, 404)
})

test('wrong methods and unknown paths are answered with 404 or 405, and store nothing', async () => {
  const before = await stored()
  for (const [method, path] of [
    ['DELETE', 'waves/w1'],
    ['PUT', 'waves'],
    ['POST', 'playbooks/lift'],
    ['GET', 'waves/w1/hold'],
    ['POST', 'waves/w1/explode'],
    ['GET', 'elsewhere'],
  ] as const) {
    const { status } = await host.call(method, path, method === 'GET' ? undefined : { why: 'to try it' })
    assert.ok(status === 404 || status === 405, `${method} ${path}: ${status}`)
  }
  assert.equal(await stored(), before)
})

test('without the key, or with another, everything is answered with 401 and nothing is said', async () => {
  const before = await stored()
  for (const key of ['', 'wrong', 'e2e-host-ke']) {
    for (const [method, path, body] of [
      ['GET', 'waves', undefined],
      ['GET', 'waves/w1', undefined],
      ['GET', 'waves/w1/mailboxes/anna@town.test', undefined],
      ['POST', 'waves', { ...one, wave: 'stolen' }],
      ['PUT', 'playbooks/stolen', playbook('stolen')],
      ['POST', 'waves/w1/cancel', { why: 'to try it' }],
    ] as const) {
      const answer = await host.call(method, path, body, { 'x-functions-key': key })
      assert.equal(answer.status, 401, `${method} ${path}`)
      assert.doesNotMatch(answer.text, /anna|lift/)
    }
  }
  assert.equal(await stored(), before)
})
