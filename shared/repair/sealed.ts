import type { Span } from './bytes.ts'
import type { ContentType } from './content-type.ts'

/** Why a part is never touched: its signature would no longer hold, or it could no longer be decrypted or read. */
export type Seal = 'signed' | 'encrypted' | 'tnef'

const types: Readonly<Record<string, Seal>> = {
  'multipart/signed': 'signed',
  'multipart/encrypted': 'encrypted',
  'application/pkcs7-mime': 'encrypted',
  'application/x-pkcs7-mime': 'encrypted',
  'application/pkcs7-signature': 'signed',
  'application/x-pkcs7-signature': 'signed',
  'application/pgp': 'encrypted',
  'application/pgp-encrypted': 'encrypted',
  'application/pgp-signature': 'signed',
  'application/x-microsoft-rpmsg-message': 'encrypted',
  'application/ms-tnef': 'tnef',
  'application/vnd.ms-tnef': 'tnef',
}

const names: readonly [RegExp, Seal][] = [
  [/\.p7[mcz]$/i, 'encrypted'],
  [/\.p7s$/i, 'signed'],
  [/^winmail\.dat$/i, 'tnef'],
  [/\.rpmsg$/i, 'encrypted'],
]

const armour = Buffer.from('-----BEGIN PGP ')

/** What seals a part by its type or its file name. */
export function sealByType({ type, params }: ContentType, fileName: string | undefined): Seal | undefined {
  if (types[type] === 'encrypted' && params.get('smime-type') === 'signed-data') return 'signed'
  const name = fileName ?? params.get('name') ?? ''
  return types[type] ?? names.find(([pattern]) => pattern.test(name))?.[1]
}

/** Does a body hold PGP armour (RFC 9580 6.2), behind base64 too if it is text? */
export function sealByArmour(raw: Buffer, body: Span, encoding: string, text: boolean): Seal | undefined {
  const bytes = raw.subarray(body.start, body.end)
  const seen = encoding === 'base64' && text ? Buffer.from(bytes.toString('latin1'), 'base64') : bytes
  const at = seen.indexOf(armour)
  if (at < 0) return undefined
  return seen.toString('latin1', at, at + 40).includes('SIGN') ? 'signed' : 'encrypted'
}
