/** By which a section is found on its page, e.g. `public-links`. */
export function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}
