/** A PowerShell string that is taken as it stands: every kind of single quote is doubled. */
export function quoted(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&').replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')}'`
}

/** A PowerShell array of such strings. */
export function listed(texts: readonly string[]): string {
  return `@(${texts.map(quoted).join(', ')})`
}
