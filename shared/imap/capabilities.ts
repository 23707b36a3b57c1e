/** What a server says that it can, in capitals; undefined where it says nothing of that. */
export function capabilitiesIn(text: string): ReadonlySet<string> | undefined {
  const list = /CAPABILITY ([^\]\r\n]*)/i.exec(text)?.[1]
  if (list === undefined) return undefined
  const told = list.trim().toUpperCase().split(/ +/)
  return new Set(told.includes('IMAP4REV2') && !told.includes('IMAP4REV1') ? [...told, ...ofRev2] : told)
}

/** What every server has that speaks IMAP4rev2 (RFC 9051 appendix E), and need not name. */
const ofRev2 = [
  'ENABLE',
  'LIST-EXTENDED',
  'LIST-STATUS',
  'LITERAL-',
  'NAMESPACE',
  'SASL-IR',
  'SPECIAL-USE',
  'STATUS=SIZE',
  'UIDPLUS',
  'UNSELECT',
]
