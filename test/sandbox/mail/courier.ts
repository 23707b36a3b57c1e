import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Chroot, type Chrooted, freePort } from './chrooted.ts'
import { instanceOf, put, unpacked } from './unpacked.ts'

const owner = 1500

/**
 * Starts a real Courier IMAP: namespace `INBOX.`, UIDPLUS, no CONDSTORE, one password for each mailbox, which is the only way in. `users`: passwords
 * by address.
 */
export async function startCourier(users: Readonly<Record<string, string>>): Promise<Chrooted> {
  const dir = instanceOf(unpacked('courier', ['courier-imap']))
  const chroot = new Chroot(dir)
  put(dir, 'etc/passwd', `root:x:0:0::/root:/\ncourier:x:990:990::/:/\nvmail:x:${owner}:${owner}::/home:/\n`)
  put(dir, 'etc/group', `root:x:0:\ncourier:x:990:\nvmail:x:${owner}:\n`)
  mkdirSync(join(dir, 'run/courier/authdaemon'), { recursive: true })
  const lines = Object.entries(users).map(([address, password]) => {
    const home = `/home/${address}`
    for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(dir, home, 'Maildir', folder), { recursive: true })
    const digest = createHash('sha256').update(password).digest('base64')
    return `${address}\thome=${home}|uid=${owner}|gid=${owner}|mail=${home}/Maildir|systempw={SHA256}${digest}\n`
  })
  execFileSync('chown', ['-R', `${owner}:${owner}`, join(dir, 'home')])
  put(dir, 'etc/courier/userdb', lines.join(''), 0o600)
  chownSync(join(dir, 'etc/courier/userdb'), 0, 0)
  execFileSync('chroot', [dir, '/usr/sbin/makeuserdb'], { env: { PATH: '/usr/sbin:/usr/bin', LC_ALL: 'C' } })

  const port = await freePort()
  const daemon = ['authmodulelist="authuserdb"', 'daemons=2', 'authdaemonvar=/run/courier/authdaemon', 'DEFAULTOPTIONS=""']
  put(dir, 'etc/courier/authdaemonrc', `${daemon.join('\n')}\n`)
  chroot.start(['/usr/lib/courier/courier-authlib/authdaemond'])
  // Who signs in before it listens is sent away: "Temporary problem".
  await chroot.has('run/courier/authdaemon/socket')
  const listen = ['-address=127.0.0.1', '-nodnslookup', '-noidentlookup', '-maxprocs=100', '-maxperip=100', String(port)]
  const imapd = ['/usr/lib/courier/courier/imaplogin', '/usr/bin/imapd', 'Maildir']
  // What Debian’s /etc/courier/imapd sets.
  chroot.start(['/usr/sbin/couriertcpd', ...listen, ...imapd], {
    IMAP_CAPABILITY: 'IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE',
    IMAP_KEYWORDS: '1',
    IMAP_ACL: '1',
    IMAP_IDLE_TIMEOUT: '60',
    IMAP_USELOCKS: '1',
    IMAP_TRASHFOLDERNAME: 'Trash',
    IMAP_ULIMITD: '131072',
    IMAP_UMASK: '022',
    IMAP_MAILBOX_SANITY_CHECK: '1',
    MAILDIRPATH: 'Maildir',
  })
  await chroot.greets(port)
  return { host: '127.0.0.1', port, stop: () => chroot.stop() }
}
