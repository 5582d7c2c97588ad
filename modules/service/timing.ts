/**
 * Seconds that have to fit together: batch deadline (55) < idle timeout < the API's keep-alive (72); and a task that goes lets its
 * longest answer finish, first while the load balancer drains it, then before it is killed: its grace (5) and a batch (55) < its own
 * SHUTDOWN_TIMEOUT (70) < stop.
 */
export const timing = {
  /** The load balancer closes a connection on which nothing moves. */
  idle: 60,
  /** The load balancer lets a leaving task finish what it has. */
  deregistration: 60,
  /** Between the signal to stop and the kill; Fargate allows 120. */
  stop: 75,
} as const

/** Port of the API (guide 2.4). */
export const apiPort = 5001

/** Name of the API's container (guide 2.5). */
export const apiContainer = 'wiko-api'
