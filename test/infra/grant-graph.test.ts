import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { root, textAt } from './files.ts'

const script = path.join(root, 'infra/grant-graph.sh')
const graph = '00000003-0000-0000-c000-000000000000'
const exchange = '00000002-0000-0ff1-ce00-000000000000'
const accounts = ['User.ReadWrite.All', 'LicenseAssignment.ReadWrite.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read']

type Tenant = { roles: Record<string, string[]>; granted: string[]; calls: string[]; refuses?: string }
let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'releve-grant-'))
  const az = path.join(folder, 'az')
  await writeFile(
    az,
    `#!/bin/sh\nexec '${process.execPath}' '${path.join(import.meta.dirname, 'az.ts')}' '${folder}/tenant.json' "$@"\n`,
  )
  await chmod(az, 0o755)
})
beforeEach(() =>
  save({
    roles: { [graph]: [...accounts, 'Domain.Read.All', 'Mail.Send'], [exchange]: ['IMAP.AccessAsApp'] },
    granted: [],
    calls: [],
  }),
)
after(() => rm(folder, { recursive: true }))

const save = (tenant: Tenant) => writeFile(path.join(folder, 'tenant.json'), JSON.stringify(tenant))
const tenant = async (): Promise<Tenant> => JSON.parse(await readFile(path.join(folder, 'tenant.json'), 'utf8'))

async function grant(...given: string[]): Promise<{ code: number; out: string; said: string }> {
  const env = { PATH: `${folder}:${process.env.PATH}` }
  return new Promise(resolve =>
    execFile('sh', [script, ...given], { env }, (error, out, said) => resolve({ code: Number(error?.code ?? 0), out, said })),
  )
}

test('each purpose is granted by the permissions’ names, to the identity that was named', async () => {
  const { code, said } = await grant('mi-1', 'imap', 'accounts', 'domains')
  assert.deepEqual([code, said], [0, ''])
  assert.deepEqual(
    (await tenant()).granted,
    [`${exchange} IMAP.AccessAsApp`, ...[...accounts, 'Domain.Read.All'].map(each => `${graph} ${each}`)].map(
      each => `mi-1 ${each}`,
    ),
  )
})

test('a second run grants nothing again and says so', async () => {
  await grant('mi-1', 'accounts')
  const before = (await tenant()).granted
  const { code, out } = await grant('mi-1', 'accounts')
  assert.equal(code, 0)
  assert.deepEqual(
    out.trim().split('\n'),
    accounts.map(each => `has      ${each}`),
  )
  assert.deepEqual((await tenant()).granted, before)
})

test('nobody is given the right to send as anybody unless it is asked for', async () => {
  await grant('mi-1', 'imap', 'accounts', 'domains')
  assert.ok(!(await tenant()).granted.some(each => each.includes('Mail.Send')))
  await grant('mi-1', 'notices')
  assert.ok((await tenant()).granted.includes(`mi-1 ${graph} Mail.Send`))
})

test('an unknown purpose, even behind a known one, grants nothing', async () => {
  const { code, said } = await grant('mi-1', 'imap', 'everything')
  assert.equal(code, 64)
  assert.match(said, /everything is no purpose; there are: imap accounts passwords domains notices/)
  assert.deepEqual((await tenant()).calls, [])
})

test('without an identity or a purpose the usage is shown', async () => {
  assert.match((await grant('mi-1')).said, /grant-graph\.sh OBJECT_ID PURPOSE/)
  assert.equal((await grant()).code, 64)
})

test('a permission the tenant does not have ends the run with its name', async () => {
  await save({ ...(await tenant()), roles: { [graph]: accounts.slice(0, 1), [exchange]: [] } })
  const { code, said } = await grant('mi-1', 'accounts')
  assert.equal(code, 1)
  assert.match(said, /LicenseAssignment\.ReadWrite\.All is no application permission/)
})

test('what Graph refuses ends the run', async () => {
  await save({ ...(await tenant()), refuses: 'post' })
  const { code, out, said } = await grant('mi-1', 'domains')
  assert.notEqual(code, 0)
  assert.equal(out, '')
  assert.match(said, /Authorization_RequestDenied/)
})

test('the script knows every permission that the code names in its errors, or one that includes it; so do the docs', async () => {
  const files = await readdir(path.join(root, 'shared'), { recursive: true })
  const texts = files.filter(file => file.endsWith('.ts')).map(file => textAt(`shared/${file}`))
  const named = new Set(texts.flatMap(text => [...text.matchAll(/permission: '([\w.]+)'/g)].map(([, name]) => name ?? '')))
  assert.ok(named.size >= 5)
  for (const name of named) {
    const wider = name.replace(/\.Read\.All$/, '.ReadWrite.All')
    assert.ok(textAt('infra/grant-graph.sh').includes(` ${name}"`) || textAt('infra/grant-graph.sh').includes(` ${wider}"`), name)
    assert.ok(textAt('docs/deploying.md').includes(`\`${wider}\``) || textAt('docs/deploying.md').includes(`\`${name}\``), name)
  }
})
