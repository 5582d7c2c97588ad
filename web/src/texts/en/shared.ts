/** Texts of the shared components. */
export const shared = {
  tryAgain: 'Try again',
  requestId: 'Request id:',
  waitSeconds: (seconds: number) => `The service asks to wait ${seconds} s.`,
  offline: 'You are offline. Photos wait in the queue and go out when the network is back.',
  noDefect: 'No defect found',
  confidence: 'Confidence',
  partFailed: 'This part of the page could not be loaded',
  close: 'Close',
  shortcuts: {
    open: 'Keys',
    title: 'Keys of this screen',
    on: 'Single keys are on',
    onHint: 'Switch them off if you dictate, or if they get in your way. This device remembers it.',
  },
}
