import { DescribeImageScanFindingsCommand, type ImageScanFinding } from '@aws-sdk/client-ecr'
import { isAwsError } from '../aws/error.ts'
import { Failure } from '../lib/failures.ts'
import { type Patience, say, waitFor } from '../lib/progress.ts'
import { type AcceptedFinding, acceptedFindings, requireCurrent } from './accepted-findings.ts'
import type { Registry } from './target.ts'

const unhurried: Patience = { every: 5_000, most: 10 * 60_000 }

/**
 * Waits for the scan that the push began.
 * @throws Failure where a critical finding is not accepted, an accepted one has expired, or the image could not be scanned
 */
export async function scan(
  { aws, repository }: Registry,
  tag: string,
  patience = unhurried,
  accepted: readonly AcceptedFinding[] = acceptedFindings,
): Promise<void> {
  requireCurrent(accepted)
  const input = { repositoryName: repository, imageId: { imageTag: tag }, maxResults: 1000 }
  const found = await waitFor(patience, async () => {
    try {
      const answer = await aws.ecr.send(new DescribeImageScanFindingsCommand(input))
      const status = answer.imageScanStatus?.status
      return status === 'PENDING' || status === 'IN_PROGRESS' ? `the scan is ${status}` : answer
    } catch (error) {
      // The scan begins some seconds after the push.
      if (isAwsError(error, 'ScanNotFoundException')) return 'the scan has not begun'
      throw error
    }
  })
  if (!found) throw new Failure(`The image ${tag} was not scanned within ${patience.most / 60_000} minutes.`)
  const { imageScanStatus: state = {}, imageScanFindings: { findingSeverityCounts: counts = {}, findings = [] } = {} } =
    found
  // ACTIVE is what enhanced scanning calls an image that it has scanned and goes on watching.
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
  // Counted from ECR's own number: a finding that its list leaves out is not accepted.
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
