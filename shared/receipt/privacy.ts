/** Longest text that is taken over from a server or an error. */
const mostCharacters = 300

/**
 * A text of the ledger that may quote a server, made fit for a receipt: one line, and every address or Message-ID but the mailbox’s own
 * replaced, since a receipt is handed to people who may not see them.
 */
export function withoutOthers(text: string, own: string): string {
  const bare = (found: string) => found.replaceAll(/^[<"']+|[>"'.]+$/g, '').toLowerCase()
  const kept = text.replaceAll(/[^\s<>(),:;]+@[^\s<>(),:;]+/g, found => (bare(found) === own ? found : '(address)'))
  return kept.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, mostCharacters)
}
