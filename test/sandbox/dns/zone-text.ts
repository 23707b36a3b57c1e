/** A small zone as a zone file: who serves it, where its mail goes, and that of each sub-domain. `ttl` in seconds. */
export type ZoneWords = {
  domain: string
  mx: string[]
  ttl: number
  /** Name servers, each with its address: `{ 'ns1.old.example': '127.0.0.1' }`. Addresses are written where the name is in the zone. */
  ns: Record<string, string>
  /** Labels below the domain that have the same MX: `ville` for ville.old.example. */
  subdomains?: string[]
  /** Further lines, as they are. */
  more?: string[]
}

/** The zone as text for a primary to load. Every name is absolute, so that lines can be moved about. */
export function zoneText({ domain, mx, ttl, ns, subdomains = [], more = [] }: ZoneWords): string {
  const [first = `ns1.${domain}`] = Object.keys(ns)
  const inside = Object.entries(ns).filter(([name]) => name.endsWith(`.${domain}`))
  const mail = [domain, ...subdomains.map(label => `${label}.${domain}`)]
  // BIND takes no MX whose host is in the zone and has no address there.
  const hosts = new Set(mx.map(one => one.split(' ')[1] ?? '').filter(host => host.endsWith(`.${domain}`) && !(host in ns)))
  return [
    '$TTL 3600',
    // Short refresh and retry: a secondary that missed a NOTIFY catches up within seconds.
    `${domain}. IN SOA ${first}. hostmaster.${domain}. 1 2 1 86400 60`,
    ...Object.keys(ns).map(name => `${domain}. IN NS ${name}.`),
    ...inside.map(([name, address]) => `${name}. IN A ${address}`),
    ...[...hosts].map(host => `${host}. IN A 127.0.0.1`),
    ...mail.flatMap(name => mx.map(one => `${name}. ${ttl} IN MX ${one}.`)),
    `${domain}. ${ttl} IN TXT "v=spf1 mx -all"`,
    ...more,
    '',
  ].join('\n')
}
