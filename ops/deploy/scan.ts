import { DescribeImageScanFindingsCommand, type ImageScanFinding } from '@aws-sdk/client-ecr'
import { isAwsError } from '../aws/error.ts'
import { Failure } from '../lib/failures.ts'
import { type Polling, say, waitFor } from '../lib/progress.ts'
import { type AcceptedFinding, acceptedFindings, requireCurrent } from './accepted-findings.ts'
import type { Registry } from './target.ts'

const defaultPolling: Polling = { every: 5_000, most: 10 * 60_000 }

/**
 * Waits for the image scan triggered by the push.
 * @throws Failure if a critical finding is not accepted, an acceptance has expired, or the scan failed
 */
export async function scan(
  { aws, repository }: Registry,
  tag: string,
  polling = defaultPolling,
  accepted: readonly AcceptedFinding[] = acceptedFindings,
): Promise<void> {
  requireCurrent(accepted)
  const input = { repositoryName: repository, imageId: { imageTag: tag }, maxResults: 1000 }
  const found = await waitFor(polling, async () => {
    try {
      const answer = await aws.ecr.send(new DescribeImageScanFindingsCommand(input))
      const status = answer.imageScanStatus?.status
      return status === 'PENDING' || status === 'IN_PROGRESS' ? `the scan is ${status}` : answer
    } catch (error) {
      // The scan starts a few seconds after the push.
      if (isAwsError(error, 'ScanNotFoundException')) return 'the scan has not begun'
      throw error
    }
  })
  if (!found) throw new Failure(`The image ${tag} was not scanned within ${polling.most / 60_000} minutes.`)
  const { imageScanStatus: state = {}, imageScanFindings: { findingSeverityCounts: counts = {}, findings = [] } = {} } =
    found
  // Enhanced scanning reports ACTIVE for an image that it keeps monitoring.
  if (state.status !== 'COMPLETE' && state.status !== 'ACTIVE') {
    throw new Failure(`The image ${tag} could not be scanned: ${state.status} ${state.description ?? ''}`.trim())
  }
  const all = Object.entries(counts).map(([severity, count]) => `${count} ${severity.toLowerCase()}`)
  say(`  findings: ${all.join(', ') || 'none'}`)
  const critical = findings.filter(({ severity }) => severity === 'CRITICAL')
  const known = critical.flatMap((finding) => {
    const entry = accepted.find(
      (each) => each.name === finding.name && each.package === attribute(finding, 'package_name'),
    )
    return entry ? [{ finding, entry }] : []
  })
  for (const { finding, entry } of known) say(`  accepted until ${entry.expires}: ${nameOf(finding)}: ${entry.reason}`)
  // Based on ECR's count: findings missing from its list are not accepted.
  const left = (counts.CRITICAL ?? 0) - known.length
  if (left <= 0) return
  const names = critical.filter((finding) => !known.some((each) => each.finding === finding)).map(nameOf)
  throw new Failure(`The image ${tag} is not deployed: ${left} critical finding(s): ${names.join(', ')}.`)
}

const attribute = ({ attributes = [] }: ImageScanFinding, wanted: string) =>
  attributes.find(({ key }) => key === wanted)?.value

function nameOf(finding: ImageScanFinding): string {
  const piece = attribute(finding, 'package_name')
  const name = finding.name ?? 'unnamed'
  return piece ? `${name} in ${piece} ${attribute(finding, 'package_version') ?? ''}`.trim() : name
}
