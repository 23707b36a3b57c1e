/// <reference lib="dom" />

/** The host key, and the operator’s name and token. They live as long as the tab and stand nowhere else. */
export type Session = {
  key(): string
  operator(): string
  token(): string
  keepKey(key: string, token: string): void
  keepOperator(name: string): void
  forget(): void
}

/** A key that came in the address (`?code=`) is taken over and removed from it, so that it is in no history and no bookmark. */
export function session(): Session {
  const { searchParams, pathname, hash } = new URL(location.href)
  const code = searchParams.get('code')
  if (code !== null) {
    sessionStorage.setItem('releve.key', code)
    history.replaceState(null, '', `${pathname}${hash}`)
  }
  return {
    key: () => sessionStorage.getItem('releve.key') ?? '',
    operator: () => sessionStorage.getItem('releve.operator') ?? '',
    token: () => sessionStorage.getItem('releve.token') ?? '',
    keepKey(key, token) {
      sessionStorage.setItem('releve.key', key)
      sessionStorage.setItem('releve.token', token)
    },
    keepOperator: name => sessionStorage.setItem('releve.operator', name),
    forget: () => sessionStorage.clear(),
  }
}
