/** What is wrong with an image tag, in one line; undefined: nothing. */
export function imageTagFault(tag: string): string | undefined {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)) return `IMAGE_TAG: ${tag} is not an image tag`
  if (tag === 'latest') return 'IMAGE_TAG: latest names another image every day; give the tag of one build'
  return undefined
}
