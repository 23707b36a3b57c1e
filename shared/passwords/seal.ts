import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { Failure } from '../errors.ts'

/** What a value is sealed for; it opens for nothing else. */
export type About = { wave: string; address: string; number: number }

/** A value sealed with AES-256-GCM: the salt that its key, its link and its code come from, and the rest. Without either it is gone. */
export type Sealed = { salt: string; sealed: string }

/** Seals a value for one mailbox under a key derived from `secret` (HKDF-SHA-256, a salt of its own each time). */
export function seal(secret: string, value: string, about: About): Sealed {
  const salt = randomBytes(16).toString('base64url')
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', derived(secret, salt, 'seal', 32), iv).setAAD(bound(about))
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return { salt, sealed: Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url') }
}

/** The value again. Throws a permanent Failure where the secret is another one than it was sealed with. */
export function unseal(secret: string, { salt, sealed }: Sealed, about: About): string {
  const bytes = Buffer.from(sealed, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', derived(secret, salt, 'seal', 32), bytes.subarray(0, 12))
    decipher.setAAD(bound(about)).setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    const hint = 'Put back the secret that it was sealed with, or make a new password (POST …/reissue).'
    throw new Failure({ verdict: 'permanent', during: `opening the sealed password of ${about.address}`, code: 'SEAL', hint })
  }
}

/** The link’s token, 128 bits in 22 characters; it can be made again as long as the salt is there, so nobody need keep it. */
export function tokenOf(secret: string, salt: string, about: About): string {
  return derived(secret, salt, `link ${bound(about)}`, 16).toString('base64url')
}

/** What is kept of a token: its SHA-256 in hex. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(`releve once ${token}`).digest('hex')
}

/** Eight digits that are told by another way. */
export function codeOf(secret: string, salt: string, about: About): string {
  const number = derived(secret, salt, `code ${bound(about)}`, 8).readBigUInt64BE()
  return String(number % 100_000_000n).padStart(8, '0')
}

/** The secret, if it is long enough to seal with. */
export function sealing(name: string, secret: string): string {
  if (secret.length >= 32) return secret
  const hint = `Put 32 random characters or more under ${name}, such as the output of: openssl rand -base64 33`
  throw new Failure({ verdict: 'permanent', during: `reading secret ${name}`, code: 'WEAK-SEAL', text: 'it is too short', hint })
}

function derived(secret: string, salt: string, info: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, `releve password ${info}`, length))
}

function bound({ wave, address, number }: About): Buffer {
  return Buffer.from(JSON.stringify([wave, address, number]))
}
