/** An address as notices write it: whole, or without its middle where it must not be spread. */
export function shown(address: string, hide: boolean): string {
  if (!hide) return address
  const at = address.lastIndexOf('@')
  return `${address.slice(0, Math.min(2, at - 1))}…${address.slice(at)}`
}
