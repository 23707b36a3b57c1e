/** What is looked at; it stands in the address after `#`, so that it can be kept and sent. */
export type Route = { view: 'waves' } | { view: 'wave'; wave: string; mailbox?: string } | { view: 'exceptions'; wave: string }

/** `#/waves/w1/mailboxes/anna@a.example` and its like; anything else is the list of waves. */
export function routeOf(hash: string): Route {
  const [root, wave, part, mailbox] = hash.replace(/^#\/?/, '').split('/').map(decoded)
  if (root !== 'waves' || !wave) return { view: 'waves' }
  if (part === 'exceptions') return { view: 'exceptions', wave }
  if (part === 'mailboxes' && mailbox) return { view: 'wave', wave, mailbox }
  return { view: 'wave', wave }
}

/** The address of a route, for links. */
export function hashOf(route: Route): string {
  if (route.view === 'waves') return '#/waves'
  const wave = `#/waves/${encodeURIComponent(route.wave)}`
  if (route.view === 'exceptions') return `${wave}/exceptions`
  return route.mailbox === undefined ? wave : `${wave}/mailboxes/${encodeURIComponent(route.mailbox)}`
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
