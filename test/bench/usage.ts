import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second whatever the kernel’s own tick is (USER_HZ). */
const tickMs = 10

/** Processor time that a process has used by itself, ms; 0 where it is gone. */
export function cpuMs(pid: number): number {
  const fields = statOf(pid)
  return fields === undefined ? 0 : (Number(fields[11]) + Number(fields[12])) * tickMs
}

/** Processor time of a whole process group, ms: those that live, and those that its leader has seen end. */
export function groupCpuMs(leader: number): number {
  let total = 0
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const fields = statOf(pid)
    if (fields && Number(fields[2]) === leader) total += (Number(fields[11]) + Number(fields[12])) * tickMs
  }
  return total + endedCpuMs(leader)
}

/** Processor time of the children of a process that have ended, ms. */
export function endedCpuMs(pid: number): number {
  const fields = statOf(pid)
  return fields === undefined ? 0 : (Number(fields[13]) + Number(fields[14])) * tickMs
}

/** The most memory that a process has had resident, MB; 0 where it is gone. */
export function peakMb(pid: number): number {
  return statusKb(pid, 'VmHWM') / 1024
}

/** The share of this machine that others used while we looked, for the note under the table: load of the last minute. */
export function load(): number {
  return Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0])
}

/** The fields of /proc/PID/stat from the state on: [0] state, [1] parent, [2] group, [11..14] utime stime cutime cstime. */
function statOf(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}

function statusKb(pid: number, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0)
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
