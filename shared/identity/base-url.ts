import { Failure } from '../errors.ts'

/** Whether a host name of a URL is this machine itself (`localhost`, 127.0.0.0/8, `[::1]`). */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/**
 * The base URL a setting holds, without a slash at its end. Throws a permanent Failure for anything but https, since a token or
 * a secret is sent there; plain http is taken for a loopback host only.
 */
export function baseUrl(setting: string, value: string): string {
  const url = URL.parse(value)
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) {
    throw new Failure({
      verdict: 'permanent',
      during: `reading ${setting}`,
      code: 'InsecureBaseUrl',
      text: `${setting} is not an https address`,
      hint: `Set ${setting} to an https:// address; http:// is taken for a loopback host only.`,
    })
  }
  return url.href.replace(/\/+$/, '')
}
