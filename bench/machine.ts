import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { HAS_PROC } from '../fixtures/processes.ts'

export const machine = `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`

/** CPU use during a run. */
export interface CpuUse {
  /** CPU seconds of the service process. */
  serviceSeconds: number
  /** Shares of the machine from 0 to 1: all processes, and those that are not part of the benchmark. */
  busy: number
  others: number
}

/** CPU seconds of a process, from fields 14 and 15 of /proc/PID/stat (hundredths of a second). 0 if it has ended. */
function cpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}

function machineSeconds(): { busy: number; total: number } {
  let [busy, total] = [0, 0]
  for (const { times } of cpus()) {
    const working = times.user + times.nice + times.sys + times.irq
    busy += working / 1000
    total += (working + times.idle) / 1000
  }
  return { busy, total }
}

/**
 * Measures the CPU use of a run, to show when other programs made the service look slow. `ours` are the other processes of the
 * benchmark. `cpu` is null if the system does not report it.
 */
export async function withCpu<T>(
  { service, ours }: { service: number; ours: number[] },
  run: () => Promise<T>,
): Promise<{ result: T; cpu: CpuUse | null }> {
  const sumOurs = () => [process.pid, service, ...ours].reduce((sum, pid) => sum + cpuSeconds(pid), 0)
  const before = { service: cpuSeconds(service), ours: sumOurs(), machine: machineSeconds() }
  const result = await run()
  if (!HAS_PROC) return { result, cpu: null }
  const after = machineSeconds()
  const total = after.total - before.machine.total
  const busy = after.busy - before.machine.busy
  return {
    result,
    cpu: {
      serviceSeconds: cpuSeconds(service) - before.service,
      busy: busy / total,
      others: Math.max(0, busy - (sumOurs() - before.ours)) / total,
    },
  }
}
