/** Texts of the page as an installed program. */
export const install = {
  newVersion: 'A new version of this page is there. Photos in the queue are kept.',
  reload: 'Load it',
}
