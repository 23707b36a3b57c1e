/** A PowerShell string that is taken as it stands: every kind of single quote is doubled. */
export function quoted(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&').replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')}'`
}
