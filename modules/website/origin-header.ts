/**
 * Header that tells the load balancer that a request comes through our distribution: the address list of CloudFront alone would let in
 * everybody's distributions.
 */
export const originHeader = 'X-Origin-Verify'
