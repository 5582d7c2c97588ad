export const session = {
  title: 'Sign in',
  intro: 'Your name goes onto what you do here. The session lasts twelve hours.',
  name: 'Your name',
  key: 'API key',
  keyHint: 'From your administrator',
  showKey: 'Show or hide the key',
  submit: 'Sign in',
  failed: 'Signing in did not work',
  unavailable: 'The service does not answer',
  loading: 'Connecting to the service',
}
