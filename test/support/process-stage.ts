import type { Test } from 'tap'
import { type FakeProcess, type ServiceProcess, spawnFake, spawnService } from '../../fixtures/processes.ts'
import { testFolder } from './service.ts'

export interface ProcessStage {
  origin: string
  service: ServiceProcess
  fake: FakeProcess
  /** The service's DATA_DIR. */
  dataDir: string
}

/**
 * The service as a process of its own beside a fake of Azure, with a limit that no test reaches, ready to be asked. Both are
 * stopped with the test, before what the test set up ahead of them.
 */
export async function processStage(
  t: Pick<Test, 'teardown'>,
  { env = {}, delayMs = 0 }: { env?: Record<string, string>; delayMs?: number } = {},
): Promise<ProcessStage> {
  const folder = testFolder()
  const fake = await spawnFake({ delayMs })
  const service = spawnService({
    ENVIRONMENT: 'test',
    DATA_DIR: folder.path,
    RATE_LIMIT_PER_IP: '1000000',
    ...fake.env,
    ...env,
  })
  t.teardown(async () => {
    await service.stop()
    await fake.stop()
    folder.remove()
  })
  return { origin: await service.listening, service, fake, dataDir: folder.path }
}
