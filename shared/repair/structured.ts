const addresses =
  /^(?:resent-)?(?:from|to|cc|bcc|sender|reply-to)$|^(?:disposition-notification-to|return-receipt-to|errors-to|mail-followup-to)$/
const parameters = /^content-(?:type|disposition)$/
const others =
  /^(?:(?:resent-)?(?:message-id|date)|references|in-reply-to|received|return-path|mime-version|content-(?:transfer-encoding|id|location|language)|dkim-signature|domainkey-signature|arc-.*|authentication-results|received-spf|list-(?!id).*|delivered-to)$/

/**
 * What may stand in a field (RFC 5322 3.6): addresses with names, a value with parameters, another syntax without free text, or
 * free text.
 */
export function syntaxOf(name: string): 'addresses' | 'parameters' | 'other' | 'text' {
  if (addresses.test(name)) return 'addresses'
  if (parameters.test(name)) return 'parameters'
  return others.test(name) ? 'other' : 'text'
}

/** Has the field a syntax that encoded words would break? */
export function isStructured(name: string): boolean {
  return syntaxOf(name) !== 'text'
}

/** A header field of more bytes than this is not rewritten: nobody wrote it. */
export const mostFieldBytes = 262_144
