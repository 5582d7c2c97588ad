import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Certificates {
  /** Of *.cloudfront.net and 127.0.0.1, signed by an authority that only this walk-through knows. */
  readonly key: string
  readonly cert: string
  /** File for NODE_EXTRA_CA_CERTS: that authority, and those of `others`. */
  readonly bundle: string
}

/** Makes them in a folder, by openssl. `others`: files of certificates that are to be trusted as well. */
export function makeCertificates(folder: string, others: readonly string[]): Certificates {
  const file = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' })
  const [caKey, ca] = [file('ca.key'), file('ca.pem')]
  const [key, request, cert] = [file('edge.key'), file('edge.csr'), file('edge.pem')]
  const days = ['-days', '90']
  const made = (subject: string, out: string) => ['-newkey', 'rsa:2048', '-nodes', '-subj', subject, '-keyout', out]
  openssl('req', '-x509', ...days, ...made('/O=Walk-through/CN=Authority of the walk-through', caKey), '-out', ca)
  openssl('req', ...made('/CN=*.cloudfront.net', key), '-out', request)
  writeFileSync(file('names'), 'subjectAltName=DNS:*.cloudfront.net,IP:127.0.0.1')
  openssl(
    ...['x509', '-req', ...days, '-in', request, '-CA', ca, '-CAkey', caKey, '-CAcreateserial'],
    ...['-extfile', file('names'), '-out', cert],
  )
  const bundle = file('bundle.pem')
  writeFileSync(bundle, [ca, ...others].map((one) => readFileSync(one, 'utf8')).join('\n'))
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), bundle }
}
