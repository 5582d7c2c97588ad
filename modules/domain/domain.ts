import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate/index.js'
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation/index.js'
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js'
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone/index.js'
import { conditional, Fn, Token } from 'cdktf'
import { defineModule } from '../define.ts'
import { allMade, ifMade, onlyIf } from '../each.ts'
import { flag, text } from '../inputs.ts'
import { waive } from '../waive.ts'

/** A public name with its certificate (guide 2.5 and 3.5 take the certificates as given). */
export const domain = defineModule('domain', {
  description: 'Certificate of a name, validated by DNS, and its hosted zone where there is none yet',
  cost: '0.50 dollars for a hosted zone (the guide); the certificate is free (unverified).',
  inputs: {
    name: text('The name, such as api.example.com', {
      pattern: ['^([a-z0-9-]+\\.)+[a-z]{2,}$', 'Not a domain name.'],
    }),
    makeZone: flag('Make the hosted zone; else zone_id names an existing one', {
      default: false,
      rule: ['value ? var.zone != null : var.zone_id != null', 'Give zone with make_zone, and zone_id without.'],
    }),
    zone: text('Name of the hosted zone to make', { default: null }),
    zoneId: text('Id of the existing hosted zone', { default: null }),
  },
  providerAliases: ['certificate'],
  outputs: {
    certificateArn: 'The certificate, once it is valid',
    zoneId: 'Id of the hosted zone',
    nameServers: 'Name servers that the parent domain has to delegate to; empty for an existing zone',
  },
  resources(scope, input) {
    const zone = onlyIf(new Route53Zone(scope, 'zone', { name: input.zone }), 'var.make_zone')
    waive(zone, 'CKV2_AWS_38', "DNSSEC takes a record in the parent domain, which its owner enters: a step of people's")
    waive(zone, 'CKV2_AWS_39', 'Public names of a public page: their look-ups tell nothing worth the log')
    const zoneId = Token.asString(conditional(input.makeZone, ifMade(zone, 'zone_id'), input.zoneId))
    const certificate = new AcmCertificate(scope, 'certificate', {
      provider: scope.provider('certificate'), // CloudFront takes certificates of us-east-1 only
      domainName: input.name,
      validationMethod: 'DNS',
      lifecycle: { createBeforeDestroy: true }, // a certificate in use cannot be deleted
    })
    const proof = certificate.domainValidationOptions.get(0)
    const record = new Route53Record(scope, 'validation', {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      allowOverwrite: true, // the same record proves the name to every certificate of this account
    })
    const valid = new AcmCertificateValidation(scope, 'valid', {
      provider: scope.provider('certificate'),
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    })
    return { certificateArn: valid.certificateArn, zoneId, nameServers: Fn.flatten([allMade(zone, 'name_servers')]) }
  },
})
