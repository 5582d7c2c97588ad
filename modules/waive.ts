import type { TerraformResource } from 'cdktf'

/**
 * Says why a scanner's finding about this resource is accepted. It stands as a comment in the generated Terraform JSON, beside the
 * resource, where the scan reads it from.
 */
export function waive(resource: TerraformResource, check: string, reason: string): void {
  resource.addOverride(`//.waived.${check}`, reason)
}
