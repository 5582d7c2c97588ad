/** The items of a list that never changes its order, each with its number from 1. */
export const numbered = <Item>(items: readonly Item[]): { number: number; item: Item }[] =>
  items.map((item, index) => ({ number: index + 1, item }))
