import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runAll } from './children.ts'
import { master } from './ground.ts'
import type { Job, Runner } from './runner.ts'

const login = (user: string) => `${user}${master.separator}${master.user}`

/** mbsync (Debian isync), one process a mailbox, as its manual has it: pull, with dates, new folders made. */
export const mbsync: Runner = {
  name: 'mbsync',
  exact: false,
  peer: true,
  run: job =>
    runAll(
      job,
      job.seeds.map(({ user }, i) => {
        const state = join(job.dir, `state${i}/`)
        const config = join(job.dir, `mbsyncrc${i}`)
        mkdirSync(state)
        const target = job.targets[i] ?? ''
        writeFileSync(config, mbsyncrc(state, account('far', job.ports.source, user), account('near', job.ports.target, target)))
        return ['mbsync', '-c', config, '-q', 'all']
      }),
    ),
}

function account(name: string, port: number, user: string): string {
  return `IMAPAccount ${name}
Host 127.0.0.1
Port ${port}
User ${login(user)}
Pass ${master.password}
SSLType None
AuthMechs LOGIN

IMAPStore ${name}
Account ${name}
`
}

/** No flushing of its state to disk: the fastest it can. */
function mbsyncrc(state: string, far: string, near: string): string {
  return `FSync no

${far}
${near}
Channel all
Far :far:
Near :near:
Patterns *
Create Near
Sync Pull
CopyArrivalDate yes
SyncState ${state}
`
}

/** imapsync, the Perl file that IMAPSYNC names, one process a mailbox. */
export function imapsync(file: string): Runner {
  const quiet = [
    '--nolog',
    '--noreleasecheck',
    '--nomodulesversion',
    '--nofoldersizes',
    '--nofoldersizesatend',
    '--nocheckfoldersexist',
  ]
  const side = (n: 1 | 2, port: number, user: string) => [
    `--host${n}=127.0.0.1`,
    `--port${n}=${port}`,
    `--user${n}=${login(user)}`,
    `--password${n}=${master.password}`,
    `--nossl${n}`,
    `--notls${n}`,
  ]
  return {
    name: 'imapsync',
    exact: true,
    peer: true,
    run: job =>
      runAll(
        job,
        job.seeds.map(({ user }, i) => {
          const both = [...side(1, job.ports.source, user), ...side(2, job.ports.target, job.targets[i] ?? '')]
          return ['perl', file, ...both, ...quiet, `--tmpdir=${job.dir}`, `--pidfile=${join(job.dir, `pid${i}`)}`]
        }),
      ),
  }
}

/** `doveadm backup` from IMAP straight into the target’s storage: what the disks and one side’s protocol allow. A bound, not a peer. */
export const doveadm: Runner = {
  name: 'doveadm backup',
  exact: true,
  peer: false,
  run: (job: Job) =>
    runAll(
      job,
      job.seeds.map(({ user }, i) => {
        const settings = {
          imapc_host: '127.0.0.1',
          imapc_port: String(job.ports.source),
          imapc_user: login(user),
          imapc_password: master.password,
          imapc_features: 'rfc822.size',
          mail_prefetch_count: '20',
        }
        const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
        const config = join(job.ground.target.place.root, 'dovecot.conf')
        return ['doveadm', '-c', config, ...options, 'backup', '-R', '-u', job.targets[i] ?? '', 'imapc:']
      }),
    ),
}

/** The Debian packages that imapsync’s Perl file needs. */
export const imapsyncPackages = [
  'libauthen-ntlm-perl',
  'libcgi-pm-perl',
  'libcrypt-openssl-rsa-perl',
  'libdata-uniqid-perl',
  'libencode-imaputf7-perl',
  'libfile-copy-recursive-perl',
  'libfile-tail-perl',
  'libhtml-parser-perl',
  'libio-socket-inet6-perl',
  'libio-socket-ssl-perl',
  'libio-tee-perl',
  'libjson-webtoken-perl',
  'libmail-imapclient-perl',
  'libparse-recdescent-perl',
  'libproc-processtable-perl',
  'libreadonly-perl',
  'libregexp-common-perl',
  'libsys-meminfo-perl',
  'libterm-readkey-perl',
  'libtest-mockobject-perl',
  'libunicode-string-perl',
  'liburi-perl',
  'libwww-perl',
]
