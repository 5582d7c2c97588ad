import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' })

/** Files of a key, a certificate for localhost that it signed itself, and the same one expired. */
export function makeCertificates(folder: string): { key: string; cert: string; expired: string } {
  const [key, cert, expired] = [join(folder, 'key.pem'), join(folder, 'cert.pem'), join(folder, 'expired.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '90', ...subject, '-keyout', key, '-out', cert)
  openssl('x509', '-in', cert, '-signkey', key, '-days', '-1', '-out', expired)
  return { key, cert, expired }
}
