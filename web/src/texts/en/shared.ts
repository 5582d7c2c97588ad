/** Texts of the shared components. */
export const shared = {
  tryAgain: 'Try again',
  requestId: 'Request id:',
  waitSeconds: (seconds: number) => `The service asks to wait ${seconds} s.`,
  offline: 'You are offline. Photos wait in the queue and go out when the network is back.',
  noDefect: 'No defect found',
  confidence: 'Confidence',
}
