import type { TokenCredential } from '@azure/identity'
import type { SecretClient } from '@azure/keyvault-secrets'
import { deadline } from './deadline.ts'
import { Failure } from './errors.ts'

/** Reads a secret by its name. The value lives in memory only: never in a table, queue, log or error. */
export type Secrets = (name: string) => Promise<string>

/** How long a value is used before it is read again, ms: a rotated secret is taken up within minutes. */
const freshMs = 5 * 60_000

/**
 * Secrets from the Key Vault, or from environment variables of those names where there is none. A shell, and so `npm start`, hands on no variable
 * with a dash in its name: there `_` stands for it.
 */
export function secretsFrom(
  vaultUrl: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  credential: () => Promise<TokenCredential>,
  now: () => number,
): Secrets {
  if (vaultUrl === undefined) {
    return name => {
      const variable = name.replaceAll('-', '_')
      const value = withoutLineEnd(env[name] ?? env[variable])
      return value
        ? Promise.resolve(value)
        : Promise.reject(
            missing(name, `Set the environment variable ${variable} for the app, or name another secret in the playbook.`),
          )
    }
  }
  let client: Promise<SecretClient> | undefined
  const held = new Map<string, { value: string; until: number }>()
  return async name => {
    const known = held.get(name)
    if (known && known.until > now()) return known.value
    client ??= openVault(vaultUrl, credential)
    const value = await fromVault(await client, name)
    held.set(name, { value, until: now() + freshMs })
    return value
  }
}

/** The SDK is loaded only where there is a vault. */
async function openVault(vaultUrl: string, credential: () => Promise<TokenCredential>): Promise<SecretClient> {
  const { SecretClient } = await import('@azure/keyvault-secrets')
  return new SecretClient(vaultUrl, await credential(), { additionalPolicies: [deadline()] })
}

async function fromVault(client: SecretClient, name: string): Promise<string> {
  try {
    // A vault’s names hold letters, digits and dashes only.
    const value = withoutLineEnd((await client.getSecret(name.replaceAll('_', '-'))).value)
    if (value) return value
  } catch (error) {
    const { statusCode = 0, code = 'UNAVAILABLE' } = error as { statusCode?: number; code?: string }
    if (statusCode === 403)
      throw missing(name, 'Give the app’s identity the role Key Vault Secrets User on the vault (infra/roles.bicep).')
    if (statusCode !== 404) {
      const hint = 'Check that the Key Vault can be reached; it is tried again by itself.'
      throw new Failure({ verdict: 'transient', during: `reading secret ${name}`, code: String(code), hint })
    }
  }
  throw missing(name, `Put a secret named ${name.replaceAll('_', '-')} into the Key Vault, then release what is held.`)
}

/** A secret out of a file (`az keyvault secret set --file`) ends as its file does; no login takes a line end. */
function withoutLineEnd(value: string | undefined): string | undefined {
  return value?.replace(/\r?\n$/, '')
}

function missing(name: string, hint: string): Failure {
  return new Failure({ verdict: 'permanent', during: `reading secret ${name}`, code: 'NO-SECRET', hint })
}
