import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { Failure } from '../shared/errors.ts'
import { secretNameFor } from '../shared/playbooks/secret.ts'
import { secretsFrom } from '../shared/secrets.ts'

const noCredential = () => Promise.reject(new Error('nobody signs in here'))
const fromEnvironment = (env: Record<string, string | undefined>) => secretsFrom(undefined, env, noCredential, () => 0)
const name = secretNameFor('imap-{address}', 'anna.b@town.example')

test('a secret whose name has dashes is found under the name that a shell hands on', async () => {
  const handedOn = execFileSync('sh', ['-c', 'printf %s "$imap_anna_b_town_example"'], {
    env: { imap_anna_b_town_example: 'pw' },
  }).toString()
  assert.equal(await fromEnvironment({ imap_anna_b_town_example: handedOn })(name), 'pw')
  assert.equal(await fromEnvironment({ [name]: 'as it is called', imap_anna_b_town_example: 'other' })(name), 'as it is called')
})

test('the line end that an editor puts behind a secret is none of it', async () => {
  for (const end of ['\n', '\r\n']) assert.equal(await fromEnvironment({ PW: `p w ${end}` })('PW'), 'p w ')
  await assert.rejects(fromEnvironment({ PW: '\n' })('PW'), Failure)
})

test('a secret that is not in the environment is asked for under a name that can be set there', async () => {
  const error = await fromEnvironment({})(name).catch((failed: unknown) => failed)
  assert.ok(error instanceof Failure)
  assert.equal(error.code, 'NO-SECRET')
  assert.match(error.hint, /environment variable imap_anna_b_town_example /)
})
