import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { clientId, secret, tenant, tenantId } from './tenant.ts'

const shared = (file: string) => fileURLToPath(new URL(`../../shared/${file}`, import.meta.url))

/** The product on its own, as loud as its libraries can be made, printing every error whole. */
const program = (service: { url: string; loginUrl: string }, given: string) => `
  import { inspect } from 'node:util'
  import { tokens, graphScope } from ${JSON.stringify(shared('identity/tokens.ts'))}
  import { graphClient } from ${JSON.stringify(shared('graph/client.ts'))}
  import { graphAccounts } from ${JSON.stringify(shared('accounts/graph.ts'))}
  const held = tokens({ tenantId: '${tenantId}', clientId: '${clientId}', loginBaseUrl: '${service.loginUrl}', clientSecret: async () => '${given}', now: Date.now })
  const passwords = []
  const graph = graphClient({ baseUrl: '${service.url}', token: () => held.token(graphScope), fetch: (url, init) => {
    const password = /"password":"([^"]+)"/.exec(init.body ?? '')?.[1]
    if (password) passwords.push(password)
    return fetch(url, init)
  } })
  const accounts = graphAccounts({ graph })
  for (const address of ['anna@spf75.example', 'anna@unproven.example', 'anna@nowhere.example']) {
    const wanted = { address, kind: 'user', usageLocation: 'FR', licence: 'STANDARDPACK' }
    console.log(inspect(await accounts.ensure(wanted).catch(error => error), { depth: 9, showHidden: true }))
  }
  process.send({ passwords, token: await held.token(graphScope).catch(() => '') })
`

test('with its libraries at their loudest, no secret, password or token is printed', async t => {
  const { service } = await tenant(t)
  for (const given of [secret, 'Wr0ng~secret-of-the-app']) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program(service, given)], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, AZURE_LOG_LEVEL: 'verbose', NODE_DEBUG: '' },
    })
    t.after(() => child.kill())
    assert.ok(child.stdout && child.stderr)
    const told = new Promise<{ passwords: string[]; token: string }>((resolve, reject) => {
      child.once('message', said => resolve(said as { passwords: string[]; token: string }))
      child.once('exit', code => reject(new Error(`it ended with ${code} and told nothing`)))
    })
    told.catch(() => {})
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
    const { passwords, token } = await told
    const printed = out + err
    assert.match(printed, given === secret ? /unproven\.example/ : /AADSTS7000215/)
    assert.match(err, /azure/i, 'the libraries did speak')
    if (given === secret) assert.equal(passwords.length, 3)
    for (const hidden of [given, encodeURIComponent(given), ...passwords, ...(token ? [token] : [])]) {
      assert.ok(!printed.includes(hidden), 'nothing secret is printed')
    }
  }
})
